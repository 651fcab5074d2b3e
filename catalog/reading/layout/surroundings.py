"""What stands above and below a table: title, document number, days, notes."""

import re
from dataclasses import dataclass, field

from catalog.reading.layout.headings import BRACKETS, Headings
from catalog.reading.layout.rowwords import is_part
from catalog.reading.layout.shapes import FoundDay, Ignored, Reason
from catalog.reading.layout.view import View, as_printed
from catalog.reading.layout.wording import (
    ATTACHED,
    ATTACHMENT,
    BRACKETED_COUNT,
    COUNT_LINE,
    EDITION,
    NOTE,
    SIGNATURE,
    TITLE_WORD,
    GroupHeading,
    day_meaning,
    read_group,
)
from catalog.reading.values import find_days, find_document_numbers
from catalog.reading.words import mend

# 北原县人民政府文件 in red stands over the paper, not over the list.
RED_HEAD = re.compile("(?:文件|人民政府|办公室|委员会|局)(?:[(（][^()（）]*[)）])?$")
LONGEST_TITLE = 60
# 2025年版 alone in a corner is no title.
LONE_EDITION = re.compile("[(（]?[0-9]{4}年?(?:版|本|度)?[)）]?")
LABELLED = re.compile("(?P<label>[^：:]{2,12})[：:] ?(?P<text>[^：:]{2,40})")


@dataclass
class Surroundings:
    """The lines above a header, told apart."""

    may_group: bool = False
    is_annex: bool = False
    title: str = ""
    title_row: int = -1
    part: GroupHeading | None = None
    group: GroupHeading | None = None
    ignored: list[Ignored] = field(default_factory=list)
    counts: list[tuple[int, int]] = field(default_factory=list)


def read_above(view: View, first: int, last: int, *, is_top: bool) -> Surroundings:
    """The rows from `first` up to (not including) the header row `last`."""
    found = Surroundings(may_group=not is_top)
    for row in range(first, last):
        own = view.own(row)
        reason = _reason(view, row, own, found) if own else "blank"
        if reason in ("declared_count", "part", "group") and own:
            found.counts.append((row, own[0][0]))
        found.ignored.append(Ignored(view.title, row + 1, reason, view.line(row)))
    return found


def _reason(view: View, row: int, own: list[tuple[int, str]], found: Surroundings) -> Reason:
    column, text = own[0]
    if ATTACHMENT.match(text):
        # What stood above is the notice that brings the list.
        found.is_annex = bool(found.title)
        return "attachment"
    if BRACKETED_COUNT.fullmatch(text) or COUNT_LINE.match(text):
        return "declared_count"
    heading = read_group(as_printed(view.value(row, column)))
    is_alone = len({said for _, said in own}) == 1
    if is_alone and is_part(heading) and (heading.rank or found.title or found.may_group):
        found.part = heading
        is_below = row == found.title_row + 1 and not TITLE_WORD.search(found.title)
        if heading.rank or not found.title or not is_below:
            return "part"
        # 榆树镇 / 基本履职事项清单: a title over two rows.
        found.title, found.title_row = found.title + text, row
        return "title"
    is_group = heading.rank in (1, 2) and (found.title or found.may_group or heading.claimed is not None)
    if is_alone and is_group and len(heading.name) <= 40 and not NOTE.match(text):
        found.group = heading
        return "group"
    if find_document_numbers(text) and not TITLE_WORD.search(text):
        return "document_number"
    if NOTE.match(text) or (len(text) > 80 and is_alone):
        return "note"
    if SIGNATURE.match(text) or all(find_days(said) or SIGNATURE.match(said) for _, said in own):
        return "date" if find_days(text) else "preface"
    return _title_or_preface(text, row, found)


def _title_or_preface(text: str, row: int, found: Surroundings) -> Reason:
    text = ATTACHED.sub("", text)
    if found.is_annex and TITLE_WORD.search(text) and len(text) <= LONGEST_TITLE:
        found.title, found.title_row, found.is_annex = text, row, False
        return "title"
    if not found.title and LONE_EDITION.fullmatch(text):
        return "preface"
    if not found.title:
        found.title, found.title_row = text, row
        return "title"
    # A title over two rows: 北原县乡镇 / 公共服务事项目录清单 / （2025年版）.
    is_second_half = TITLE_WORD.search(text) and not TITLE_WORD.search(found.title)
    if row == found.title_row + 1 and (EDITION.match(text) or is_second_half):
        # What stands over the paper says whose it is once more.
        is_head = found.title.endswith("文件") or (
            RED_HEAD.search(found.title) and text[:2] == found.title[:2]
        )
        before = "" if is_head else found.title
        found.title, found.title_row = before + text, row
        return "title"
    if RED_HEAD.search(found.title) and TITLE_WORD.search(text) and len(text) <= LONGEST_TITLE:
        found.title, found.title_row = text, row
        return "title"
    return "preface"


def said_above(view: View, rows: range, headings: Headings) -> dict[str, str]:
    """What lines such as 委托机关：县水务局 say of every row below them, by field."""
    found: dict[str, str] = {}
    for row in rows:
        for _, text in view.own(row):
            said = LABELLED.fullmatch(text)
            if said is None:
                continue
            for candidate in headings.candidates(said["label"]):
                declared = headings.columns[candidate.field]
                is_told = declared.takes_sheet_title or declared.takes_township
                if is_told and candidate.quality <= BRACKETS:
                    found.setdefault(candidate.field, said["text"])
    return found


def days_in(view: View, rows: range | list[int]) -> list[FoundDay]:
    """Every day named in these rows, with what it seems to be the day of."""
    found = []
    for row in rows:
        for column, text in view.own(row):
            for day, start, end in find_days(text):
                found.append(
                    FoundDay(day_meaning(text, start, end), day, text, view.title, view.address(row, column))
                )
    return found


def document_number_in(view: View, rows: range | list[int]) -> str:
    """The list's own document number: a line that is little else, not one cited in a sentence."""
    for row in rows:
        for _, text in view.own(row):
            plain = re.sub(r"[《》（）()【】]", "", mend(text))
            for number in find_document_numbers(text):
                rest = len(plain) - (number.end - number.start)
                behind_title = mend(text)[number.end :] in ("）", ")", "】", "]")
                if (rest <= 24 or behind_title) and not re.search("依据|根据|按照", text):
                    return number.number
    return ""
