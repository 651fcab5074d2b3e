"""Text as clerks type it into cells: mended for keeping, folded for comparing, the nearest of some names.

`mend` gives what is stored and shown, so it changes nothing a reader would miss; `fold` gives what is
compared, so it throws away everything that differs between two typists, and never a word.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

# Characters that print nothing: soft hyphen, zero-width blanks and joiners, direction marks, byte order mark,
# controls, and what no file can hold.
UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\ud800-\udfff\ufffe\uffff]"
)
# Excel writes a carriage return inside a cell as this escape; some exporters leave it standing.
ESCAPED_RETURN = re.compile(r"_x000[dD]_\r?\n?|\r\n?|[\x0b\x0c\x85\u2028\u2029]")
BLANKS = re.compile(r"\s+")
BLANKS_IN_LINE = re.compile(r"[^\S\n]+")
FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
# Most phrases are nothing but these, which mending, or folding, leaves as they are.
PLAIN = re.compile("[\u4e00-\u9fff0-9A-Za-z、。，；：《》（）]*")
ALREADY_FOLDED = re.compile("[\u4e00-\u9fff0-9a-z、。《》]*")
POINT_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])．(?=[0-9])")
NEEDS_MENDING = re.compile(f"\\s|_x000[dD]_|[０-９Ａ-Ｚａ-ｚ]|{UNSEEN.pattern}")
# A phrase goes on after these and before those, so a line break there is only where the cell was too narrow.
BREAK_INSIDE_PHRASE = re.compile(r"(?<=[、，,（(〔《])\n+|\n+(?=[、，,；;。）)〕》])")

ONE_KIND = str.maketrans(
    {
        **dict.fromkeys("([{【〔〖〘〚", "("),
        **dict.fromkeys(")]}】〕〗〙〛", ")"),
        **dict.fromkeys("〈<", "《"),
        **dict.fromkeys("〉>", "》"),
        **dict.fromkeys("“”„‟\"'‘’‚‛「」『』", '"'),
        **dict.fromkeys("‐‑‒–—―−─~～〜", "-"),
        **dict.fromkeys("·•‧・", "·"),
        "｡": "。",
    }
)

NEAR_ENOUGH = 0.75


@lru_cache(maxsize=65_536)
def mend(text: str) -> str:
    """A phrase on one line: padding and line breaks gone, figures and letters half-width.

    What is mended stays as it is when mended again; `mend_lines` likewise.
    """
    if PLAIN.fullmatch(text) or not NEEDS_MENDING.search(text):
        return text
    return POINT_BETWEEN_DIGITS.sub(".", BLANKS.sub(_blank_or_nothing, _plain(text).strip()))


@lru_cache(maxsize=16_384)
def mend_lines(text: str) -> str:
    """Long text: as `mend`, but lines that mean something stay lines, and blanks between words one blank."""
    if PLAIN.fullmatch(text) or not NEEDS_MENDING.search(text):
        return text
    plain = POINT_BETWEEN_DIGITS.sub(".", BLANKS_IN_LINE.sub(" ", _plain(text)))
    lines = (line.strip() for line in plain.split("\n"))
    return BREAK_INSIDE_PHRASE.sub("", "\n".join(line for line in lines if line))


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """The key two printings of the same words share: NFKC, no blanks, one kind of brackets, lower case."""
    if ALREADY_FOLDED.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKC", UNSEEN.sub("", ESCAPED_RETURN.sub("\n", text)))
    # Lower case can undo the normal form (İ), the form can bring blanks (´), and without blanks letters and
    # accents meet: so it is sought again after each.
    lower = BLANKS.sub("", unicodedata.normalize("NFKC", plain.casefold()))
    return unicodedata.normalize("NFKC", lower).translate(ONE_KIND)


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that was probably meant, or None where none is near enough to be offered."""
    wanted = fold(name)
    if not wanted:
        return None
    best, best_nearness = None, NEAR_ENOUGH
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for candidate in names:
        key = fold(candidate)
        if key == wanted:
            return candidate
        matcher.set_seq1(key)
        if matcher.real_quick_ratio() < best_nearness or matcher.quick_ratio() < best_nearness:
            continue
        nearness = matcher.ratio()
        if nearness > best_nearness or (best is None and nearness == best_nearness):
            best, best_nearness = candidate, nearness
    return best


def _plain(text: str) -> str:
    """Without what prints nothing, half-width, one kind of line breaks; the last because it is a written escape."""
    return ESCAPED_RETURN.sub("\n", UNSEEN.sub("", text).translate(FULL_WIDTH))


def _blank_or_nothing(blank: re.Match[str]) -> str:
    """One blank between two Latin words or figures, nothing beside a Han character or its punctuation."""
    text = blank.string
    return " " if text[blank.start() - 1].isascii() and text[blank.end()].isascii() else ""
