"""Text as it is compared and indexed: one pure tokenizer for both databases and for what residents type.

Chinese has no blanks between words, and segmenters miss what they do not know. Every two neighbouring Han characters
are a token instead; whoever types two characters or more is answered from these, without a dictionary. The last
character of a run is a token of its own, so that one character is found as the beginning of a token. Latin words and
figures stay whole.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(f"[{HAN}]+|[^{HAN} ]+")
IS_HAN = re.compile(f"[{HAN}]")
# What stands between words and means nothing for finding; an ideographic zero is a figure.
SEPARATOR = re.compile(r"[\W_]+")
BETWEEN_HAN = re.compile(f"(?<=[{HAN}]) +| +(?=[{HAN}])")


def _traditional() -> dict[int, str]:
    lines = (Path(__file__).parent / "traditional.txt").read_text(encoding="utf-8").splitlines()
    pairs = " ".join(line for line in lines if not line.startswith("#")).split()
    return {ord(pair[0]): pair[1] for pair in pairs}


SIMPLIFIED = _traditional()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """NFKC, lower case, Traditional folded to Simplified, one blank for whatever is neither letter nor figure."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = unicodedata.normalize("NFKC", folded).translate(SIMPLIFIED)
    return SEPARATOR.sub(" ", folded).strip()


def key(text: str) -> str:
    """What is compared exactly: `plain` without the blanks beside Han characters, where a resident types none."""
    return BETWEEN_HAN.sub("", plain(text))


def words(text: str) -> list[str]:
    """What a resident typed between blanks and punctuation, each word once, in their order."""
    return list(dict.fromkeys(plain(text).split()))


def grams(word: str) -> list[str]:
    """The pairs of neighbouring Han characters of a key, in order and each once."""
    found = (run[at : at + 2] for run in han_runs(word) for at in range(len(run) - 1))
    return list(dict.fromkeys(found))


def han_runs(text: str) -> list[str]:
    return [run for run in RUN.findall(text) if IS_HAN.match(run)]


def latin_words(text: str) -> list[str]:
    """Words of other scripts and figures, whole."""
    return [run for run in RUN.findall(text) if not IS_HAN.match(run)]


def tokens(texts: Iterable[str]) -> list[str]:
    """Everything by which these texts can be found, sorted."""
    found: set[str] = set()
    for text in texts:
        for run in RUN.findall(key(text)):
            if IS_HAN.match(run):
                found.update(run[at : at + 2] for at in range(len(run)))
            else:
                found.add(run)
    return sorted(found)
