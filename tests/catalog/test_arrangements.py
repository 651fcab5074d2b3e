"""The guide's rule with the township's exception laid over it, field by field."""

import pytest

from accounts.choices import TownshipKind
from accounts.models import Office, Township
from catalog.arrangements import arrange
from catalog.choices import HandlingRule
from catalog.models import Entry, Guide, Handling

TOWN = Township(name="柳溪镇", kind=TownshipKind.TOWN)
OFFICE = Office(name="民政民生办公室", phone="0451-1")


@pytest.fixture
def guide(monkeypatch):
    """A guide that has been filled in; its rows are not what is asked here."""
    monkeypatch.setattr(Guide, "is_bare", False)
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


def test_guide_nobody_filled_in_rules_nothing(guide, monkeypatch):
    monkeypatch.setattr(Guide, "is_bare", True)
    assert arranged(guide).rule is None


def test_rule_for_other_kinds_of_townships_does_not_hold_here(guide):
    guide.township_kinds = [TownshipKind.SUBDISTRICT]
    assert arranged(guide).rule is None


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"phone": "1"}, {"visits": 0}, {"rule": HandlingRule.COUNTY}])
def test_guide_is_bare_until_something_is_recorded(services, values):
    from catalog.models import Item

    item = Item.objects.create(county=services.county, number=1)
    guide = Guide.objects.create(item=item, valid_from="2025-01-01")
    assert guide.is_bare
    for name, value in values.items():
        setattr(guide, name, value)
    assert not guide.is_bare
