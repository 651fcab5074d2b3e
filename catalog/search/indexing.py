"""The index as it is written: from what the sources say to rows, and never from anywhere else.

Called in the transaction of every public write. What is stored already as it should be stays untouched, so that a
small change is a small write, and making everything anew gives the same rows.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import fields
from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from accounts.models import County

from ..models import SearchRow
from ..writing import write_rows
from . import lengths, tokens
from .pinyin import spellings
from .sources import Document, Source, source_called, sources

# A change of the tokenizer or of what a row holds raises it, and every row is made anew.
EDITION = 3
LONGEST_TEXT = 3000
LONGEST_NAMES = 500
# What is longer nobody types in Latin letters.
LONGEST_SPELT = 8
ROWS_AT_ONCE = 200
COLUMNS = [field.attname for field in SearchRow._meta.concrete_fields if not field.primary_key]
VALUES_OF = attrgetter(*COLUMNS)
SAID_OF = attrgetter(*(field.name for field in fields(Document)))


@transaction.atomic
def rewrite(county: County, source_code: str, *, codes: Collection[str] | None = None) -> int:
    """Bring the rows of one source up to date, of these codes or all; returns how many were written or erased."""
    source = source_called(source_code)
    rows = SearchRow.objects.filter(county=county, source=source.code)
    if codes is not None:
        rows = rows.filter(code__in=codes)
    stored = {(code, digest): key for key, code, digest in rows.values_list("pk", "code", "digest")}
    new = []
    for document in source.documents(county, on=timezone.localdate(), codes=codes):
        digest = _digest(document)
        if stored.pop((document.code, digest), None) is None:
            new.append((document, digest))
    gone = list(stored.values())
    for start in range(0, len(gone), ROWS_AT_ONCE):
        SearchRow.objects.filter(pk__in=gone[start : start + ROWS_AT_ONCE]).delete()
    made = (row_of(document, county, source, digest) for document, digest in new)
    write_rows(SearchRow, COLUMNS, (VALUES_OF(row) for row in made))
    return len(gone) + len(new)


def rewrite_places(county: County) -> None:
    """Townships and villages, when one of them has changed."""
    rewrite(county, "townships")
    rewrite(county, "villages")


def rebuild(county: County) -> int:
    """Make every row of a county anew; returns how many there are."""
    with transaction.atomic():
        SearchRow.objects.filter(county=county).delete()
        return sum(rewrite(county, source.code) for source in sources)


def row_of(document: Document, county: County, source: Source, digest: str) -> SearchRow:
    """A document as a row, with everything it can be found by."""
    names = "、".join(document.popular_names)[:LONGEST_NAMES]
    text = document.text[:LONGEST_TEXT]
    facets = [f"{facet}:{value}" for facet, value in document.facets]
    title_key = tokens.key(document.title)
    marks = [
        f"c:{county.code}",
        f"s:{source.code}",
        lengths.mark(title_key),
        *facets,
        *document.places,
    ]
    spelt = [
        spelling
        for name in (document.title, *document.popular_names)
        if len(name) <= LONGEST_SPELT
        for spelling in spellings(name)
    ]
    found_by_name = tokens.tokens([document.title, *document.popular_names])
    return SearchRow(
        county=county,
        source=source.code,
        code=document.code,
        number=int(document.code),
        title=document.title,
        popular_names=names,
        line=document.line,
        facets=" ".join(facets),
        # With a blank on both sides, so that one place is found by its whole name.
        places=f" {' '.join(document.places)} ",
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        title_key=title_key,
        names_key=" ".join([*(tokens.key(name) for name in document.popular_names), *spelt]),
        text_key=tokens.key(text),
        title_tokens=" ".join(sorted({*found_by_name, *spelt, *marks})),
        text_tokens=" ".join(sorted({*tokens.tokens([text]), *found_by_name, *marks})),
        digest=digest,
    )


def _digest(document: Document) -> str:
    said = json.dumps([EDITION, *SAID_OF(document)], ensure_ascii=False, default=str)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
