"""Cells that hold names: several townships or departments, a department with its second nameplate."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from catalog.reading.values.numerals import NUMERAL, number
from catalog.reading.words import mend, mend_lines

OPENING, CLOSING = "（(〔[【", "）)〕]】"
# "1." "（2）" "③" "四、" before a name; a bare figure only where a point or bracket makes it a number.
NUMBERING = re.compile(
    rf"^\s*(?:[（(]{NUMERAL}{{1,3}}[）)]|{NUMERAL}{{1,3}}[.．、)）:：]|[①-⑳⑴-⒇⒈-⒛])\s*(?![0-9])"
)
NUMBERING_INSIDE = re.compile(
    rf"(?:[（(]{NUMERAL}{{1,2}}[）)]|(?<![0-9])[0-9]{{1,2}}[.．)）](?![0-9])|[①-⑳⑴-⒇⒈-⒛])"
)
# A line that ends so is a name by itself; any other line is a name broken by a narrow cell.
ENDS_A_NAME = re.compile(
    "(?:局|委|委员会|办|办公室|部|院|会|中心|站|所|队|大队|支队|镇|(?<!城)乡|街道|办事处|苏木|政府|村|社区|公司|处|科|室|馆|厅|行|社|团委|妇联|"
    r"工会|总工会|联合会|工商联|残联|文联|科协|学校|银行|农场|林场|开发区|管委会)[）)]?$|[）)]$"
)
COUNT = re.compile(rf"^(?:共|计|合计)?\s*({NUMERAL}+)\s*个?(?:小|子)?(?:事项|项|条|件|个)$")
COUNT_ENDS = tuple("）)】]项条件")
ROLES = ("牵头单位", "配合单位", "责任单位", "牵头", "主办", "协办", "配合", "主管")
LABELLED_ROLE = re.compile(
    "(牵头|配合|责任|主责|主管|主办|协办|参与|对应)(?:的)?(?:上级)?(?:部门|单位)?[:：]"
)
BRACKETED = re.compile(r"[（(]([^（()）]*)[）)]")
# （县人防办） on a line of its own belongs to the name above it.
SECOND_NAMEPLATE = re.compile(rf"[（(](?!{NUMERAL}+[）)])[^（()）]+[）)]")

# 青 山 乡, 县 民政局: no name has one character, so the blanks beside one are padding.
ONE_BY_ONE = re.compile("(?<![㐀-鿿])[㐀-鿿](?: [㐀-鿿](?![㐀-鿿]))+")
BESIDE_ONE = re.compile("(?<![㐀-鿿])(?P<one>[㐀-鿿]) (?=[㐀-鿿])|(?<=[㐀-鿿]) (?=[㐀-鿿](?![㐀-鿿]))")


@dataclass(frozen=True)
class DepartmentName:
    """A department as a list prints it: ``县住房和城乡建设局（县人防办）``, ``县自然资源局（5项）``."""

    name: str
    second_names: tuple[str, ...] = field(default=())
    count: int | None = None
    role: str = ""


def read_department(text: str) -> DepartmentName:
    """Name, second nameplates, the number of items it claims, and its role where one is printed."""
    second_names: list[str] = []
    count, role = None, ""
    plain = mend(text)
    for bracket in BRACKETED.findall(plain):
        claimed = COUNT.match(bracket)
        if claimed:
            count = number(claimed[1])
        elif bracket in ROLES:
            role = bracket
        elif bracket:
            second_names += [
                part.removeprefix("挂").removesuffix("牌子") for part in re.split("[、，,；;/]", bracket)
            ]
    labelled = LABELLED_ROLE.match(plain)
    if labelled:
        role, plain = labelled[1], plain[labelled.end() :]
    name = BRACKETED.sub("", plain).strip("：:、，,；;。 ")
    if not name:
        return DepartmentName(plain)
    return DepartmentName(name, tuple(second for second in second_names if second), count, role)


def read_departments(text: str) -> list[DepartmentName]:
    """Every department of a cell."""
    return [read_department(name) for name in split_names(text)]


def department_names(text: str) -> list[str]:
    """The bare name of every department of a cell, each once."""
    return list(settled(_department_names, text))


def _department_names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(department.name for department in read_departments(text)))


def split_names(text: str) -> list[str]:
    """The names of a cell, in order, without numbering; brackets and names broken over lines stay whole."""
    return list(settled(_names, text))


@lru_cache(maxsize=16_384)
def settled(names_in: Callable[[str], tuple[str, ...]], text: str) -> tuple[str, ...]:
    """The names as they are read again after having been joined by 、: a name under a name comes out at once."""
    names, before = names_in(text), None
    while names != before:
        names, before = names_in("、".join(names)), names
    return names


def _names(text: str) -> tuple[str, ...]:
    names: list[str] = []
    for piece in _pieces(_whole_lines(_without_padding(mend_lines(text)))):
        name = mend(NUMBERING.sub("", piece)).strip("：:。. ")
        if name and name not in names:
            names.append(name)
    return tuple(names)


def split_count(text: str) -> tuple[str, int | None]:
    """A heading and the count printed behind it: ``民政（5项）`` is 民政 and 5."""
    plain = mend(text)
    if plain[-1:] not in COUNT_ENDS:
        return plain, None
    match = re.search(
        rf"[（(\[【]?(?:共|计)?\s*({NUMERAL}+)\s*个?(?:小|子)?(?:事项|项|条|件)[）)\]】]?$", plain
    ) or re.search(rf"[（(]\s*({NUMERAL}+)\s*[个家][）)]$", plain)
    if not match or not match[0].startswith(tuple("（([【共计")):
        return plain, None
    return plain[: match.start()].rstrip("：:，, "), number(match[1])


def _without_padding(text: str) -> str:
    if " " not in text:
        return text
    return BESIDE_ONE.sub(r"\g<one>", ONE_BY_ONE.sub(lambda name: name[0].replace(" ", ""), text))


def _whole_lines(text: str) -> str:
    lines: list[str] = []
    printed = text.split("\n")
    if len(printed) > 2 and max(map(len, printed)) <= 2 and min(map(len, printed)) == 1:
        # A name written from the top down, in a narrow merged cell.
        return "".join(printed)
    for line in printed:
        starts_anew = (
            not lines
            or NUMBERING.match(line)
            or ENDS_A_NAME.search(lines[-1])
            or lines[-1][-1:] in "；;、，,"
        ) and not (lines and SECOND_NAMEPLATE.fullmatch(line))
        if starts_anew:
            lines.append(line)
        else:
            lines[-1] += line
    return "\n".join(lines)


def _pieces(text: str) -> list[str]:
    """Cut at separators outside brackets, and before numbering."""
    pieces, depth, piece = [], 0, ""
    for place, character in enumerate(text):
        numbered = NUMBERING_INSIDE.match(text, place) if depth == 0 else None
        if numbered and piece.strip():
            pieces.append(piece)
            piece = ""
        depth = max(0, depth + (character in OPENING) - (character in CLOSING))
        separates = depth == 0 and character in "、，,；;\n/ 。"
        if separates and not NUMBERING.fullmatch(piece + character):
            pieces.append(piece)
            piece = ""
        else:
            piece += character
    return [*pieces, piece]
