"""What a transfer needs besides papers: a fit receiver, no overlap, law that is in force, a township that is ready."""

from django.utils.translation import gettext_lazy as _

from catalog.choices import PowerType

from ..choices import Receiver
from .articles import Article
from .facts import Facts, Overlap, Stage
from .papers import OF_THE_PAPERS
from .row import Rule, needs
from .vocabulary import (
    COERCION_LAW,
    DELEGATED,
    ENTRUSTED,
    HANDED_DOWN,
    LICENCE_LAW,
    PENALTY,
    PENALTY_LAW,
    POLICY,
    REFUSED,
    SECONDED,
    WARNING,
)

COMMITTEES = (Article("地方各级人民代表大会和地方各级人民政府组织法", 87), Article(LICENCE_LAW, 24, 1))
# What bears on people's rights is for organs of the state alone.
OF_AUTHORITY = frozenset(
    {
        PowerType.LICENCE,
        PowerType.PENALTY,
        PowerType.COERCION,
        PowerType.LEVY,
        PowerType.ADJUDICATION,
    }
)


def _names_only_townships(facts: Facts) -> bool:
    return facts.receiver == Receiver.SUBDISTRICT and any(
        Receiver.TOWNSHIP in basis.names and Receiver.SUBDISTRICT not in basis.names
        for basis in facts.usable_bases
    )


OF_THE_RECEIVER = (
    needs(
        "R7a",
        _("Village committees assist and act as agents; they never receive powers of this type."),
        COMMITTEES,
        HANDED_DOWN | SECONDED,
        lambda facts: facts.receiver == Receiver.VILLAGE,
        field="townships",
        verdict=REFUSED,
        types=OF_AUTHORITY,
    ),
    needs(
        "R7b",
        _(
            "Village committees assist and act as agents; the power itself stays with the township; note this."
        ),
        COMMITTEES,
        HANDED_DOWN | SECONDED,
        lambda facts: facts.receiver == Receiver.VILLAGE and facts.power_type not in OF_AUTHORITY,
        field="townships",
        verdict=WARNING,
    ),
    needs(
        "R8",
        _(
            "A cited article names township governments, not subdistricts; note on what this subdistrict relies."
        ),
        (Article(PENALTY_LAW, 24, 1), Article("地方各级人民代表大会和地方各级人民政府组织法", 86)),
        HANDED_DOWN | SECONDED,
        _names_only_townships,
        field="townships",
        verdict=WARNING,
    ),
    needs(
        "R9",
        _("Farms, development zones and other quasi-units are no governments and receive no powers."),
        (Article(PENALTY_LAW, 24, 1), Article(LICENCE_LAW, 24, 1)),
        HANDED_DOWN | SECONDED,
        lambda facts: facts.receiver == Receiver.QUASI_UNIT,
        field="townships",
        verdict=REFUSED,
    ),
)

ACROSS = (
    needs(
        "R4a",
        _(
            "The same power is handed down to this township for this period already; it has one mode at a time."
        ),
        (POLICY,),
        HANDED_DOWN | SECONDED,
        lambda facts: facts.overlap == Overlap.SAME,
        field="townships",
    ),
    needs(
        "R4b",
        _(
            "A power of like name, type and basis is handed down in another mode; link them, or note how they differ."
        ),
        (POLICY,),
        HANDED_DOWN | SECONDED,
        lambda facts: facts.overlap == Overlap.SIMILAR,
        field="power",
        verdict=WARNING,
    ),
    needs(
        "R6",
        _(
            "Neither law nor provincial decision stands behind this delegation: a court takes it for an "
            "entrustment, and the department stays defendant."
        ),
        (Article("法释〔2018〕1号", 20, 3),),
        DELEGATED,
        lambda facts: facts.is_entrustment_in_effect,
        field="provincial_decision",
        verdict=WARNING,
    ),
    needs(
        "R12a",
        _("A cited title is not among the laws on record; check it."),
        (Article("优化营商环境条例", 35),),
        HANDED_DOWN | SECONDED,
        lambda facts: any(not basis.is_known for basis in facts.bases),
        field="bases",
        verdict=WARNING,
    ),
    needs(
        "R12b",
        _("A cited law is no longer in force; cite what has taken its place."),
        (Article(PENALTY_LAW, 38), Article("优化营商环境条例", 35)),
        HANDED_DOWN | SECONDED,
        lambda facts: any(basis.is_abolished for basis in facts.bases),
        field="bases",
        verdict=WARNING,
    ),
    needs(
        "W11",
        _(
            "The penalty takes demolition or another enforcement along; note which law sets the enforcement up."
        ),
        (Article(COERCION_LAW, 13), Article(COERCION_LAW, 34)),
        HANDED_DOWN,
        lambda facts: facts.includes_enforcement,
        field="power",
        verdict=WARNING,
        types=PENALTY,
    ),
)

BEFORE_FORCE = (
    needs(
        "Q1",
        _("The four questions are not answered: should it, need it, may it, can it go down?"),
        (POLICY,),
        HANDED_DOWN,
        lambda facts: facts.stage == Stage.FORCE and not facts.is_questioned,
        field="questions",
    ),
    needs(
        "Q2",
        _("One of the four questions is answered with no."),
        (POLICY,),
        HANDED_DOWN,
        lambda facts: facts.stage == Stage.FORCE and facts.is_questioned and facts.has_refusing_answer,
        field="questions",
    ),
    needs(
        "A1",
        _("The township's capacity to take the power on has not been assessed."),
        (Article(PENALTY_LAW, 24, 1), POLICY),
        DELEGATED,
        lambda facts: facts.stage == Stage.FORCE and not facts.is_assessed,
        field="assessment",
    ),
    needs(
        "A2",
        _("It has not been assessed whether the township meets the conditions for being entrusted."),
        (Article(PENALTY_LAW, 21), POLICY),
        ENTRUSTED,
        lambda facts: facts.stage == Stage.FORCE and not facts.is_assessed,
        field="assessment",
    ),
    needs(
        "A3",
        _("The assessment counts fewer than two licensed officers; every case takes two."),
        (Article(PENALTY_LAW, 42),),
        HANDED_DOWN,
        lambda facts: facts.stage == Stage.FORCE and facts.is_assessed and (facts.officers or 0) < 2,
        field="assessment",
        types=PENALTY,
    ),
)

NEEDS: tuple[Rule, ...] = (*OF_THE_PAPERS, *OF_THE_RECEIVER, *ACROSS, *BEFORE_FORCE)
