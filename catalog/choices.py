"""The words of `catalog`. Code values are those of the GB/T 39554 family where it has them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PowerType(models.TextChoices):
    """Nature of an item; lists name it in words, never by number."""

    LICENCE = "01", _("Administrative licence")
    PENALTY = "02", _("Administrative penalty")
    COERCION = "03", _("Administrative coercion")
    LEVY = "04", _("Administrative levy")
    BENEFIT = "05", _("Benefit payment")
    INSPECTION = "06", _("Administrative inspection")
    CONFIRMATION = "07", _("Administrative confirmation")
    AWARD = "08", _("Administrative award")
    ADJUDICATION = "09", _("Administrative adjudication")
    OTHER = "10", _("Other administrative power")
    SERVICE = "20", _("Public service")


# The official Chinese names, as lists print them and exports repeat them in any interface language.
POWER_TYPE_NAMES: dict[PowerType, str] = {
    PowerType.LICENCE: "行政许可",
    PowerType.PENALTY: "行政处罚",
    PowerType.COERCION: "行政强制",
    PowerType.LEVY: "行政征收",
    PowerType.BENEFIT: "行政给付",
    PowerType.INSPECTION: "行政检查",
    PowerType.CONFIRMATION: "行政确认",
    PowerType.AWARD: "行政奖励",
    PowerType.ADJUDICATION: "行政裁决",
    PowerType.OTHER: "其他行政权力",
    PowerType.SERVICE: "公共服务",
}

# Other names that published lists use for the same types.
POWER_TYPE_ALIASES: dict[str, PowerType] = {
    "许可": PowerType.LICENCE,
    "审批": PowerType.LICENCE,
    "行政审批": PowerType.LICENCE,
    "行政许可(国办)": PowerType.LICENCE,
    "处罚": PowerType.PENALTY,
    "强制": PowerType.COERCION,
    "行政强制措施": PowerType.COERCION,
    "行政强制执行": PowerType.COERCION,
    "征收": PowerType.LEVY,
    "给付": PowerType.BENEFIT,
    "检查": PowerType.INSPECTION,
    "行政监督检查": PowerType.INSPECTION,
    "确认": PowerType.CONFIRMATION,
    "奖励": PowerType.AWARD,
    "裁决": PowerType.ADJUDICATION,
    "其他": PowerType.OTHER,
    "其它": PowerType.OTHER,
    "其他职权": PowerType.OTHER,
    "其他权力": PowerType.OTHER,
    "其它行政权力": PowerType.OTHER,
    "其它权力": PowerType.OTHER,
    "其他类": PowerType.OTHER,
    "行政备案": PowerType.OTHER,
    "行政调解": PowerType.OTHER,
    "审核转报": PowerType.OTHER,
    "行政征用": PowerType.OTHER,
    "便民服务": PowerType.SERVICE,
    "公共服务事项": PowerType.SERVICE,
}


class EditionState(models.TextChoices):
    """What people did to an edition; coming, in force and superseded follow from its days."""

    UNCONFIRMED = "unconfirmed", _("read, not confirmed")
    DRAFT = "draft", _("draft")
    OPEN_FOR_COMMENT = "open", _("open for comment")
    DECIDED = "decided", _("decided")
    ANNOUNCED = "announced", _("announced")
    REPEALED = "repealed", _("repealed")
    WITHDRAWN = "withdrawn", _("withdrawn before its day")
    GIVEN_UP = "given_up", _("given up after public comment")


class StepKind(models.TextChoices):
    """A step on the road of a change, as a county records it."""

    REVIEW = "review", _("department review")
    COMMENT = "comment", _("public comment")
    LEGALITY = "legality", _("legality review")
    DECISION = "decision", _("decision")
    ANNOUNCEMENT = "announcement", _("announcement")
    REPEAL = "repeal", _("repeal")
    WITHDRAWAL = "withdrawal", _("withdrawal")


# What a county may make obligatory, in the order of the road; the rest records itself.
STEPS_BEFORE_ANNOUNCING = (StepKind.REVIEW, StepKind.COMMENT, StepKind.LEGALITY, StepKind.DECISION)


class RunAct(models.TextChoices):
    """What a run does: read a workbook into an import, or confirm an import."""

    IMPORT = "import", _("reading a workbook")
    CONFIRM = "confirm", _("confirming an import")


class RunState(models.TextChoices):
    """How far a run has come; that its process is gone is seen, not stored."""

    WAITING = "waiting", _("waiting to begin")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class Standing(models.TextChoices):
    """What an announced edition is on a day; it follows from the days alone."""

    COMING = "coming", _("coming")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    ENDED = "ended", _("no longer in force")
    WITHDRAWN = "withdrawn", _("withdrawn before its day")


class SuccessionKind(models.TextChoices):
    """How items follow each other from one edition to the next."""

    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    REPLACED = "replaced", _("replaced")


class HandlingRule(models.TextChoices):
    """Where an item is handled, as the guide says it for every township."""

    HERE = "here", _("Handled at the township")
    ACCEPTED_HERE = "accepted", _("Accepted at the township, decided by the county")
    COUNTY = "county", _("Handled only at the county")
    VILLAGE = "village", _("Handled in the village")


class GuideState(models.TextChoices):
    """How far a change of a guide has come; residents read only what is approved."""

    WRITING = "writing", _("being written")
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class BulkAct(models.TextChoices):
    """What was done to many exceptions at once, and can be undone for one township."""

    RULE = "rule", _("Where items are handled, set")
    CONFIRMED = "confirmed", _("Confirmed as still correct")
    TAKEN_OVER = "taken_over", _("Changes from above taken over")
    KEPT = "kept", _("Own words kept")
    NO_CHANGE = "no_change", _("No change needed")


class LimitUnit(models.TextChoices):
    """In what a time limit is counted."""

    WORKING_DAYS = "W", _("working days")
    CALENDAR_DAYS = "N", _("calendar days")


class ChannelKind(models.TextChoices):
    """How a resident can hand in an application."""

    WINDOW = "window", _("At the window")
    ONLINE = "online", _("Online")
    POST = "post", _("By post")
    AGENT = "agent", _("By an agent in the village")


class MaterialNeed(models.TextChoices):
    """Whether a document must be brought."""

    REQUIRED = "required", _("required")
    CONDITIONAL = "conditional", _("in some cases")
    OPTIONAL = "optional", _("optional")
    DROPPED = "dropped", _("no longer needed")


class CommentVerdict(models.TextChoices):
    """What becomes of a comment."""

    OPEN = "", _("not answered yet")
    TAKEN = "taken", _("taken")
    PARTLY = "partly", _("partly taken")
    NOT_TAKEN = "not_taken", _("not taken")


class FeedbackKind(models.TextChoices):
    """What a reader reports."""

    ERROR = "error", _("something is wrong")
    MISSING = "missing", _("something is missing")


class FeedbackVerdict(models.TextChoices):
    """What becomes of a reader's report."""

    OPEN = "", _("not answered yet")
    MENDED = "mended", _("mended")
    PASSED_ON = "passed_on", _("passed on to those who decide it")
    STANDS = "stands", _("stands as it is")


class ClashDecision(models.TextChoices):
    """What becomes of an item that a draft and the newer edition have both changed."""

    OPEN = "", _("still to be decided")
    MINE = "mine", _("as in the draft")
    THEIRS = "theirs", _("as in the newer edition")


class SuggestionDecision(models.TextChoices):
    """What a clerk says of a new row and a gone item that look related."""

    UNDECIDED = "", _("New and gone")
    RENAMED = "renamed", _("Renamed")
    SPLIT = "split", _("Split from it")
    MERGED = "merged", _("Merged from it")
