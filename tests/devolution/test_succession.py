"""A township that gives way in the admin takes its powers along, whichever way the succession comes in."""

from django.urls import reverse

from accounts import succession
from accounts.models import Event, TownshipSuccession
from accounts.resources import TownshipSuccessionResource


def test_a_succession_typed_in_the_admin_moves_what_apps_keep(
    clerk, signed_in, township, sister_township, monkeypatch
):
    moved = []
    mover = succession.Mover("x", lambda succession, by: moved.append((succession.predecessor, by)) or 1)
    monkeypatch.setattr(succession, "movers", [mover])
    data = {"predecessor": township.pk, "successor": sister_township.pk, "effective_on": "2026-01-01"}
    response = signed_in(clerk).post(reverse("admin:accounts_townshipsuccession_add"), data)
    assert response.status_code == 302
    assert moved == [(township, clerk)]
    assert Event.objects.filter(action="succession").count() == 1


def test_a_succession_from_a_sheet_moves_what_apps_keep(county, township, sister_township, monkeypatch):
    moved = []
    mover = succession.Mover("x", lambda succession, by: moved.append(succession.predecessor) or 1)
    monkeypatch.setattr(succession, "movers", [mover])
    resource = TownshipSuccessionResource(county=county)
    rows = {"乡镇沿革": [(1, ["原乡镇", "新乡镇", "生效日期"]), (2, ["谷雨镇", "芒种镇", "2026-01-01"])]}
    resource.import_data(resource.dataset(rows), raise_errors=True)
    assert TownshipSuccession.objects.exists()
    assert moved == [township]
