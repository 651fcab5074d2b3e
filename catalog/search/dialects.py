"""The one question to an index, put to two databases: which rows have these tokens."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, connections
from django.db.models import BooleanField, Q, QuerySet
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
    """What a row with this word is bound to have: its pairs of characters, and the figures and letters beside them.

    The first run of several may be the end of a longer one, so of figures and letters there nothing is asked; the
    last may be the beginning of one.
    """
    first, *further = tokens.RUN.findall(word) or [""]
    if not further:
        return every(_pairs(first) or [Token(first, begins=True)])
    *between, last = further
    wanted = [*_pairs(first), Token(first[-1])] if tokens.IS_HAN.match(first) else []
    for run in between:
        wanted += [*_pairs(run), Token(run[-1] if tokens.IS_HAN.match(run) else run)]
    return every([*wanted, *(_pairs(last) or [Token(last, begins=True)])])


def _pairs(run: str) -> list[Token]:
    return [Token(pair) for pair in tokens.grams(run)]


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
    # A join is read row by row and may stop early; of a subquery SQLite makes the whole list first.
    return rows.extra(
        tables=[table],
        where=[f"{table} MATCH %s", f"{table}.rowid = catalog_searchrow.id"],
        params=[_match(wanted)],
    )


def say_one_of(ways: Iterable[str], *columns: str) -> Q:
    """Whether one of the columns has one of the words in it, letter for letter.

    A third of what LIKE costs SQLite; and one piece of SQL: a tree of expressions would cost more than its answer.
    """
    at = "strpos" if connection.vendor == POSTGRESQL else "instr"
    asked = [(column, way) for way in ways for column in columns]
    found = " OR ".join(f"{at}(catalog_searchrow.{column}, %s) > 0" for column, _way in asked)
    return Q(RawSQL(f"({found})", [way for _column, way in asked], output_field=BooleanField()))


def is_had_by_more_than(count: int, index: str, wanted: Wanted) -> bool:
    """Whether the index knows more rows, of any day, that have what is wanted; SQLite asks it without the rows."""
    if connection.vendor == POSTGRESQL:
        question, said = f"catalog_searchrow WHERE {index}_vector @@ %s::tsquery", _tsquery(wanted)
    else:
        table = f"catalog_searchrow_{index}"
        question, said = f"{table} WHERE {table} MATCH %s", _match(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {question} LIMIT 1 OFFSET %s", [said, count])
        return cursor.fetchone() is not None


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
