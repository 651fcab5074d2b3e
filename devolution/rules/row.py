"""A row of the law's table, and what a row says of one case. Whatever a screen says is made from the row."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.choices import PowerType

from ..choices import Mode
from .articles import Article
from .facts import Facts

EVERY_MODE = frozenset(Mode)
# An entry may state no type; a rule for every type is for those too.
EVERY_TYPE = frozenset(PowerType)


def _with_articles(sentence: str | Promise, articles: str) -> str:
    return gettext("%(sentence)s (%(articles)s)") % {"sentence": sentence, "articles": articles}


class Verdict(TextChoices):
    """What the law says to a case; the order is that of gravity."""

    REFUSED = "refused", _("Refused")
    INCOMPLETE = "incomplete", _("Incomplete")
    WARNING = "warning", _("Warning")
    OK = "ok", _("Lawful")


GRAVITY = list(Verdict)


def always(facts: Facts) -> bool:
    """The condition of a row that has none."""
    return True


@dataclass(frozen=True)
class Rule:
    """One row: for which modes and types, on what condition, with what verdict, by which articles.

    `sentence` is what is said to a case it applies to, `help_text` what a person with the form in
    hand is told beforehand, `field` where both stand.
    """

    code: str
    verdict: Verdict
    sentence: str | Promise
    articles: tuple[Article, ...]
    modes: frozenset[str] = EVERY_MODE
    types: frozenset[str] = EVERY_TYPE
    applies: Callable[[Facts], bool] = always
    help_text: str | Promise = ""
    field: str = ""

    def covers(self, facts: Facts) -> bool:
        """Whether the row speaks of this case."""
        of_the_type = facts.power_type in self.types or self.types == EVERY_TYPE
        return facts.mode in self.modes and of_the_type and self.applies(facts)

    @property
    def label(self) -> str:
        """`R3a · 《行政处罚法》 article 24`."""
        return " · ".join([self.code, self.cited] if self.articles else [self.code])

    @property
    def cited(self) -> str:
        """The articles in words."""
        return "、".join(str(article) for article in self.articles)

    @property
    def message(self) -> str:
        """The sentence with its articles."""
        if not self.articles:
            return str(self.sentence)
        return _with_articles(self.sentence, self.cited)

    @property
    def help_message(self) -> str:
        """The help text with its articles."""
        return _with_articles(self.help_text, self.cited)


def needs(code, sentence, articles, modes, applies, *, verdict=Verdict.INCOMPLETE, **more) -> Rule:
    """A row that names what is missing or doubtful; `field` says where to put it right."""
    return Rule(code, verdict, sentence, articles, modes, applies=applies, **more)


@dataclass(frozen=True)
class Finding:
    """A row that applies to a case and is more than a yes."""

    rule: Rule

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def verdict(self) -> Verdict:
        return self.rule.verdict

    @property
    def message(self) -> str:
        return self.rule.message

    def __str__(self):
        return f"{self.code}: {self.message}"
