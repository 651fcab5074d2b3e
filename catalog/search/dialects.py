"""The one question to an index, put to two databases: which rows have these tokens."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connections
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from . import tokens

POSTGRESQL = "postgresql"


@dataclass(frozen=True)
class Token:
    """A token, or with `begins` every token that begins so."""

    text: str
    begins: bool = False


@dataclass(frozen=True)
class All:
    """Every part of it."""

    parts: tuple


@dataclass(frozen=True)
class Any:
    """At least one part of it."""

    parts: tuple


Wanted = Token | All | Any


def every(parts: Iterable[Wanted]) -> All:
    return All(tuple(parts))


def some(parts: Iterable[Wanted]) -> Any:
    return Any(tuple(parts))


def tokens_of(word: str) -> Wanted:
    """What a row with this word is bound to have: its pairs of characters, or the beginning of what has none.

    Figures and Latin letters beside Chinese may be the end of a longer word, so the pairs alone are asked for.
    """
    pairs = tokens.grams(word)
    if pairs:
        return every(Token(pair) for pair in pairs)
    return every(Token(part, begins=True) for part in tokens.RUN.findall(word))


def having(rows: QuerySet, index: str, wanted: Wanted) -> QuerySet:
    """The rows whose `title` or `text` index has what is wanted."""
    if connections[rows.db].vendor == POSTGRESQL:
        # Stays a raw query of our own making: every token is quoted, and none can hold a quote.
        found = RawSQL(
            f"catalog_searchrow.{index}_vector @@ %s::tsquery",
            [_tsquery(wanted)],
            output_field=BooleanField(),
        )
        return rows.filter(found)
    table = f"catalog_searchrow_{index}"
    return rows.filter(pk__in=RawSQL(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [_match(wanted)]))


def _tsquery(wanted: Wanted) -> str:
    if isinstance(wanted, Token):
        return f"'{_bare(wanted.text)}'{':*' if wanted.begins else ''}"
    return f"({(' & ' if isinstance(wanted, All) else ' | ').join(map(_tsquery, wanted.parts))})"


def _match(wanted: Wanted) -> str:
    if isinstance(wanted, Token):
        return f'"{_bare(wanted.text)}"{"*" if wanted.begins else ""}'
    return f"({(' AND ' if isinstance(wanted, All) else ' OR ').join(map(_match, wanted.parts))})"


def _bare(text: str) -> str:
    """A token without what either query language would read; the tokenizer leaves none of it."""
    return "".join(letter for letter in text if letter not in "'\"\\\0")
