"""The demo's counties and accounts."""

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.models import County, User, Village
from catalog.comparison import compare_editions
from catalog.models import Edition
from devolution.models import Instrument, Power, Transfer, TransferTownship

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def demo(settings, monkeypatch, capsys):
    """Run the command in a demo; what it said."""
    settings.PORTAL_DEMO = True
    monkeypatch.setenv("DEMO_PASSWORD", "told-by-the-environment")

    def demo():
        call_command("make_demo")
        return capsys.readouterr().out

    return demo


def test_no_demo_where_none_is_meant(settings):
    settings.PORTAL_DEMO = False
    with pytest.raises(CommandError):
        call_command("make_demo")
    assert not User.objects.exists()


def test_counties_and_accounts_are_made(demo, rf):
    said = demo()
    assert "told-by-the-environment" in said
    roles = ["editor", "approver", "department", "township", "auditor", "keeper"]
    expected = {f"{role}.{code}" for role in roles for code in ("990101", "990102")} | {"admin"}
    assert set(User.objects.values_list("username", flat=True)) == expected
    for person in User.objects.all():
        person.full_clean()
        assert authenticate(rf.post("/"), username=person.username, password="told-by-the-environment")
    assert not County.objects.get(code="990101").needs_second_person
    assert County.objects.get(code="990102").needs_second_person


def test_again_changes_nothing(demo):
    demo()
    village = Village.objects.first()
    village.service_point = "搬到新楼"
    village.save()
    models = (County, User, Village, Village.history.model, Power, Instrument, Transfer, TransferTownship)
    counts = [model.objects.count() for model in models]
    said = demo()
    assert "told-by-the-environment" not in said
    assert counts == [model.objects.count() for model in models]
    village.refresh_from_db()
    assert village.service_point == "搬到新楼"


def test_a_password_is_made_when_none_is_told(demo, monkeypatch, rf):
    monkeypatch.delenv("DEMO_PASSWORD")
    password = demo().strip().split()[-1]
    assert authenticate(rf.post("/"), username="editor.990101", password=password)


def test_the_demo_has_two_editions_to_compare(demo):
    demo()
    former, current = Edition.objects.filter(list__county__code="990101").order_by("effective_on")
    compared = compare_editions(former, current)
    assert compared.counts == {"new": 1, "changed": 6, "unchanged": 50, "gone": 1}
    assert len(compared.renamed) == 2


def test_the_demo_has_both_catalogues_taken_over(demo):
    demo()
    editions = Edition.objects.filter(list__county__code="990102", state="announced")
    kinds = ["delegated_powers", "entrusted_powers", "public_services"]
    assert sorted(editions.values_list("list__kind", flat=True)) == kinds
    rows = TransferTownship.objects.filter(township__county__code="990102")
    assert Transfer.objects.count() == 53 + 42
    assert rows.in_mode("delegated").in_force(date(2024, 6, 1)).count() == 53 * 4
    # Four of the 42 are delegated already, three of them to all townships and one to the towns.
    assert rows.in_mode("entrusted").in_force(date(2024, 6, 1)).count() == 33 * 4 + 9 * 2 - (3 * 4 + 2)
    assert rows.prepared().count() == 3 * 4 + 2
    assert rows.in_mode("entrusted").expired(date(2026, 1, 1)).count() == 7 * 4
    assert rows.not_on_record().exists()
    assert {row.put_in_force_by.username for row in rows.put_in_force()} == {"approver.990102"}
