"""Document numbers (文号): ``机关代字〔YYYY〕N号``, orders (``国务院令第649号``), ``公告2020年第5号``.

Form after 党政机关公文格式 GB/T 9704, 7.2.5: the year in 〔〕, Arabic figures, no 第, no leading 0.
"""

import re
from dataclasses import dataclass

from catalog.reading.values.numerals import NUMERAL, number
from catalog.reading.words import mend

OPENING, CLOSING = r"[(\[【〔［（〈﹝{]", r"[)\]】〕］）〉﹞}]"
YEAR = r"(?:19|20)\d{2}"
NUMBERED = re.compile(
    rf"(?P<agency>[㐀-鿿]{{1,16}})\s*{OPENING}\s*(?P<year>{YEAR})年?\s*{CLOSING}"
    r"\s*第?(?P<number>\d{1,5})(?P<part>[-—]\d{1,2})?\s*号"
)
ORDER = re.compile(
    rf"(?P<agency>[㐀-鿿]{{0,24}}?)(?P<form>令|公告|通告)(?:[(（]?(?P<year>{YEAR})年?[)）]?)?第(?P<number>{NUMERAL}{{1,6}})号"
    rf"|(?P<agency2>[㐀-鿿]{{0,24}}?)(?P<form2>公告|通告|令)"
    rf"[〔\[(（](?P<year2>{YEAR})[〕\])）]第?(?P<number2>\d{{1,5}})号"
)
# Words of the sentence around it, which a greedy look backwards would take for the agency.
LEADING = re.compile(
    r"^.*(?:依据|根据|按照|参照|遵照|执行|详见|参见|文号|公布|印发|发布|转发|即|见|由|附件|的通知|的意见|的决定|规定)"
)


@dataclass(frozen=True)
class FoundNumber:
    """A document number in running text, normalised, and where it stands in the mended text."""

    number: str
    start: int
    end: int


def document_number(text: str) -> str | None:
    """The document number, where the text is nothing else; kept with 〔〕."""
    plain = mend(text).strip("（）()：: ")
    found = find_document_numbers(plain) or find_document_numbers(mend(text))
    if len(found) != 1:
        return None
    rest = (plain[: found[0].start] + plain[found[0].end :]).strip("文号：:（）() 。；;")
    return found[0].number if not rest else None


def find_document_number(text: str) -> str | None:
    """The first document number in a line such as ``北政规〔2024〕2 号    2024年1月15日公布``."""
    found = find_document_numbers(text)
    return found[0].number if found else None


def find_document_numbers(text: str) -> list[FoundNumber]:
    """Every document number in running text, in order; places are those in `mend(text)`."""
    plain = mend(text)
    found = [_numbered(match) for match in NUMBERED.finditer(plain)]
    taken = [(one.start, one.end) for one in found]
    for match in ORDER.finditer(plain):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            found.append(_order(match))
    return sorted(found, key=lambda one: one.start)


def _numbered(match: re.Match[str]) -> FoundNumber:
    agency = LEADING.sub("", match["agency"]) or match["agency"]
    start = match.end("agency") - len(agency)
    written = f"{agency}〔{match['year']}〕{int(match['number'])}{match['part'] or ''}号"
    return FoundNumber(written.replace("—", "-"), start, match.end())


def _order(match: re.Match[str]) -> FoundNumber:
    agency = LEADING.sub("", match["agency"] or match["agency2"] or "")
    form, year = match["form"] or match["form2"], match["year"] or match["year2"]
    printed_number = match["number"] or match["number2"]
    start = match.start("form" if match["form"] else "form2") - len(agency)
    in_year = f"{year}年" if year else ""
    return FoundNumber(f"{agency}{form}{in_year}第{number(printed_number)}号", start, match.end())
