"""The first guide of an item: only what the list says, and never what it does not."""

from datetime import date

import pytest

from catalog.choices import ChannelKind, LimitUnit
from catalog.firstguides import first_guide
from catalog.models import Edition, Entry, Item

EDITION = Edition(effective_on=date(2025, 1, 1))


def begun(**details):
    return first_guide(Entry(item=Item(number=1), name="低保申请", details=details), EDITION)


def test_nothing_said_is_nothing_on_record():
    guide = begun().guide
    assert (guide.rule, guide.visits, guide.is_free, guide.promised_limit) == ("", None, None, None)


def test_limits_keep_their_unit():
    guide = begun(promised_limit={"value": 60, "unit": "自然日"}).guide
    assert (guide.promised_limit, guide.promised_limit_unit) == (60, LimitUnit.CALENDAR_DAYS)


def test_a_promise_longer_than_the_law_is_not_repeated():
    limits = {"unit": "工作日"}
    guide = begun(statutory_limit={"value": 10, **limits}, promised_limit={"value": 20, **limits}).guide
    assert (guide.statutory_limit, guide.promised_limit) == (10, None)


@pytest.mark.parametrize(("fee", "is_free"), [("不收费", True), ("无", True), ("10元/本", None), ("", None)])
def test_only_what_says_so_is_free(fee, is_free):
    assert begun(fee=fee).guide.is_free is is_free


def test_materials_are_told_apart_by_lines_and_semicolons():
    text = "1.认定申请表\n2.居民身份证；③2寸照片2张"
    assert [row.name for row in begun(materials=text).materials] == ["认定申请表", "居民身份证", "2寸照片2张"]


def test_no_material_is_no_row():
    assert begun(materials="无").materials == []


def test_steps_follow_arrows():
    assert [row.name for row in begun(procedure="申请→受理→发证").steps] == ["申请", "受理", "发证"]


def test_channels_are_those_the_list_names():
    kinds = {row.kind for row in begun(channels="窗口办理、网上办理").channels}
    assert kinds == {ChannelKind.WINDOW, ChannelKind.ONLINE}
