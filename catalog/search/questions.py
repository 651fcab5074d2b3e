"""What a resident means: words without the question around them, and the other words lists have for them.

Pure: knows no Django and no database.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from . import tokens


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return " ".join(line for line in lines if not line.startswith("#")).split()


QUESTION = re.compile("|".join(sorted(set(_lines("asking.txt")), key=lambda asked: (-len(asked), asked))))
# At the edge of what is asked for these are what one does with it.
DOING = re.compile(
    "^(?:办理|办个|补办|办|申请|申领|领取|领|开|交|缴|报|补|弄|查|拿)+|(?:办理|补办|申请|申领|领取|办|领|交|缴)+$"
)
# Words most titles share; they tell little.
WEAK = frozenset(_lines("weak.txt"))
MOST_WORDS = 8
MOST_WAYS = 24
SHORTEST_MISSPELT = 4
SHORTEST_BEGUN = 4  # letters of a pinyin that has only been begun
TENS = {"二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TEN = re.compile("([二三四五六七八九])十[一二三四五六七八九]?")
AGE = re.compile("([6-9])[0-9](?:多|来|几)?周?岁?")


@dataclass(frozen=True)
class Synonym:
    """A popular word, the words of lists for it, and how it is spelt in Latin letters; all as keys."""

    popular: str
    official: tuple[str, ...]
    spelt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """One thing that is meant, as it was typed and as lists may say it."""

    asked: str
    others: tuple[str, ...] = ()

    @property
    def is_weak(self) -> bool:
        return self.asked in WEAK

    @property
    def is_misspellable(self) -> bool:
        """Whether one wrong character still leaves enough to know the word by."""
        return len(self.asked) >= SHORTEST_MISSPELT and tokens.han_runs(self.asked) == [self.asked]


class Vocabulary:
    """The synonyms as they are looked up; made once and used for many questions."""

    def __init__(self, synonyms: Iterable[Synonym] = ()):
        self.populars: list[str] = []
        self.meanings: dict[str, list[str]] = {}
        self.spellings: dict[str, list[str]] = {}
        for synonym in synonyms:
            self.populars.append(synonym.popular)
            self.meanings.setdefault(synonym.popular, []).extend(synonym.official)
            for official in synonym.official:
                self.meanings.setdefault(official, []).append(synonym.popular)
            for spelling in synonym.spelt:
                self.spellings.setdefault(spelling, []).extend([synonym.popular, *synonym.official])

    def spelt_so(self, word: str) -> list[str]:
        """What a word in Latin letters may be: the pinyin of popular words, their initials, or a pinyin begun."""
        if word in self.spellings or len(word) < SHORTEST_BEGUN:
            return self.spellings.get(word, [])
        begun = (meant for spelling, meant in self.spellings.items() if spelling.startswith(word))
        return [one for meant in begun for one in meant]


# Several words, each with the ways to say it; the first way is the one that was typed.
Ways = list[list[str]]


def typed_words(text: str) -> list[str]:
    return tokens.words(text)[:MOST_WORDS]


def round_age(word: str) -> str:
    """An age of sixty and more in full tens, as people and lists count them: 85岁了 and 八十多 are 80岁."""
    figures = TEN.sub(lambda number: f"{TENS[number[1]]}0", word)
    return AGE.sub(lambda age: f"{age[1]}0岁", figures) if figures != word or "岁" in word else word


def core_words(words: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """The words without the question around them: 办残疾证要带什么 asks for 残疾证.

    A popular word stays whole, also where it looks like asking (去世).
    """
    cores = []
    for word in map(round_age, words):
        for piece in _unasked(word, [popular for popular in vocabulary.populars if popular in word]):
            bare = piece if piece in WEAK else DOING.sub("", piece)
            cores.append(bare if len(bare) > 1 else piece)
    return list(dict.fromkeys(core for core in cores if len(core) > 1 or not tokens.han_runs(core)))[
        :MOST_WORDS
    ]


def _unasked(word: str, kept: Sequence[str]) -> list[str]:
    """What is left of a word between the pieces that only ask."""
    left, at = "", 0
    while at < len(word):
        known = max((one for one in kept if word.startswith(one, at)), key=len, default="")
        asked = QUESTION.match(word, at)
        if known and (not asked or len(known) >= len(asked[0])):
            left, at = left + known, at + len(known)
        elif asked:
            left, at = left + " ", asked.end()
        else:
            left, at = left + word[at], at + 1
    return left.split()


def ways_to_say(words: Sequence[str], vocabulary: Vocabulary) -> Ways:
    """Each word with what else it may be called, whole or in a part of it."""
    return [_ways(word, vocabulary) for word in words]


def _ways(word: str, vocabulary: Vocabulary) -> list[str]:
    if not tokens.han_runs(word):
        return list(dict.fromkeys([word, *vocabulary.spelt_so(word)]))[:MOST_WAYS]
    ways = [word]
    for said, meant in vocabulary.meanings.items():
        if said in word:
            # A word that already says what is meant gains nothing.
            ways += [word.replace(said, other) for other in meant if other not in word]
    return list(dict.fromkeys(ways))[:MOST_WAYS]


def concepts(words: Sequence[str], vocabulary: Vocabulary) -> list[Concept]:
    """The words cut into what is meant: known words first, the longest of them, then what stands between."""
    found: dict[str, Concept] = {}
    for word in words:
        for piece in _pieces(word, vocabulary.meanings):
            meant = vocabulary.meanings.get(piece) or vocabulary.spelt_so(piece)
            others = dict.fromkeys(other for other in meant if other != piece)
            found.setdefault(piece, Concept(piece, tuple(others)))
    return list(found.values())


def _pieces(word: str, known: dict[str, list[str]]) -> list[str]:
    if word in known:
        return [word]
    inside = [said for said in known if len(said) > 1 and said in word and tokens.han_runs(said)]
    if inside:
        longest = max(inside, key=lambda said: (len(said), said))
        before, _said, after = word.partition(longest)
        return [*_pieces(before, known), longest, *_pieces(after, known)]
    runs = [piece for run in tokens.RUN.findall(word) for piece in [run.strip()] if piece]
    return [run for run in runs if len(run) > 1 or not tokens.han_runs(run)]
