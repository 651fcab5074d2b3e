"""The guide's rule with the township's exception laid over it, field by field."""

import pytest

from accounts.choices import TownshipKind
from accounts.models import Office, Township
from catalog.arrangements import arrange
from catalog.choices import HandlingRule
from catalog.models import Entry, Guide, Handling
from catalog.publishing import handing_on

TOWN = Township(name="柳溪镇", kind=TownshipKind.TOWN)
OFFICE = Office(name="民政民生办公室", phone="0451-1")


@pytest.fixture
def guide():
    return Guide(rule=HandlingRule.ACCEPTED_HERE, decided_by="县残联", promised_limit=20)


def arranged(guide=None, exception=None, unit="民政民生办公室"):
    entry = Entry(name="残疾人证申领", responsible_unit=unit)
    return arrange(entry, TOWN, guide=guide, exception=exception, offices=[OFFICE])


def test_rule_is_the_guides(guide):
    arrangement = arranged(guide)
    assert arrangement.rule == HandlingRule.ACCEPTED_HERE
    assert arrangement.decided_by == "县残联"


def test_exception_wins_field_by_field(guide):
    arrangement = arranged(guide, Handling(rule=HandlingRule.HERE, promised_limit=0, window="3号"))
    assert arrangement.rule == HandlingRule.HERE
    assert arrangement.window == "3号"
    assert arrangement.limit == "当场办结"
    assert arrangement.phone == "0451-1"


def test_empty_exception_inherits_everything(guide):
    assert arranged(guide, Handling()) == arranged(guide)


def test_office_is_the_one_the_list_names(guide):
    assert arranged(guide).office == OFFICE
    assert arranged(guide, unit="党群办").office is None


def test_without_a_guide_nothing_is_known():
    assert arranged().rule is None
    assert arranged().limit == ""


def test_a_rule_that_is_not_on_record_is_not_invented():
    assert arranged(Guide(phone="0000-1")).rule is None


def test_rule_for_other_kinds_of_townships_does_not_hold_here(guide):
    guide.township_kinds = [TownshipKind.SUBDISTRICT]
    assert arranged(guide).rule is None


@pytest.mark.parametrize(
    ("exception", "words"),
    [
        (None, "按办事指南"),
        (Handling(rule=HandlingRule.HERE, promised_limit=0, window="3号"), "3号；当场办结"),
        (Handling(rule=HandlingRule.HERE, promised_limit=5, is_suspended=True), "5 天；暂停办理"),
    ],
)
def test_exception_in_a_line(exception, words):
    assert words in handing_on.in_words(exception)
