"""What a county has said its headings mean, and how the next file of that county is read by it."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import County, User

from ..kinds import ListKind, kind_called
from ..models import ColumnMeaning
from ..reading.grid import Message
from ..reading.layout import Layout, Table
from ..reading.layout.headings import LETTERS
from ..reading.words import fold

# What a clerk says of columns, by heading or letter; see `lay_out`.
Said = Mapping[str, str | None]


def meanings_of(county: County, kind: ListKind) -> list[ColumnMeaning]:
    """What the county has decided about headings of this kind, without what the kind no longer has."""
    fields = {column.field for column in kind.resource.columns()}
    known = ColumnMeaning.objects.filter(county=county, kind=kind.code)
    return [meaning for meaning in known if not meaning.field or meaning.field in fields]


@transaction.atomic
def remember(*, county: County, kind: str, mapping: Said, by: User) -> list[ColumnMeaning]:
    """Keep what a clerk said of headings for the county's next files of this kind.

    Raises `ValidationError` for a field the kind does not have.
    """
    fields = {column.field for column in kind_called(kind).resource.columns()}
    kept = []
    # A letter is a place in one file, no heading of the next.
    headings = {heading: name for heading, name in mapping.items() if not LETTERS.fullmatch(heading)}
    for heading, name in headings.items():
        if name and name not in fields:
            raise ValidationError(_("Lists of this kind have no column “%(field)s”.") % {"field": name})
        key = fold(heading)
        meaning = ColumnMeaning.objects.select_for_update().filter(county=county, kind=kind, key=key).first()
        meaning = meaning or ColumnMeaning(county=county, kind=kind, key=key)
        if meaning.pk and meaning.said == name:
            continue
        meaning.heading, meaning.decided_by = heading, by
        meaning.field, meaning.is_left_out = name or "", name is None
        meaning.full_clean()
        meaning.save()
        record("remember", meaning, by=by, county=county, kind=kind, field=name)
        kept.append(meaning)
    return kept


@transaction.atomic
def forget(*, meaning: ColumnMeaning, by: User) -> None:
    """Take back what was decided about a heading: files are read by their own words again."""
    record("forget", meaning, by=by, county=meaning.county, kind=meaning.kind, field=meaning.said)
    meaning.delete()


def with_meanings(said: Said, meanings: Sequence[ColumnMeaning]) -> dict[str, str | None]:
    """What was said of this file, and under it what the county has decided before."""
    told = {fold(heading) for heading in said}
    return {meaning.heading: meaning.said for meaning in meanings if meaning.key not in told} | dict(said)


def messages_of(layout: Layout, said: Said, meanings: Sequence[ColumnMeaning]) -> list[Message]:
    """The layout's messages, with where the county's decisions were followed.

    That a file lacks a heading the county once decided on is no matter for a message.
    """
    told = {fold(heading) for heading in said}
    by_key = {meaning.key: meaning for meaning in meanings if meaning.key not in told}
    messages = [
        message
        for message in layout.messages
        if message.code != "mapping_unknown_heading" or fold(message.values["heading"]) in told
    ]
    return messages + [one for table in layout.tables for one in _followed(table, by_key)]


def _followed(table: Table, by_key: Mapping[str, ColumnMeaning]) -> list[Message]:
    return [
        Message(
            "note",
            "meaning_followed",
            table.sheet,
            column.cell,
            {
                "heading": column.heading,
                "meaning": meaning.told,
                "day": localtime(meaning.decided_at).date().isoformat(),
            },
        )
        for column in table.columns
        if column.is_told and (meaning := by_key.get(fold(column.heading)))
    ]
