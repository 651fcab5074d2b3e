"""Which characters of two texts differ, for a page that marks them. Pure: knows no Django."""

from difflib import SequenceMatcher
from typing import NamedTuple

# Beyond this the comparison takes longer than a reader waits; only what lies between equal ends is marked then.
LONGEST = 1500
# Less than this in common, and marks would be confetti: the texts are simply two.
LIKENESS = 0.3


class Part(NamedTuple):
    """A run of characters, and whether the other text lacks it."""

    text: str
    differs: bool


def marked(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """Both texts as runs that are equal and runs that differ."""
    if max(len(before), len(after)) > LONGEST:
        return _between_equal_ends(before, after)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < LIKENESS:
        return _whole(before), _whole(after)
    sides: tuple[list[Part], list[Part]] = ([], [])
    for tag, *bounds in matcher.get_opcodes():
        for side, text, (start, end) in zip(sides, (before, after), (bounds[:2], bounds[2:]), strict=True):
            if start < end:
                side.append(Part(text[start:end], tag != "equal"))
    return sides


def _between_equal_ends(before: str, after: str) -> tuple[list[Part], list[Part]]:
    shorter = min(len(before), len(after))
    start = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    left = shorter - start
    end = next((place for place in range(left) if before[-1 - place] != after[-1 - place]), left)
    return tuple(
        [
            part
            for part in (
                Part(text[:start], False),
                Part(text[start : len(text) - end], True),
                Part(text[len(text) - end :], False),
            )
            if part.text
        ]
        for text in (before, after)
    )


def _whole(text: str) -> list[Part]:
    return [Part(text, True)] if text else []
