"""The made-up province is like one that was typed: in force, found, counted, and the same for the same seed."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import County, Township
from catalog.models import Entry, Guide, Item, SearchRow
from catalog.search.indexing import rebuild
from catalog.tallies import count_entries

pytestmark = pytest.mark.django_db
SIZE = ["--counties", "2", "--townships", "27", "--items", "25", "--quiet"]


@pytest.fixture
def province(settings):
    settings.PORTAL_DEMO = True
    call_command("make_province", *SIZE)


def test_lists_are_in_force_and_found(client, province):
    assert (County.objects.count(), Township.objects.count(), Item.objects.count()) == (2, 27, 25)
    for township in Township.objects.all():
        township.full_clean()
    first = County.objects.order_by("code").first()
    entry = Entry.objects.filter(edition__list__county=first).first()
    assert entry.name in client.get(f"/{first.code}/lists/public_services/").content.decode()
    assert client.get(f"/{first.code}/items/{entry.item.code}/").status_code == 200
    assert first.publications == 1
    assert entry.edition.tally == count_entries(entry.edition)


def test_rows_keep_to_what_their_models_ask(province):
    for entry in Entry.objects.all():
        entry.full_clean()
        assert entry.digest == entry.compute_digest()
    for guide in Guide.objects.all()[:3]:
        guide.full_clean()


def test_index_is_what_rebuilding_makes_of_it(province):
    columns = [field.attname for field in SearchRow._meta.concrete_fields if not field.primary_key]
    made = set(SearchRow.objects.values_list(*columns))
    for county in County.objects.all():
        rebuild(county)
    assert set(SearchRow.objects.values_list(*columns)) == made


def test_same_seed_again_makes_nothing_more(province, capsys):
    call_command("make_province", *SIZE)
    assert "0 of 2 counties made" in capsys.readouterr().out


def test_no_demo_no_province(settings):
    settings.PORTAL_DEMO = False
    with pytest.raises(CommandError):
        call_command("make_province", *SIZE)
