"""Clean tables laid out in the ways counties do, and read back as they were."""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.reading.grid import Merge, Sheet, Workbook
from catalog.reading.layout import lay_out
from tests.catalog.reading.kinds import DELEGATED, SERVICES

SUBJECTS = [
    "低保",
    "宅基地",
    "老年证",
    "林木采伐",
    "农机补贴",
    "食品摊贩",
    "公益性墓地",
    "殡葬",
    "生育",
    "灌溉设施",
]
ACTS = ["申请受理", "登记", "备案", "审核\n确认", "年度核查", "违法行为的处罚", "信息采集（含变更）"]
TYPES = ["行政许可", "行政处罚", "行政确认", "公共服务", "其他行政权力"]
DEPARTMENTS = ["县民政局", "县水务局", "县农业农村局", "县住房和城乡建设局"]
BASES = [
    "《中华人民共和国水法》第六十六条",
    "《社会救助暂行办法》第九条；\n国发〔2014〕8号",
    "《殡葬管理条例》第18条",
]
HAN = "一二三四五六七八九十"
NAMES = {
    "seq": ["序号", "序\n号", "总序号"],
    "department": ["责任部门", "县级主管部门", "主 管 部 门", "责任部们"],
    "main_name": ["主项名称", "大项", "主项"],
    "name": ["事项名称", "服务事项", "项目名称", "*事项名称（必填）"],
    "sub_name": ["子项名称", "小项名称", "子项"],
    "power_type": ["权力类型", "权利类型", "职权\n类别"],
    "legal_basis": ["设定依据", "实施依据", "法律法规依据"],
    "remark": ["备注", "备  注"],
}
PRINTED = ("department", "main_name", "name", "power_type", "legal_basis", "remark")


@dataclass
class Page:
    """A sheet in the making."""

    rows: list[list] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def add(self, *cells, wide=0):
        self.rows.append(list(cells))
        if wide > 1:
            self.merges.append(Merge(len(self.rows) - 1, 0, len(self.rows) - 1, wide - 1))


@st.composite
def tables(draw):
    """Clean rows: sorted by department and main item, as lists are; names differ within the table."""
    count = draw(st.integers(2, 14))
    names = draw(
        st.lists(
            st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(ACTS)).map("".join),
            min_size=count,
            max_size=count,
            unique=True,
        )
    )
    has_mains = draw(st.booleans())
    departments = sorted(draw(st.lists(st.sampled_from(DEPARTMENTS), min_size=count, max_size=count)))
    rows, main = [], ""
    for place, (name, department) in enumerate(zip(names, departments, strict=True)):
        starts = not place or department != departments[place - 1] or draw(st.booleans())
        main = f"第{HAN[place % 10]}类综合事务" + ("二" if place >= 10 else "") if starts else main
        rows.append(
            {
                "seq": str(place + 1),
                "department": department,
                "main_name": main if has_mains else "",
                "name": name,
                "power_type": draw(st.sampled_from(TYPES)),
                "legal_basis": draw(st.sampled_from(BASES)),
                "remark": draw(st.sampled_from(["", "", "限建成区"])),
            }
        )
    return rows, has_mains


@st.composite
def layouts(draw):
    """A clean table, and a sheet that says the same with titles, merges, groups and noise around it."""
    rows, has_mains = draw(tables())
    page = Page()
    grouped = draw(st.booleans())
    fields = ["seq", *([] if grouped else ["department"]), *(["main_name"] if has_mains else []), "name"]
    fields += ["power_type", "legal_basis", "remark"]
    width = len(fields)
    if draw(st.booleans()):
        page.add("附件1")
    page.add("北原县乡镇事项清单（2025年版）", wide=width)
    if draw(st.booleans()):
        page.add("北政办发〔2025〕 8 号", *[None] * (width - 2), "2025年3月1日公布")
    header = draw(headers(fields, has_mains))
    _add_header(page, header)
    _add_rows(draw, page, rows, fields, header, grouped)
    if draw(st.booleans()):
        page.add("合计", *[None] * (width - 2), f"{len(rows)}项")
    if draw(st.booleans()):
        page.add("注：1.本清单实行动态调整。", wide=width)
        page.add("2.由县委编办解释。", wide=width)
    return rows, Sheet("Sheet1", tuple(map(tuple, page.rows)), tuple(page.merges))


@st.composite
def headers(draw, fields, has_mains):
    """The heading of each field, and where two-level, the wide heading over main and sub items."""
    headings = []
    for name in fields:
        wordings = NAMES["sub_name" if has_mains and name == "name" else name]
        headings.append(draw(st.sampled_from(wordings)))
    wide = fields.index("main_name") if has_mains and draw(st.booleans()) else None
    return headings, wide


def _add_header(page, header):
    headings, wide = header
    if wide is None:
        page.add(*headings)
        return
    top = len(page.rows)
    page.add(
        *(
            "服务事项" if place == wide else None if place == wide + 1 else text
            for place, text in enumerate(headings)
        )
    )
    page.add(*(text if place in (wide, wide + 1) else None for place, text in enumerate(headings)))
    page.merges.append(Merge(top, wide, top, wide + 1))
    page.merges += [
        Merge(top, place, top + 1, place) for place in range(len(headings)) if place not in (wide, wide + 1)
    ]


def _add_rows(draw, page, rows, fields, header, grouped):
    repeated = draw(st.sampled_from(["merged", "blank", "same", "written"]))
    serial = draw(st.sampled_from([int, float, str, lambda text: f"{text}.", lambda text: f"（{text}）"]))
    breaks = draw(st.sampled_from([0, 0, 5]))
    before: dict = {}
    starts: dict[str, int] = {}
    for place, row in enumerate(rows):
        begins = not place or row["department"] != rows[place - 1]["department"]
        if grouped and begins:
            claimed = sum(one["department"] == row["department"] for one in rows)
            number = len({one["department"] for one in rows[: place + 1]})
            page.add(f"{HAN[number - 1]}、{row['department']}（{claimed}项）", wide=len(fields))
            before = {}
        if breaks and place and place % breaks == 0:
            _add_header(page, header)
            # Some begin a page with every value written out, some go on as if there were no break.
            before = before if draw(st.booleans()) and repeated != "merged" else {}
        cells = []
        for column, name in enumerate(fields):
            text = row[name]
            if name == "seq":
                cells.append(serial(text))
            elif name in ("department", "main_name") and before.get(name) == text:
                cells.append({"merged": None, "blank": None, "same": "同上", "written": text}[repeated])
                if repeated == "merged":
                    _extend(page, starts[name], column)
            else:
                starts[name] = len(page.rows)
                cells.append(text or None)
        before = row if repeated != "written" else {}
        page.add(*cells)


def _extend(page, top, column):
    """The block that began in `top` takes in the row about to be added."""
    page.merges = [one for one in page.merges if (one.top, one.left) != (top, column) or one.right != column]
    page.merges.append(Merge(top, column, len(page.rows), column))


def as_made(sheet):
    return sheet


def as_csv(sheet):
    rows = tuple(tuple("" if value is None else str(value) for value in row) for row in sheet.rows)
    return Sheet(sheet.title, rows)


def moved(sheet):
    """Two blank rows above and a blank column to the left."""
    rows = ((), (), *((None, *row) for row in sheet.rows))
    merges = tuple(Merge(one.top + 2, one.left + 1, one.bottom + 2, one.right + 1) for one in sheet.merges)
    return Sheet(sheet.title, rows, merges)


def with_an_empty_column(sheet):
    """A column nobody filled, between the first and the rest."""
    rows = tuple((*row[:1], *([None] if len(row) > 1 else []), *row[1:]) for row in sheet.rows)
    merges = tuple(
        Merge(one.top, one.left + bool(one.left), one.bottom, one.right + bool(one.right))
        for one in sheet.merges
    )
    return Sheet(sheet.title, rows, merges)


def without_breaks(text):
    return text.replace("\n", "")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    layouts(),
    st.sampled_from([SERVICES, DELEGATED]),
    st.sampled_from([as_made, as_csv, moved, with_an_empty_column]),
)
def test_a_clean_table_comes_back_from_every_layout(laid, columns, saved):
    rows, sheet = laid
    layout = lay_out(Workbook((saved(sheet),)), columns, group_field="department")
    wanted = [
        {name: row[name] if name == "legal_basis" else without_breaks(row[name]) for name in PRINTED}
        for row in rows
    ]
    assert [{name: row.text(name) for name in PRINTED} for row in layout.rows] == wanted
    assert layout.title == "北原县乡镇事项清单（2025年版）"
    assert all(claim.is_met for claim in layout.declared)
    assert {message.code for message in layout.messages} <= {"column_guessed"}
