"""The words of `devolution`: modes, papers, what becomes of a power in a township, and why it goes back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """In whose name a township exercises a power."""

    DELEGATED = "delegated", _("Delegated")
    ENTRUSTED = "entrusted", _("Entrusted")
    SECONDED = "seconded", _("Seconded")


class CoercionKind(models.TextChoices):
    """行政强制 is two things in law: holding a situation for a while, or enforcing a decision (行政强制法 2)."""

    MEASURE = "measure", _("Coercive measure (sealing, seizing, freezing, restraining a person)")
    ENFORCEMENT = "enforcement", _("Enforcement (demolition, performance by others, surcharge)")


class Receiver(models.TextChoices):
    """What a body is to the law of handing powers down."""

    TOWNSHIP = "township", _("Township government")
    SUBDISTRICT = "subdistrict", _("Subdistrict office")
    QUASI_UNIT = "quasi_unit", _("Quasi-unit (farm, development zone)")
    VILLAGE = "village", _("Village or residents' committee")


class InstrumentKind(models.TextChoices):
    """The papers by which powers move."""

    PROVINCIAL_DECISION = "provincial_decision", _("Provincial decision")
    COUNTY_NOTICE = "county_notice", _("County notice")
    ENTRUSTMENT = "entrustment", _("Entrustment document")
    SECONDMENT_PLAN = "secondment_plan", _("Secondment plan")
    WITHDRAWAL = "withdrawal", _("Withdrawal decision")


class Authority(models.TextChoices):
    """Which steps of a procedure the township may take."""

    ACCEPT = "accept", _("Accepting applications")
    EXAMINE = "examine", _("Examining")
    FILE = "file", _("Opening a case")
    INVESTIGATE = "investigate", _("Investigating")
    INSPECT = "inspect", _("Inspecting on the spot")
    CARRY_OUT = "carry_out", _("Carrying out")
    DECIDE = "decide", _("Deciding")
    SERVE = "serve", _("Serving the decision")


# The words that entrustment documents use for these steps.
AUTHORITY_NAMES: dict[Authority, str] = {
    Authority.ACCEPT: "受理",
    Authority.EXAMINE: "审查",
    Authority.FILE: "立案",
    Authority.INVESTIGATE: "调查",
    Authority.INSPECT: "检查",
    Authority.CARRY_OUT: "实施",
    Authority.DECIDE: "决定",
    Authority.SERVE: "送达",
}


class TransferState(models.TextChoices):
    """What people did with one power in one township; whether it is in force on a day follows from the days."""

    PREPARED = "prepared", _("prepared")
    IN_FORCE = "in_force", _("put in force")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Standing(models.TextChoices):
    """What a transfer is in one township on a day; it follows from the state and the days alone."""

    PREPARED = "prepared", _("in preparation")
    COMING = "coming", _("coming")
    IN_FORCE = "in_force", _("in force")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("taken back")


class WithdrawalReason(models.TextChoices):
    """Why a power is taken back."""

    EVALUATION = "evaluation", _("Result of an evaluation")
    LAW_CHANGE = "law_change", _("The law has changed")
    CANNOT_BE_CARRIED = "cannot_be_carried", _("The township cannot carry it")
    REORGANISATION = "reorganisation", _("Reorganisation")
    TERM_OVER = "term_over", _("The term is over")
    UNLAWFUL = "unlawful", _("The transfer was unlawful")


class EvaluationVerdict(models.TextChoices):
    """What an evaluation comes to."""

    KEEP = "keep", _("Keep it")
    CHANGE = "change", _("Change it")
    WITHDRAW = "withdraw", _("Take it back")


class Quality(models.TextChoices):
    """How well the township has exercised the power, as the evaluation found."""

    GOOD = "good", _("Good quality")
    FAIR = "fair", _("Fair quality")
    POOR = "poor", _("Poor quality")


class AdmissionState(models.TextChoices):
    """Where a department's request to bring unlisted work to townships stands."""

    REQUESTED = "requested", _("requested")
    ADMITTED = "admitted", _("admitted")
    REFUSED = "refused", _("refused")


class OpinionVerdict(models.TextChoices):
    """What a township says to work that is to come."""

    AGREES = "agrees", _("Agrees")
    AGREES_IF = "agrees_if", _("Agrees on conditions")
    OBJECTS = "objects", _("Has objections")


# The words that papers, sheets and exports use for these choices, in any interface language.
MODE_NAMES: dict[Mode, str] = {
    Mode.DELEGATED: "下放",
    Mode.ENTRUSTED: "委托",
    Mode.SECONDED: "派驻",
}
