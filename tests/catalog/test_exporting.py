"""Editions on their way out, and back: what is exported reads as it was stored, whatever stands in it."""

from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from catalog.choices import POWER_TYPE_NAMES
from catalog.kinds import kind_called, kinds
from catalog.models.entry import PRINTED_FIELDS
from catalog.resources.printing import is_stored_in_entry
from catalog.resources.widgets import DayWidget, LimitWidget, SerialWidget
from tests.catalog.outgoing import DEPARTMENTS, FORMATS, UNITS, exported, make_bodies, make_edition, plan_of

pytestmark = pytest.mark.once

HOSTILE = [
    "=1+1", "==1+1", "=HYPERLINK(\"http://x\",\"y\")", "+1", "-1", "@x", "'=1", "''=1", "'", "'甲",
    "=\"0340\"", "＝1+1", "－", "同上", "〃", "—", "无", "/", "合计", "小计：3项", "共57项", "（共57项）",
    "一、民政（5项）", "（二）社会救助", "1.", "1", "001", "3.0", "1e5", "2025-01-01", "注：见附件",
    "备注", "事项名称", "序号", "附件1", "填表人：张三", "基本履职事项清单", "示例", "导入提示",
    "承接部门：县民政局\n工作方式：定期巡查", "第一行\n第二行；a;b\n第三行；c;d", "a,b\"c\"", "\t首",
    "a  b", "登记\u3000甲", "（１）２０２４", "_x0041_", "_x000D_", "_x005F_x0041_", "😀", "é", "1．2",
    "\x85下", "\ufffe端", "县民政局、县教育局", "TRUE", "#REF!", "1-2", "民政（5项）",
]  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from([*HOSTILE, "、", "；", "\n", " ", "，", "(", "）"]), min_size=1, max_size=4).map("".join),
    st.text(max_size=30),
)  # fmt: skip
FURTHER = [
    "网格员",
    "=特别栏目",
    "备注（二）",
    "说明",
    "D列",
    "特别长的栏目" * 9,
    "备注",
    "自2025年1月1日起",
    "电话",
]


@pytest.fixture
def edition_of(county, township, clerk):
    """Make an edition of a kind from raw values, as if somebody had typed them: `edition_of(kind, rows)`."""
    make_bodies(county, township)
    return partial(make_edition, county)


def changes(edition, form="xlsx"):
    """What an import of the export would do; for a failure, with what differs."""
    plan = plan_of(exported(edition, form), edition, form)
    before = edition.entries.in_bulk()
    differing = [
        (name, getattr(before[plan.known[place].pk], name), printed)
        for row, place in plan.matching.pairs.items()
        for name, printed in zip(PRINTED_FIELDS, plan.intake.rows[row].printed, strict=True)
        if getattr(before[plan.known[place].pk], name) != printed
    ]
    refused = [message for message in plan.intake.messages if message.level == "error"]
    return plan.counts, refused, differing


def unchanged(edition):
    return {"new": 0, "changed": 0, "unchanged": edition.entries.count(), "refused": 0, "gone": 0}


@st.composite
def entries(draw, kind):
    """Raw values of one entry of a kind: every field may be anything that its column takes."""
    fields = kind_called(kind).resource.fields
    values, details = {}, {}
    for name, field in fields.items():
        if draw(st.integers(0, 3)) == 0 and name != "name":
            continue
        if isinstance(field.widget, SerialWidget):
            value = draw(st.integers(0, 999))
        elif isinstance(field.widget, LimitWidget):
            value = draw(
                st.sampled_from(["20", "20个工作日", "当场办结", "0自然日", "无", "按规定", "60自然日", "=1"])
            )
        elif isinstance(field.widget, DayWidget):
            value = draw(st.sampled_from(["2024.1.1", "1900年1月5日", "长期", "三年", "同上", "=1"]))
        elif field.attribute == "power_type":
            value = draw(st.sampled_from([*POWER_TYPE_NAMES, ""]))
        elif type(field.widget).__name__ in ("DepartmentWidget", "BodyWidget"):
            value = "、".join(draw(st.lists(st.sampled_from(DEPARTMENTS), max_size=2, unique=True)))
        elif field.attribute == "responsible_unit":
            value = draw(st.sampled_from([*UNITS, ""]))
        else:
            value = draw(TEXTS)
        if is_stored_in_entry(field):
            values[field.attribute] = value
        elif not field.attribute:
            details[name] = value
    # Columns of a list alone hold what a layout reads: a phrase on one line.
    for heading in draw(st.lists(st.sampled_from(FURTHER), max_size=2, unique=True)):
        details[heading] = draw(st.sampled_from(["=1+1", "同上", "甲", "'=1", "合计"]))
    return values | {"details": details}


@pytest.mark.parametrize("kind", [kind.code for kind in kinds])
def test_what_is_exported_reads_as_it_was_stored(kind, edition_of):
    """The round trip of every kind, with hostile text in every field, in both formats: no change."""

    # A failure is told by what differs; making it smaller would take minutes of reading files.
    @settings(
        max_examples=6,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    @given(st.lists(entries(kind), min_size=4, max_size=12))
    def round_trip(rows):
        with transaction.atomic():
            edition = edition_of(kind, rows)
            if edition.entries.exists():
                for form in FORMATS:
                    assert changes(edition, form) == (unchanged(edition), [], [])
            transaction.set_rollback(True)

    round_trip()


def test_the_words_of_several_power_types_come_back(edition_of):
    entry = {"name": "甲事项", "power_type": "01", "details": {"权力类型": "行政许可/行政确认"}}
    edition = edition_of("public_services", [entry])
    assert changes(edition) == (unchanged(edition), [], [])


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", [kind.code for kind in kinds])
def test_each_hostile_text_survives_in_every_field(kind, form, edition_of):
    fields = kind_called(kind).resource.fields
    widgets = ("TextWidget", "LinesWidget", "BasisWidget", "CategoryWidget")
    free = [name for name, field in fields.items() if type(field.widget).__name__ in widgets]
    rows = []
    for number, text in enumerate(HOSTILE):
        values = {fields[name].attribute: text for name in free if is_stored_in_entry(fields[name])}
        details = {name: text for name in free if not fields[name].attribute}
        rows.append(values | {"details": details, "serial": number})
    edition = edition_of(kind, rows)
    assert edition.entries.count() > len(HOSTILE) * 0.9
    assert changes(edition, form) == (unchanged(edition), [], [])
