"""Which field a printed heading means: by its words, not by its letters."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.reading.layout.shapes import Column
from catalog.reading.words import fold

EXACT, BRACKETS, CONTAINED, NEAR, MEANT = range(5)

BRACKETED = re.compile(r"\([^()]*\)")
# 序号 No., 事项名称（Item）.
TRANSLATION = re.compile("(?<=[\u3400-\u9fff])[/(]?[a-z][a-z.,'/&-]*[)]?$")
ORNAMENT = re.compile(r"^[*★※#]+|[*★※#:：]+$")
LETTERS = re.compile(r"[A-Za-z]{1,3}")
# A character of these makes another word of a heading: 受委托单位 is not 委托单位, 子项 not 主项, 起 not 止.
TELLING = frozenset("主子受原上下起止始终县乡镇村市省级内外前后新旧正副无未不非大小期间分一二三四")
OTHER_BODY = re.compile(
    "(?:托|承?接|下放|[赋放授]权|派驻?|派出|收回|移交|购买|[现原]|共同|协同|配合|联合|协助|参与)$"
)
BODY = re.compile("(?:部门|单位|机构|主体|机关)$")
LONGEST_HEADING = 40
LONGEST_MEANT = 16
LONG_ENOUGH = 6
# 责任事项内容 is 责任事项: endings that leave a heading what it is.
SAYS_NO_MORE = ("内容", "情况", "说明", "名称", "要点")


# Characters of headings as lists in traditional characters, and some input methods, write them.
SIMPLIFIED = str.maketrans(
    "編號類別項稱務質權責職實體關機構單門辦處對時條標準據備註説說領級區縣鄉鎮執設種額選費訊請報運畫範圍監舉電話",
    "编号类别项称务质权责职实体关机构单门办处对时条标准据备注说说领级区县乡镇执设种额选费讯请报运画范围监举电话",
)


@dataclass(frozen=True)
class Candidate:
    """A field a heading may stand for, and how surely: less is surer."""

    field: str
    quality: int
    place: int


class Headings:
    """The headings a kind knows, and what a clerk said about this file's headings."""

    def __init__(self, columns: Sequence[Column], mapping: Mapping[str, str | None] | None = None):
        self.columns = {column.field: column for column in columns}
        self._of_role = {column.role: column.field for column in reversed(columns)}
        self._known: dict[str, list[Candidate]] = {}
        for column in columns:
            for place, heading in enumerate(column.headings):
                known = self._known.setdefault(fold(heading), [])
                if all(candidate.field != column.field for candidate in known):
                    known.append(Candidate(column.field, EXACT, place))
        # What only this kind has is declared last, and knows better than what all kinds share.
        self._meanings = [
            (re.compile(column.meaning), Candidate(column.field, MEANT, place))
            for place, column in enumerate(reversed(columns))
            if column.meaning
        ]
        said = {key: name for key, name in (mapping or {}).items() if not name or name in self.columns}
        self.by_heading = {fold(key): name for key, name in said.items()}
        self.by_letter = {key.upper(): name for key, name in said.items() if LETTERS.fullmatch(key)}
        # Blanks and brackets may make a printed heading somewhat longer than the known one.
        self._longest = 2 + max((len(key) for key in (*self._known, *self.by_heading)), default=0)
        self._asked: dict[str, list[Candidate]] = {}

    def field_of_role(self, role: str) -> str | None:
        """The field that plays a role in this kind."""
        return self._of_role.get(role)

    def knows(self, text: str) -> bool:
        """Whether the text is, letter for letter, a heading of this kind."""
        return len(text) <= self._longest and (fold(text) in self._known or fold(text) in self.by_heading)

    def candidates(self, text: str) -> list[Candidate]:
        """The fields a printed heading may stand for, surest first."""
        if not text or not is_heading_long(text):
            return []
        if text not in self._asked:
            self._asked[text] = self._find(ORNAMENT.sub("", fold(text)))
        return self._asked[text]

    def _find(self, key: str) -> list[Candidate]:
        if not key:
            return []
        if key in self._known:
            return self._known[key]
        for variant in (re.sub("[()]", "", key), BRACKETED.sub("", key), TRANSLATION.sub("", key)):
            if variant in self._known:
                return [Candidate(known.field, BRACKETS, known.place) for known in self._known[variant]]
        bare = (BRACKETED.sub("", key) or key).translate(SIMPLIFIED)
        if bare in self._known:
            return [Candidate(known.field, NEAR, known.place) for known in self._known[bare]]
        near = self._near(bare)
        contained = self._containing(bare)
        # 承接部门及工作万式 is a slip of the whole, and only its first half is 承接部门.
        is_whole = any(bare.removesuffix(ending) in self._known for ending in SAYS_NO_MORE)
        if contained and (is_whole or not near or len(bare) < LONG_ENOUGH):
            return contained
        meant = self._meant(bare) or self._meant(re.sub("[()]", "", key))
        # 受理单位 is built of words that are right, and no slip of 受托单位.
        is_built = bool(BODY.search(bare)) and not {one.field for one in near} & {one.field for one in meant}
        if near and not (meant and is_built):
            return near
        return meant or self._near(bare, is_telling_lost=True)

    def _containing(self, key: str) -> list[Candidate]:
        """公共服务事项名称 ends with 事项名称, 设定依据及条款 begins with 设定依据: the longest such."""
        best: tuple[tuple[int, bool], list[Candidate]] = ((3, True), [])
        for known, candidates in self._known.items():
            if len(known) < best[0][0] or len(known) >= len(key):
                continue
            before, after = key.removesuffix(known), key.removeprefix(known)
            ends = before != key and before[-1] not in TELLING
            # 受委托实施机关 is another body than 实施机关.
            ends = ends and not (OTHER_BODY.search(before) and BODY.search(known))
            begins = after != key and (after[0] in "及和与或/、(," or after in SAYS_NO_MORE)
            if (ends or begins) and (len(known), begins) > best[0]:
                best = ((len(known), begins), candidates)
        return [Candidate(found.field, CONTAINED, found.place) for found in best[1]]

    def _near(self, key: str, *, is_telling_lost: bool = False) -> list[Candidate]:
        found = [
            Candidate(candidate.field, NEAR, candidate.place)
            for known, candidates in self._known.items()
            if is_one_slip_away(key, known, is_telling_lost=is_telling_lost)
            for candidate in candidates
        ]
        return sorted({one.field: one for one in reversed(found)}.values(), key=lambda one: one.place)

    def _meant(self, key: str) -> list[Candidate]:
        """乡镇具体承办机构 and 惠民事项: told by how such headings are built."""
        if len(key) > LONGEST_MEANT:
            return []
        return [candidate for meaning, candidate in self._meanings if meaning.search(key)]


def is_heading_long(text: str) -> bool:
    """Short enough for a heading, instructions in brackets not counted."""
    return len(text) <= LONGEST_HEADING or (len(text) <= 400 and len(BRACKETED.sub("", fold(text))) <= 20)


def is_one_slip_away(written: str, meant: str, *, is_telling_lost: bool = False) -> bool:
    """One character wrong, missing, too many, or two exchanged, in a heading of four characters or more.

    A telling character is no slip of another one; with `is_telling_lost` one may have become a character that
    says nothing (实施丰体).
    """
    if min(len(written), len(meant)) < 4 - (abs(len(written) - len(meant)) == 1) or written == meant:
        return False
    if len(meant) == 3 and written.startswith(meant):
        # 委托方式 is no slip of 委托方.
        return False
    start = 0
    while start < min(len(written), len(meant)) and written[start] == meant[start]:
        start += 1
    rest, wanted = written[start:], meant[start:]
    if len(written) == len(meant):
        swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
        changed = {rest[0]} if is_telling_lost else {rest[0], wanted[0]}
        return swapped or (rest[1:] == wanted[1:] and not changed & TELLING)
    longer, shorter = (rest, wanted) if len(rest) > len(wanted) else (wanted, rest)
    return len(longer) == len(shorter) + 1 and longer[1:] == shorter and longer[0] not in TELLING
