"""Legal basis cells taken apart: which law, which document, which article.

What is cited is kept word for word in `text`; what cannot be read is kept as text too and says so.
The form of an article in figures is our own: ``119`` article, ``11(2)`` paragraph (款), ``92[1]`` item (项),
``51(1)[2]`` both, ``33(1)[2].3`` point (目), ``133-1`` 第一百三十三条之一, ``20~22`` a range.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from catalog.reading.values.documents import find_document_numbers
from catalog.reading.values.numerals import NUMERAL, number
from catalog.reading.words import fold, mend, mend_lines

COUNTRY = "中华人民共和国"

TAG = r"(?:【[^】]{1,12}】|\[[^\]]{1,12}\]|［[^］]{1,12}］|〔(?!\d)[^〕]{1,12}〕)"
KIND_TAG = "法律|法规|规章|行政|地方|部门|规范性|文件|依据|政策|宪法|司法|其他"
NUMBERING = (
    rf"(?:[（(]{NUMERAL}{{1,3}}[）)]|[0-9０-９]{{1,2}}[.．、)）](?![0-9])"
    "|[一二三四五六七八九十]{1,3}[、.．]|[①-⑳⑴-⒇⒈-⒛])"
)
LEAD = re.compile(
    rf"\s*(?:{NUMBERING}\s*)?(?:(?P<tag>{TAG})\s*)?(?:{NUMBERING}\s*)?"
    r"(?:[^《》]{0,6}?(?:依据|根据|规定)?[:：]\s*|(?:依据|根据|按照|详见|见)(?=《))?"
)

NUMERALS = rf"{NUMERAL}{{1,8}}"
ITEM_NUMBER = rf"(?:[（(]\s*{NUMERALS}\s*[）)]|{NUMERALS})"
ARTICLE = rf"第\s*{NUMERALS}\s*条(?:\s*之\s*{NUMERAL}{{1,3}})?"
PARAGRAPH = rf"第\s*{NUMERALS}\s*款"
ITEM = rf"第?\s*{ITEM_NUMBER}\s*项"
POINT = rf"第?\s*{ITEM_NUMBER}\s*目"
# "第（一）、（二）项": numbers that share the word behind the last.
SHARED = rf"第?\s*{ITEM_NUMBER}(?:\s*[、，,和及至]\s*第?\s*{ITEM_NUMBER})+\s*[条款项目]"
PART = rf"(?:{ARTICLE}|{PARAGRAPH}|{SHARED}|{ITEM}|{POINT})"
ARTICLES = re.compile(rf"{PART}(?:\s*(?:[、，,和及与或]|以及|至|到|[-—~～])?\s*{PART})*")
UNIT = re.compile(
    rf"(?P<range>[至到—~～-])?\s*第?\s*[（(]?\s*(?P<number>{NUMERALS})\s*[）)]?\s*(?P<unit>[条款项目])?(?:\s*之\s*(?P<of>{NUMERAL}{{1,3}}))?"
)

LAW_WORDS = (
    "法|法典|条例|办法|规定|细则|决定|意见|通知|方案|规则|解释|标准|规范|纲要|规划|章程|公约|通则|制度"
    "|批复|目录"
)
BARE_TITLE = re.compile(
    rf"(?P<title>[㐀-鿿（）()、]{{1,60}}?(?:{LAW_WORDS})(?:[（(](?:试行|暂行|修订|修正)[）)])?)(?=\s*(?:第\s*{NUMERALS}\s*条|[（(〔]|$))"
)
# Standing alone a phrase that happens to end in 规定 or 意见 is no title.
NAMES_A_LAW = re.compile(
    rf"^(?:{COUNTRY}|国务院|关于)|^[^的]*(?:法|条例|细则|办法)(?:[（(][^（）()]*[)）])?$"
)
BRACKET = re.compile(r"\s*[（(〔\[【](?P<inside>(?:[^（(）)]|[（(][^（(）)]*[）)])*?)[）)\]】](?=[^号]|$)")
CHAPTER = re.compile(rf"\s*第\s*{NUMERALS}\s*[章节编]")

STRIPPED = "；;，,、。.\n\r\t 　"
BARE_NUMBER = r"[㐀-鿿]{1,12}[〔\[【（(［](?:19|20)\d\d[〕\]】）)］]\s*\d+\s*号"
JOINT = re.compile("(?:以及|和|及|与)(?=[《【])")
KIND = rf"【[^】]{{0,12}}(?:{KIND_TAG})[^】]{{0,12}}】|\[[^\]]{{0,12}}(?:{KIND_TAG})[^\]]{{0,12}}\]"
OPENING = re.compile(rf"(?:以及|和|及|与)?(?:{TAG}|{NUMBERING}|\s)*《|{KIND}")
# What `_begins_anew` asks of two characters, asked first: most places in a text begin nothing.
MAY_OPEN = re.compile(rf"[\n；;。、，,]|.[《【\[［〔（(①-⑳⑴-⒇⒈-⒛以和及与\s]|.{NUMERAL}", re.DOTALL)
NUMBER_AHEAD = re.compile(BARE_NUMBER)
LEAD_ONLY = re.compile(
    rf"(?:{TAG}|{NUMBERING}|{BARE_NUMBER}|[；;，,、。.\s:：]|以及|和|及|与|依据|根据|按照|法律)*"
)
CLOSED = re.compile(r"[》条款项目号）)】、，,\s]\s*$")
CITES = re.compile(rf"(?:{TAG}|{NUMBERING}|\s)*(?:《|{ARTICLE}|{BARE_NUMBER}|{COUNTRY}[㐀-鿿]+法)")
GOES_ON = re.compile(rf"\s*(?:{ARTICLE}|[（(][^（）()]*号\s*[）)])")


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation as printed: the law, the document that issued it, the article, and what else is said."""

    text: str
    law_title: str = ""
    document_number: str = ""
    article: str = ""
    articles: tuple[str, ...] = ()
    tag: str = ""
    body: str = ""
    is_parsed: bool = False

    @property
    def title_key(self) -> str:
        """What to look the law up by: folded, without the country's name."""
        return title_key(self.law_title)


def title_key(title: str) -> str:
    """A law's title for comparing: ``《中华人民共和国森林法》`` and ``森林法`` are the same law."""
    key = fold(title.strip("《》〈〉"))
    key = re.sub(r"\((?:\d{4}年?)?(?:修订|修正|修改)[^)]*\)$|\(\d{4}年?[^)]*\)$", "", key)
    return key.removeprefix(COUNTRY)


def read_citations(text: str) -> list[Citation]:
    """Every citation of a cell, in order; together they hold every character of it but the separators."""
    plain = mend_lines(text)
    citations: list[Citation] = []
    begins: list[int] = []
    for start, end in _pieces(plain):
        before = citations[-1] if citations else None
        if before and _goes_on(before, plain[start:end]):
            citations[-1] = _with_law_of(before, _read(plain[begins[-1] : end]))
            continue
        citation = _read(plain[start:end])
        if before and citation.article and not citation.law_title and not citation.document_number:
            # 《土地管理法》第五条；第六十二条第四款: the second speaks of the same law.
            law, document = before.law_title, before.document_number
            citation = replace(citation, law_title=law, document_number=document, is_parsed=before.is_parsed)
        citations.append(citation)
        begins.append(start)
    return citations


def _goes_on(before: Citation, piece: str) -> bool:
    """Whether a piece belongs to the citation before it: quoted wording, or an article on its own line."""
    if not before.is_parsed:
        return False
    if before.body:
        return not CITES.match(piece)
    return bool(before.law_title and not before.article and GOES_ON.match(piece))


def _with_law_of(before: Citation, citation: Citation) -> Citation:
    """A citation without a title keeps the law it took from the one before it."""
    if citation.law_title or citation.document_number:
        return citation
    return replace(citation, law_title=before.law_title, document_number=before.document_number)


@lru_cache(maxsize=4_096)
def normal_articles(printed: str) -> tuple[str, ...]:
    """Articles in figures: ``第十一条第二款、第十三条`` is ``("11(2)", "13")``."""
    found: list[str] = []
    base = {"条": "", "款": "", "项": "", "目": ""}
    units = list(UNIT.finditer(printed))
    for place, match in enumerate(units):
        unit = match["unit"] or next((later["unit"] for later in units[place:] if later["unit"]), None)
        read = number(match["number"])
        if unit is None or read is None:
            continue
        extends = bool(found) and "条款项目".index(unit) > _depth(base) and not match["range"]
        for level in "条款项目"["条款项目".index(unit) :]:
            base[level] = ""
        base[unit] = f"{read}-{number(match['of'])}" if match["of"] else str(read)
        written = _written(base)
        if match["range"] and found:
            found[-1] = f"{found[-1]}~{written}"
        elif extends:
            found[-1] = written
        else:
            found.append(written)
    return tuple(dict.fromkeys(found))


def _depth(base: dict[str, str]) -> int:
    return max((level for level, unit in enumerate("条款项目") if base[unit]), default=-1)


def _written(base: dict[str, str]) -> str:
    return (
        base["条"]
        + (f"({base['款']})" if base["款"] else "")
        + (f"[{base['项']}]" if base["项"] else "")
        + (f".{base['目']}" if base["目"] else "")
    )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each citation, or line of unknown kind, begins and ends."""
    start = 0
    for place in [*_cuts(text), len(text)]:
        begin, end = start, place
        while begin < end and text[begin] in STRIPPED:
            begin += 1
        joint = JOINT.match(text, begin, end)
        begin = joint.end() if joint else begin
        while end > begin and text[end - 1] in STRIPPED:
            end -= 1
        if end > begin:
            yield begin, end
        start = place


def _cuts(text: str) -> Iterator[int]:
    titles = brackets = last = 0
    for place, character in enumerate(text):
        may_begin = titles == 0 and brackets == 0 and place
        if may_begin and MAY_OPEN.match(text, place - 1) and _begins_anew(text, place, last):
            yield place
            last = place
        if character in "《〈":
            titles += 1
        elif character in "》〉":
            titles = max(0, titles - 1)
        elif titles == 0 and character in "（(":
            brackets += 1
        elif titles == 0 and character in "）)\n":
            # A bracket left open ends with its line.
            brackets = max(0, brackets - 1) if character != "\n" else 0


def _begins_anew(text: str, place: int, last: int) -> bool:
    """Whether a new citation, or a new line of unknown kind, begins here."""
    if text[place - 1] in "\n；;。":
        return True
    if text[place - 1] in "、，," and NUMBER_AHEAD.match(text, place):
        return True
    opening = OPENING.match(text, place)
    if not opening or LEAD_ONLY.fullmatch(text, last, place):
        return False
    # 依照《…》 in the quoted wording of a provision is no citation of its own.
    return bool(CLOSED.search(text, max(last, place - 3), place))


@lru_cache(maxsize=4_096)
def _read(piece: str) -> Citation:
    lead = LEAD.match(piece)
    start = lead.end() if lead else 0
    tag = (lead["tag"] or "").strip("【】[]［］〔〕") if lead else ""
    title, after = _title(piece, start)
    numbers, after = _document(piece, start if not title else after, has_title=bool(title))
    if not title and numbers and piece[after : after + 1] == "《":
        title, after = _title(piece, after)
    after = _past_brackets(piece, after)
    chapter = CHAPTER.match(piece, after)
    articles = ARTICLES.match(piece, chapter.end() if chapter else after)
    article = mend(articles[0]) if articles else ""
    end = articles.end() if articles else after
    is_parsed = bool(title or numbers or article)
    return Citation(
        text=piece,
        law_title=title.replace("\n", ""),
        document_number=numbers,
        article=article,
        articles=normal_articles(article),
        tag=tag,
        body=piece[end:].strip("：:，,、。；; \n") if is_parsed else "",
        is_parsed=is_parsed,
    )


def _title(piece: str, start: int) -> tuple[str, int]:
    """The title in 《》 (or a bare one) at `start`, without its brackets, and where it ends."""
    if piece[start : start + 1] in ("《", "〈"):
        depth = 0
        for place in range(start, len(piece)):
            depth += (piece[place] in "《〈") - (piece[place] in "》〉")
            if depth == 0:
                return piece[start + 1 : place], place + 1
        return "", start
    bare = BARE_TITLE.match(piece, start)
    if not bare or (bare.end() == len(piece) and not NAMES_A_LAW.search(bare["title"])):
        return "", start
    return bare["title"], bare.end()


def _document(piece: str, start: int, *, has_title: bool) -> tuple[str, int]:
    """The document number at `start`: in brackets behind a title, or bare."""
    bracket = BRACKET.match(piece, start)
    if has_title and bracket:
        inside = find_document_numbers(bracket["inside"])
        return (inside[0].number, bracket.end()) if inside else _document_after(piece, bracket.end(), start)
    return _document_after(piece, start, start)


def _document_after(piece: str, start: int, otherwise: int) -> tuple[str, int]:
    rest = piece[start:]
    mended = mend(rest)
    found = find_document_numbers(rest)
    if not found or mended[: found[0].start].strip("，,、 （("):
        return "", otherwise
    # Places are those of the mended text: walk the printed one until as many characters have passed.
    wanted = len("".join(mended[: found[0].end].split()))
    passed, place = 0, start
    while passed < wanted and place < len(piece):
        passed += not piece[place].isspace()
        place += 1
    return found[0].number, place


def _past_brackets(piece: str, start: int) -> int:
    """Behind notes such as （2019年修正） or （2025年7月印发） and a bracket left open."""
    place = start
    while bracket := BRACKET.match(piece, place):
        place = bracket.end()
    return place + len(piece[place:]) - len(piece[place:].lstrip(" \n，,）)"))
