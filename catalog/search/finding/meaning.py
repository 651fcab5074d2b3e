"""Where no title says it as it was typed: what is meant, one wrong character, or the nearest there is."""

from collections.abc import Sequence

from django.db.models import Q, Value

from .. import tokens
from ..dialects import Token, every, having, say_one_of, some, tokens_of
from ..lengths import steps
from ..questions import Concept, Vocabulary, concepts
from ..ranking import ANSWERS, RESEMBLES, Texts, scores
from .asking import COLUMNS, MEANT, Field
from .many import case_of
from .titles import IN_ORDER, order_in

NEAREST = 5
# So many rows are weighed.
WEIGHED = 400
MOST_SAID = 40


def meant_by(
    typed: Sequence[str], words: Sequence[str], vocabulary: Vocabulary, field: Field
) -> tuple[list[dict], list[dict]]:
    """Hits by what is meant, best first, or else the nearest there is; `words` without the question around them."""
    # A wrong character may make a word look like a question: 技能囧训 has 能 in it.
    for said in (typed, words) if words != typed else (typed,):
        if misspelt := _misspelt(said, field):
            return sorted(misspelt, key=order_in(field)), []
    meant = concepts(words, vocabulary)
    if not meant:
        return [], []
    rows = _resembling(meant, field)
    texts = [Texts(row["title_key"], row["names_key"], row["text_key"]) for row in rows]
    for row, score in zip(rows, scores(meant, texts), strict=True):
        # In hundredths: the last binary digit of a sum is no reason for an order.
        row["class"], row["score"] = MEANT, round(score, 2)
    ranked = sorted(rows, key=order_in(field))
    hits = [row for row in ranked if row["score"] >= ANSWERS]
    return hits, [row for row in ranked if row["score"] >= RESEMBLES][:NEAREST] if not hits else []


def _misspelt(words: Sequence[str], field: Field) -> list[dict]:
    """Rows that have the one word with one other character: what stands before and behind it is asked for."""
    if len(words) != 1 or not Concept(words[0]).is_misspellable:
        return []
    (word,) = words
    places = range(len(word))
    left = [[part for part in (word[:wrong], word[wrong + 1 :]) if part] for wrong in places]
    wanted = some(every(map(tokens_of, parts)) for parts in left)
    pattern = "|".join(f"{word[:wrong]}.{word[wrong + 1 :]}" for wrong in places)
    rows = having(field.rows, "title", every([*field.scope, wanted]))
    rows = rows.filter(Q(title_key__regex=pattern) | Q(names_key__regex=pattern))
    return [row | {"class": MEANT} for row in rows.order_by(*IN_ORDER).values(*COLUMNS)[:WEIGHED]]


def _resembling(meant: Sequence[Concept], field: Field) -> list[dict]:
    """Rows with something of what is meant, those first that have most of it in their names."""
    said = [way for concept in meant if not concept.is_weak for way in (concept.asked, *concept.others)]
    said = list(dict.fromkeys(said or [concept.asked for concept in meant]))[:MOST_SAID]
    wanted = [tokens_of(way) for way in said]
    having_it = sum(
        (case_of(say_one_of([way], "title_key", "names_key"), 1, default=0) for way in said), Value(0)
    )
    named = having(field.rows, "title", every([*field.scope, some(wanted)])).annotate(having_it=having_it)
    named = named.filter(having_it__gt=0).order_by("-having_it", *IN_ORDER)
    found = list(named.values(*COLUMNS, "text_key")[:WEIGHED])
    if field.is_narrow:
        pairs = dict.fromkeys(
            pair for concept in meant if not concept.is_weak for pair in tokens.grams(concept.asked)
        )
        wanted += map(Token, pairs)
    # The rest has it in the text alone, and where that is many rows the shortest are read and not the others.
    in_names = say_one_of(said, "title_key", "names_key")
    for part in [[]] if field.is_narrow else [[step] for step in steps()]:
        told = having(field.rows, "text", every([*field.scope, some(wanted), *part])).exclude(in_names)
        found += told.order_by(*IN_ORDER).values(*COLUMNS, "text_key")[: WEIGHED - len(found)]
        if len(found) == WEIGHED:
            break
    return found
