"""Random bytes in and around valid files: each ends in rows or in a refusal that has a sentence, never otherwise."""

import io
import os
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.reading.grid import UnreadableWorkbook
from catalog.reading.layout import lay_out
from catalog.reading.workbook import read_workbook
from catalog.sentences import SENTENCES
from tests.catalog.reading.kinds import SERVICES
from tests.catalog.reading.packages import zipped
from tests.catalog.reading.test_workbook import WORKBOOKS

# Each example is a process; FUZZ_EXAMPLES=5000 looks for a night.
patiently = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "20")),
    deadline=None,
    derandomize="FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TEXT = '﻿序号,事项名称,责任单位\n1,低保申请,公共服务中心\n2,"甲\n乙",同上\n'
WHOLE = [
    (WORKBOOKS / "service_items.xlsx").read_bytes(),
    (WORKBOOKS / "register_97.xls").read_bytes(),
    TEXT.encode(),
    TEXT[1:].encode("gb18030"),
]
PARTS = {
    name: zipfile.ZipFile(io.BytesIO(WHOLE[0])).read(name)
    for name in zipfile.ZipFile(io.BytesIO(WHOLE[0])).namelist()
}

HEADS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"]

# Where, as a share of the file; how many bytes go; what comes in their place.
changes = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=40)), min_size=1, max_size=4
)
# What means something inside the parts of a workbook.
words = st.sampled_from(
    [b"<row/>", b'r="ZZZ9"', b"<c><v>", b"</sheetData>", b'"-1"', b"&#0;", b"<![CDATA[", b"\xff\xfe", b""]
) | st.binary(max_size=20)


def changed(content: bytes, found) -> bytes:
    for share, gone, come in found:
        place = int(share * len(content))
        content = content[:place] + come + content[place + gone :]
    return content


def ends_well(content: bytes) -> None:
    read, refused = None, None
    try:
        read = read_workbook(content, "清单")
    except UnreadableWorkbook as refusal:
        refused = refusal.message
    if read is None:
        assert str(SENTENCES[refused.code]) % refused.values
        return
    layout = lay_out(read, SERVICES)
    assert layout.rows or layout.messages


@patiently
@given(st.sampled_from(WHOLE), changes)
def test_bytes_changed_anywhere_in_a_file(content, found):
    ends_well(changed(content, found))


@patiently
@given(
    st.sampled_from(sorted(PARTS)), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 9), words), max_size=3)
)
def test_bytes_changed_inside_a_part_of_a_workbook(name, found):
    ends_well(zipped(PARTS | {name: changed(PARTS[name], found)}))


@patiently
@given(
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"]),
    st.binary(max_size=600),
)
def test_bytes_of_nothing(head, content):
    ends_well(head + content)
