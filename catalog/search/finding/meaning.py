"""Where no title says it as it was typed: what is meant, one wrong character, or the nearest there is."""

from collections.abc import Sequence

from django.db.models import Q, Value

from .. import tokens
from ..dialects import Token, every, having, some, tokens_of
from ..questions import Concept, Vocabulary, concepts
from ..ranking import ANSWERS, RESEMBLES, Texts, scores
from .asking import COLUMNS, MEANT, Field
from .many import case_of
from .titles import IN_ORDER, RANKED, order_in

NEAREST = 5
MOST_SAID = 40


def meant_by(words: Sequence[str], vocabulary: Vocabulary, field: Field) -> tuple[list[dict], list[dict]]:
    """Hits by what is meant, best first, or else the nearest there is."""
    meant = concepts(words, vocabulary)
    if not meant:
        return [], []
    if misspelt := _misspelt(words, field):
        return sorted(misspelt, key=order_in(field)), []
    rows = _resembling(meant, field)
    texts = [Texts(row["title_key"], row["names_key"], row["text_key"]) for row in rows]
    for row, score in zip(rows, scores(meant, texts), strict=True):
        # In hundredths: the last binary digit of a sum is no reason for an order.
        row["class"], row["score"] = MEANT, round(score, 2)
    ranked = sorted(rows, key=order_in(field))
    hits = [row for row in ranked if row["score"] >= ANSWERS]
    return hits, [row for row in ranked if row["score"] >= RESEMBLES][:NEAREST] if not hits else []


def _misspelt(words: Sequence[str], field: Field) -> list[dict]:
    """Rows that have the one word with one other character: the two pairs that touch it are left out."""
    if len(words) != 1 or not Concept(words[0]).is_misspellable:
        return []
    (word,) = words
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    places = range(len(word))
    left = [[pair for at, pair in enumerate(pairs) if wrong not in (at, at + 1)] for wrong in places]
    wanted = some(every(map(Token, some_pairs)) for some_pairs in left)
    pattern = "|".join(f"{word[:wrong]}.{word[wrong + 1 :]}" for wrong in places)
    rows = having(field.rows, "title", every([*field.scope, wanted]))
    rows = rows.filter(Q(title_key__regex=pattern) | Q(names_key__regex=pattern))
    return [row | {"class": MEANT} for row in rows.order_by(*IN_ORDER).values(*COLUMNS)[:RANKED]]


def _resembling(meant: Sequence[Concept], field: Field) -> list[dict]:
    """Rows with something of what is meant, those first that have most of it."""
    said = [way for concept in meant if not concept.is_weak for way in (concept.asked, *concept.others)]
    said = list(dict.fromkeys(said or [concept.asked for concept in meant]))[:MOST_SAID]
    wanted = [tokens_of(way) for way in said]
    if field.is_narrow:
        pairs = dict.fromkeys(
            pair for concept in meant if not concept.is_weak for pair in tokens.grams(concept.asked)
        )
        wanted += map(Token, pairs)
    rows = having(field.rows, "text", every([*field.scope, some(wanted)]))
    having_it = sum(
        (case_of(Q(title_key__contains=way) | Q(names_key__contains=way), 1, default=0) for way in said),
        Value(0),
    )
    rows = rows.annotate(having_it=having_it).order_by("-having_it", *IN_ORDER)
    return list(rows.values(*COLUMNS, "text_key")[:RANKED])
