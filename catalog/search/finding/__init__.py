"""From what a resident typed to hits in order, the same on both databases.

First whatever has the words in its title or popular names, as typed or in the words of lists; when that is
little, whatever has them in its text; and when no title has them, what is nearest: one wrong character, or most of
what is meant. Few rows are ranked here; of many, the database counts and orders by the same keys.
"""

from ..questions import core_words, typed_words, ways_to_say
from .asking import CALLED, NAMED, Asked, Found, field_of, vocabulary_of
from .facets import paged
from .many import counted
from .meaning import meant_by
from .titles import titled, with_told

__all__ = ["CALLED", "NAMED", "Asked", "Found", "find"]


def find(asked: Asked, *, start: int = 0, size: int = 20) -> Found:
    """The hits for a question, of them those from `start` on."""
    typed = typed_words(asked.text)
    if not typed:
        return _browsed(asked, start, size)
    vocabulary = vocabulary_of(asked.county)
    cores = core_words(typed, vocabulary)
    field = field_of(asked)
    for words in (typed, cores) if cores and cores != typed else (typed,):
        ways = ways_to_say(words, vocabulary)
        rows = titled(ways, field)
        if rows is None:
            return counted(ways, asked, field, start, size)
        if rows:
            return paged(with_told(rows, ways, field), asked, field, start, size)
    hits, nearest = meant_by(typed, cores or typed, vocabulary, field)
    return paged(hits, asked, field, start, size, nearest=nearest)


def _browsed(asked: Asked, start: int, size: int) -> Found:
    """Everything of what is chosen, where no word is asked for; nothing where nothing is chosen."""
    if not any(asked.chosen.values()):
        return Found([], 0, {})
    return counted([], asked, field_of(asked), start, size)
