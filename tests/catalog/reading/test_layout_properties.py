"""What holds of any sheet, however odd."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from catalog.reading.grid import Merge, Sheet, Workbook
from catalog.reading.layout import lay_out
from tests.catalog.reading.kinds import DUTIES, ENTRUSTED, POWERS, SERVICES

TEXTS = st.sampled_from(
    [
        "序号", "事项名称", "主项", "子项", "主项名称", "职权类别", "权利类型", "实施依据", "备注",
        "委托期限", "起", "止", "部门", "名称",
        "一、民政（5项）", "（二）水务", "一、基本履职事项清单", "小计", "合计", "共53项", "注：说明",
        "2.其他", "填表人：某", "同上", "〃",
        "附件1", "北原县事项清单", "北政规〔2024〕2 号", "2024年1月1日公布", "对某行为的处罚", "行政处罚",
        "县民政局\n（5项）", "县水务局",
        "１２", "33.", "（一）", "十二", "—", "\u3000", "承接部门：县民政局\n工作方式：巡查", "说明书备案",
    ]
)  # fmt: skip
VALUES = st.one_of(
    st.none(),
    TEXTS,
    TEXTS,
    st.integers(0, 60),
    st.floats(0, 60),
    st.dates(),
    st.text(max_size=8),
    st.booleans(),
)
ROWS = st.lists(st.lists(VALUES, max_size=7).map(tuple), max_size=14).map(tuple)
HEADERS = st.sampled_from(
    [
        (("序号", "事项名称", "职权类别", "实施依据", "备注"),),
        (("序号", "部门", "事项名称", "委托期限", None, "备注"), (None, None, None, "起", "止", None)),
        (("序号", "主项名称", "子项名称", "类别"),),
        (),
    ]
)
KINDS = st.sampled_from([SERVICES, ENTRUSTED, DUTIES, POWERS])
# The first text of a run takes hypothesis seconds on a busy machine.
EVEN_WHERE_SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def merges(draw):
    top, left = draw(st.integers(0, 14)), draw(st.integers(0, 6))
    return Merge(top, left, top + draw(st.integers(0, 6)), left + draw(st.integers(0, 5)))


@st.composite
def sheets(draw):
    rows = draw(ROWS.map(lambda rows: rows[:2])) + draw(HEADERS) + draw(ROWS)
    return Sheet(
        draw(st.sampled_from(["Sheet1", "县水务局", "配合履职", "说明"])),
        rows,
        tuple(draw(st.lists(merges(), max_size=4))),
    )


def is_blank(row):
    return all(value is None or not str(value).strip() for value in row)


@settings(EVEN_WHERE_SLOW, max_examples=400)
@given(st.lists(sheets(), min_size=1, max_size=2), KINDS)
def test_every_row_with_text_is_an_item_or_ignored_for_a_reason(pages, columns):
    layout = lay_out(Workbook(tuple(pages)), columns, group_field="domain", part_field="list_part")
    for title in layout.sheets:
        pages_so_named = [sheet for sheet in pages if sheet.title == title]
        if len(pages_so_named) > 1:
            continue
        seen = [row.number for row in layout.rows if row.sheet == title]
        seen += [one.number for one in layout.ignored if one.sheet == title]
        wanted = {number for number, row in enumerate(pages_so_named[0].rows, 1) if not is_blank(row)}
        assert wanted <= set(seen)
        assert len(seen) == len(set(seen))


@settings(EVEN_WHERE_SLOW, max_examples=200)
@given(st.lists(sheets(), max_size=2), KINDS)
def test_filled_cells_take_their_text_from_the_cell_they_name(pages, columns):
    layout = lay_out(Workbook(tuple(pages)), columns)
    for row in layout.rows:
        for cell in row.cells.values():
            assert cell.filled_from is None or cell.text
            assert not cell.text or cell.address or cell.filled_from


@settings(EVEN_WHERE_SLOW)
@example([Sheet("Sheet1", (("委托期限",),))], {"委托期限": "name"})
@given(
    st.lists(sheets(), max_size=2),
    st.dictionaries(
        st.one_of(TEXTS, st.sampled_from("ABCZ")),
        st.sampled_from(["name", "seq", "nonsense", None]),
        max_size=3,
    ),
)
def test_no_mapping_makes_it_fail(pages, mapping):
    lay_out(Workbook(tuple(pages)), SERVICES, mapping=mapping)
