"""In whose name a township acts, who answers for it, and where to appeal (R13): mode × line, one lookup."""

import enum
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import DepartmentLine

from ..choices import Mode
from .articles import Article
from .row import Rule, Verdict

R13 = Rule(
    "R13",
    Verdict.OK,
    _("Everyone is told in whose name a power is exercised, who answers for it and where to appeal."),
    (Article("行政处罚法", 39),),
)


class Body(enum.Enum):
    """Who stands behind an act."""

    TOWNSHIP = "township"
    DEPARTMENT = "department"


class ReviewOrgan(enum.Enum):
    """Where an administrative review is applied for."""

    COUNTY_GOVERNMENT = "county_government"
    NEXT_HIGHER = "next_higher"
    AS_RECORDED = "as_recorded"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Remedies:
    """What a power's page tells of names and appeals.

    `name` is whose name stands on the decision, `defendant` who is sued, reviewed and liable.
    `recorded_organ` is what the county has written down of the review organ and wins over the rule.
    """

    name: Body
    defendant: Body
    review: ReviewOrgan
    sentence: str | Promise
    articles: tuple[Article, ...]
    recorded_organ: str = ""
    court: str = ""

    @property
    def is_on_record(self) -> bool:
        """Whether anything but "ask 12348" can be said."""
        return self.review != ReviewOrgan.NOT_RECORDED


BY_LINE: dict[str, tuple[ReviewOrgan, str | Promise, tuple[Article, ...]]] = {
    DepartmentLine.GOVERNMENT: (
        ReviewOrgan.COUNTY_GOVERNMENT,
        _("Review by the county government."),
        (Article("行政复议法", 24),),
    ),
    DepartmentLine.VERTICAL: (
        ReviewOrgan.NEXT_HIGHER,
        _("Review by the next higher department of its line."),
        (Article("行政复议法", 27),),
    ),
    DepartmentLine.MUNICIPAL: (
        ReviewOrgan.NOT_RECORDED,
        _("The review organ of this branch of a municipal department is not on record; ask 12348."),
        (Article("行政复议法", 24),),
    ),
    DepartmentLine.UNRECORDED: (
        ReviewOrgan.NOT_RECORDED,
        _("The department's line is not on record; ask 12348 where to apply for review."),
        (Article("行政复议法", 24), Article("行政复议法", 27)),
    ),
}
AS_RECORDED = _("Review by the organ on record.")
OWN_NAME = (Article("行政诉讼法", 26), Article("行政复议法", 24))


def remedies(
    *,
    mode: str,
    line: str = "",
    recorded_organ: str = "",
    court: str = "",
    is_entrustment_in_effect: bool = False,
) -> Remedies:
    """The remedies against what a township does in this mode for a department of this line.

    A power delegated without law or decision is an entrustment in court (R6): the township signs,
    the department answers. Powers of the townships' own count as delegated.
    """
    name = Body.TOWNSHIP if mode == Mode.DELEGATED else Body.DEPARTMENT
    if mode == Mode.DELEGATED and not is_entrustment_in_effect:
        return Remedies(
            name,
            Body.TOWNSHIP,
            ReviewOrgan.COUNTY_GOVERNMENT,
            BY_LINE[DepartmentLine.GOVERNMENT][1],
            OWN_NAME,
        )
    organ, sentence, articles = BY_LINE[line]
    if recorded_organ:
        organ, sentence = ReviewOrgan.AS_RECORDED, AS_RECORDED
    return Remedies(
        name,
        Body.DEPARTMENT,
        organ,
        sentence,
        (Article("行政诉讼法", 26), *articles),
        recorded_organ,
        court,
    )
