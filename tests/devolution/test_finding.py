"""Powers as residents find them: while a township exercises them, and not before or after."""

from datetime import date

import pytest

from catalog.models import SearchRow
from catalog.search.finding import Asked, find
from catalog.search.indexing import rewrite
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, WithdrawalReason
from devolution.finding import POWERS
from devolution.models import Transfer
from tests import factories

from .conftest import DAY, make_paper, make_power

pytestmark = pytest.mark.django_db


def test_a_power_is_found_from_its_first_day_to_its_last(county, township, approver, clock):
    clock(f"{DAY} 12:00")
    department = factories.make_department(county, "县水务局")
    power = make_power(department, "对堆放阻碍行洪物体的处罚", bases=[("水法", "65")])
    paper = make_paper(county, InstrumentKind.COUNTY_NOTICE, "青政发〔2025〕3号")
    transfer = Transfer(power=power, instrument=paper, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=transfer, townships=[township], by=approver)
    assert not found("行洪", DAY)
    lifecycle.take_over_as_found(transfers=[transfer], by=approver, since=DAY, document="事权目录")
    (row,) = found("行洪", DAY)
    assert (row["source"], row["places"].split()) == (POWERS, [f"t:{township.code}"])
    assert found("行洪", DAY, chosen={"mode": ["delegated"]})
    assert not found("行洪", DAY, chosen={"mode": ["entrusted"]})
    assert not found("行洪", date(2001, 1, 1))
    end = date(DAY.year + 1, 1, 1)
    lifecycle.withdraw(
        rows=transfer.receipts.all(),
        by=approver,
        reason=WithdrawalReason.LAW_CHANGE,
        instrument=make_paper(county, InstrumentKind.WITHDRAWAL, "青政发〔2025〕9号"),
        on=end,
        department=department,
    )
    assert found("行洪", DAY)
    assert not found("行洪", end)
    before = list(SearchRow.objects.values_list("digest"))
    assert rewrite(county, POWERS) == 0
    assert list(SearchRow.objects.values_list("digest")) == before


def found(words, on, **values):
    return find(Asked(words, on, **values)).rows
