"""What the papers have to say: R1 the entrustment document, R2 its term, R3 the provincial decision, R10 and R11."""

from django.utils.translation import gettext_lazy as _

from .articles import Article
from .facts import Facts, Stage
from .row import needs
from .vocabulary import (
    DELEGATED,
    ENTRUSTED,
    HANDED_DOWN,
    LICENCE_LAW,
    PENALTY,
    PENALTY_LAW,
    POLICY,
    SECONDED,
    WARNING,
)

INSTRUMENT = (Article(PENALTY_LAW, 20, 2), Article(LICENCE_LAW, 24))
PROVINCIAL = (Article(PENALTY_LAW, 24, 1),)


def _is_expired(facts: Facts) -> bool:
    return bool(facts.on and facts.instrument.valid_to and facts.instrument.valid_to <= facts.on)


def _is_unpublished(facts: Facts) -> bool:
    if facts.stage != Stage.FORCE:
        return False
    published_on = facts.instrument.published_on
    return published_on is None or bool(facts.on and published_on > facts.on)


def _is_published_late(facts: Facts) -> bool:
    published_on = facts.instrument.published_on
    return bool(published_on and facts.publication_due and published_on > facts.publication_due)


def _decision(facts: Facts, name: str):
    return facts.provincial_decision and getattr(facts.provincial_decision, name)


OF_THE_PAPERS = (
    needs(
        "R1a",
        _("No department is named that entrusts the power."),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.has_department,
        field="department",
        help_text=_("The department in whose name the township acts; it stays liable."),
    ),
    needs(
        "R1b",
        _("No township is named that receives the power."),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.has_receivers,
        field="townships",
    ),
    needs(
        "R1c",
        _("The entrustment document has no number on record."),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.instrument.number,
        field="instrument",
        help_text=_("An entrustment is made in writing."),
    ),
    needs(
        "R1d",
        _("The day on which the entrustment document was signed is not on record."),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.instrument.made_on,
        field="made_on",
        verdict=WARNING,
    ),
    needs(
        "R1e",
        _("The entrustment document names no day from which it is valid."),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.instrument.valid_from,
        field="valid_from",
    ),
    needs(
        "R1f",
        _("“For the long term” is no term for a penalty; the entrustment document names a last day."),
        (Article(PENALTY_LAW, 20, 2),),
        ENTRUSTED,
        lambda facts: facts.instrument.is_open_ended and not facts.instrument.valid_to,
        field="valid_to",
        types=PENALTY,
    ),
    needs(
        "R1g",
        _("The entrustment document names no last day; matters, authority and term are its content."),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.instrument.valid_to and not facts.instrument.is_open_ended,
        field="valid_to",
        help_text=_("A day of the calendar; “three years from signing” is kept as printed but is no day."),
    ),
    needs(
        "R1h",
        _(
            "The scope of authority is not stated (accepting, examining, deciding, serving; filing, investigating)."
        ),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.has_authority,
        field="authority",
        help_text=_("Which steps the township takes; the others stay with the department."),
    ),
    needs(
        "R1i",
        _("The day on which the entrustment document was published is not on record."),
        INSTRUMENT,
        ENTRUSTED,
        lambda facts: not facts.instrument.published_on,
        field="published_on",
        help_text=_("Both sides publish it."),
    ),
    needs(
        "R2",
        _("The term is over; a power is never in force past its term."),
        INSTRUMENT,
        HANDED_DOWN | SECONDED,
        _is_expired,
        field="valid_to",
    ),
    needs(
        "R3a",
        _("The provincial decision that hands the penalty down is not on record with its number and day."),
        PROVINCIAL,
        DELEGATED,
        lambda facts: not facts.has_decision,
        field="provincial_decision",
        types=PENALTY,
        help_text=_("Only a decision of the province hands penalties down to townships."),
    ),
    needs(
        "R3b",
        _("The publication of the provincial decision is not on record."),
        PROVINCIAL,
        DELEGATED,
        lambda facts: not _decision(facts, "published_on"),
        field="provincial_decision",
        types=PENALTY,
    ),
    needs(
        "R3c",
        _("The county's notice that puts the provincial decision into practice has no number on record."),
        PROVINCIAL,
        DELEGATED,
        lambda facts: not facts.instrument.number,
        field="instrument",
        types=PENALTY,
    ),
    needs(
        "R3d",
        _("No day is set for the next evaluation; delegated penalties are evaluated at regular intervals."),
        PROVINCIAL,
        DELEGATED,
        lambda facts: not facts.evaluation_due,
        field="evaluation_due",
        types=PENALTY,
        help_text=_("When the exercise of the power is evaluated next."),
    ),
    needs(
        "S1",
        _("The decision that posts the department's staff to the township has no number on record."),
        (POLICY,),
        SECONDED,
        lambda facts: not facts.instrument.number,
        field="instrument",
    ),
    needs(
        "R10",
        _("What is not published by this day cannot be in force on it."),
        (Article(PENALTY_LAW, 38), Article(PENALTY_LAW, 39)),
        HANDED_DOWN | SECONDED,
        _is_unpublished,
        field="published_on",
    ),
    needs(
        "R11",
        _("It was published later than 20 working days after it was made; note why."),
        (Article("政府信息公开条例", 26),),
        HANDED_DOWN | SECONDED,
        _is_published_late,
        field="published_on",
        verdict=WARNING,
    ),
)
