"""Mode × type × condition: which powers may go down in which mode. Every case has exactly one row here."""

from django.utils.translation import gettext_lazy as _

from .articles import Article
from .delegation import OF_DELEGATION
from .entrustment import OF_ENTRUSTMENT
from .row import Rule
from .vocabulary import HANDED_DOWN, INCOMPLETE, OK, SECONDED, UNSTATED

IN_EVERY_MODE = (
    Rule(
        "I1",
        INCOMPLETE,
        _("The type of the power is not stated; what the law wants depends on it."),
        (),
        HANDED_DOWN,
        UNSTATED,
        field="power_type",
    ),
    Rule(
        "O1",
        OK,
        _("The department's own staff act in its name; competence does not change."),
        (Article("行政诉讼法", 26),),
        SECONDED,
    ),
)

CASES: tuple[Rule, ...] = (*IN_EVERY_MODE, *OF_DELEGATION, *OF_ENTRUSTMENT)
