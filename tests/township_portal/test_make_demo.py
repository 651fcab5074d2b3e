"""The demo's counties and accounts."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.models import County, User, Village

pytestmark = pytest.mark.django_db


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
    counts = [model.objects.count() for model in (County, User, Village, Village.history.model)]
    said = demo()
    assert "told-by-the-environment" not in said
    assert counts == [model.objects.count() for model in (County, User, Village, Village.history.model)]
    village.refresh_from_db()
    assert village.service_point == "搬到新楼"


def test_a_password_is_made_when_none_is_told(demo, monkeypatch, rf):
    monkeypatch.delenv("DEMO_PASSWORD")
    password = demo().strip().split()[-1]
    assert authenticate(rf.post("/"), username="editor.990101", password=password)
