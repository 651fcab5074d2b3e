"""Articles of law: how a rule cites them, what they say, and which bodies below the county they name."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

FIXTURES = Path(__file__).resolve().parent.parent.parent / "fixtures"


@dataclass(frozen=True)
class Article:
    """One article of a statute or another paper, with paragraph (款) and item (项) where it matters."""

    law: str
    number: int | None = None
    paragraph: int | None = None
    item: int | None = None

    def __str__(self):
        name = f"《{self.law}》" if not self.law.endswith("号") else self.law
        if self.number is None:
            return name
        words = _("%(law)s article %(number)s") % {"law": name, "number": self.number}
        if self.paragraph:
            words += _(" paragraph %(number)s") % {"number": self.paragraph}
        if self.item:
            words += _(" item %(number)s") % {"number": self.item}
        return words

    @property
    def text(self) -> str:
        """The words of the statute as the portal ships them; empty for what is no statute."""
        return statutes().get(self.law, {}).get("articles", {}).get(str(self.number), "")


@cache
def statutes() -> dict[str, dict]:
    """The statutes that rules cite: version and articles, by title."""
    return json.loads((FIXTURES / "devolution_articles.json").read_text(encoding="utf-8"))


@cache
def township_articles() -> dict[str, dict[str, str]]:
    """National articles that name `townships`, `subdistricts` or `both`, by title and number."""
    return json.loads((FIXTURES / "township_articles.json").read_text(encoding="utf-8"))
