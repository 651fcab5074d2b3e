"""How well a row answers what was meant, where no row has the words as they were typed. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from . import tokens
from .questions import Concept

IN_TITLE, IN_NAMES, IN_TEXT = 1.0, 0.9, 0.45
OTHER_WORDS = 0.95  # what is meant, said in other words than the typed ones
MISSPELT = 0.9
IN_PART = 0.8
WEAK = 0.2
CHATTER = 0.2  # of a word that no row speaks of: it belongs to the telling, not to what is looked for
# Below the first a row is no answer; from the second on it can be offered as the nearest there is.
ANSWERS = 0.35
RESEMBLES = 0.15


@dataclass(frozen=True)
class Texts:
    """The keys of one row."""

    title: str
    names: str
    text: str


def scores(concepts: Sequence[Concept], rows: Sequence[Texts]) -> list[float]:
    """For each row how much of what is meant it speaks of, from 0 to 1; rare words weigh more than common ones."""
    fits = [[fit(concept, row) for row in rows] for concept in concepts]
    weights = [_weight(concept, of_rows) for concept, of_rows in zip(concepts, fits, strict=True)]
    if not any(_is_spoken_of(concept, of_rows) for concept, of_rows in zip(concepts, fits, strict=True)):
        return [0.0] * len(rows)
    whole = sum(weights)
    return [
        sum(weight * of_rows[at] for weight, of_rows in zip(weights, fits, strict=True)) / whole
        for at in range(len(rows))
    ]


def fit(concept: Concept, row: Texts) -> float:
    """How well one row speaks of one thing: by its title, its popular names, its text, or part of a word."""
    best = _fit(concept.asked, row, concept.is_misspellable)
    for other in concept.others:
        best = max(best, OTHER_WORDS * _fit(other, row, False))
    return best


def _fit(said: str, row: Texts, is_misspellable: bool) -> float:
    if not tokens.han_runs(said):
        return _fit_of_letters(said, row)
    if said in row.title:
        return IN_TITLE
    if said in row.names:
        return IN_NAMES
    if is_misspellable and is_misspelt_in(said, row.title):
        return MISSPELT
    if is_misspellable and is_misspelt_in(said, row.names):
        return MISSPELT * IN_NAMES
    part = IN_PART * max(_share(said, row.title), IN_NAMES * _share(said, row.names))
    return max(part, IN_TEXT if said in row.text else 0.0)


def _fit_of_letters(said: str, row: Texts) -> float:
    """Letters and figures are words of their own, whole or begun; inside other words they mean nothing."""
    for fit, text in ((IN_TITLE, row.title), (IN_NAMES, row.names), (IN_TEXT, row.text)):
        if any(word.startswith(said) for word in tokens.latin_words(text)):
            return fit
    return 0.0


def is_misspelt_in(said: str, text: str) -> bool:
    """Whether the text has these characters in a row, all but one."""
    size = len(said)
    return any(
        sum(one != other for one, other in zip(said, text[at : at + size], strict=True)) <= 1
        for at in range(len(text) - size + 1)
    )


def _share(said: str, text: str) -> float:
    """The share of neighbouring pairs that the text has too."""
    pairs = tokens.grams(said)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _is_spoken_of(concept: Concept, fits: Sequence[float]) -> bool:
    return not concept.is_weak and max(fits, default=0.0) >= IN_TEXT


def _weight(concept: Concept, fits: Sequence[float]) -> float:
    """More for what few rows speak of and for longer words, little for words that most titles share."""
    speaking = sum(value >= IN_TEXT for value in fits)
    rarity = math.log(2 + len(fits) / (1 + speaking)) if speaking else CHATTER
    length = min(len(concept.asked), 6) ** 0.5
    return rarity * length * (WEAK if concept.is_weak else 1.0)
