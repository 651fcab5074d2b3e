"""What is not public yet, or never was, is in no page, search, feed, sitemap, file, record or export."""

from datetime import date

import pytest
from django.core.management import call_command

from accounts.choices import Role
from catalog.choices import EditionState
from catalog.models import Entry, Guide, Item, ItemList
from catalog.search.indexing import rewrite
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode
from devolution.models import Transfer
from tests import factories
from tests.catalog import published
from tests.catalog.published import CURRENT
from tests.devolution.conftest import make_paper, make_power

pytestmark = pytest.mark.django_db
OPEN = "公开办理"
HIDDEN = "藏匿"
TOMORROW, YESTERDAY, LATER = date(2026, 3, 11), date(2026, 3, 9), date(2027, 1, 1)
PLACES = ["/", "/990101/", "/t/990101100/", "/990101/lists/", "/990101/powers/", "/990101/admissions/"]
LISTS = ["/990101/lists/public_services/", "/990101/lists/public_services/2025-07-15/"]
PAPERS = ["/t/990101100/wall/", "/t/990101100/powers/", "/t/990101100/powers/list/"]
SEARCHES = [f"/search/?q={words}" for words in (OPEN, HIDDEN, f"{HIDDEN}&township=990101100")]
RECORDS = ["/990101/changes.atom", "/t/990101100/changes.atom", "/sitemap.xml", "/sitemaps/990101-1.xml"]
FILES = [f"/990101/lists/public_services.{ending}" for ending in ("csv", "json")]


@pytest.fixture
def register(clock):
    """One item in force; beside it what is drafted, announced for tomorrow, withdrawn, prepared or proposed."""
    clock("2026-03-10 12:00")
    county = factories.make_county(needs_second_person=False)
    town = factories.make_township(county)
    services = ItemList.objects.create(county=county, kind="public_services")
    published.issue(services, [OPEN])
    hidden = [OPEN, {"name": f"{HIDDEN}事项", "number": 2}]
    published.issue(services, hidden, state=EditionState.DRAFT, effective_on=LATER)
    published.issue(services, hidden, published_on=TOMORROW, effective_on=TOMORROW)
    taken_back = published.issue(services, hidden, published_on=YESTERDAY, effective_on=LATER, correction=1)
    withdrawn = {"state": EditionState.WITHDRAWN, "ended_on": date(2026, 3, 1)}
    services.editions.filter(pk=taken_back.pk).update(**withdrawn)
    item = Item.objects.get(number=1)
    Guide.objects.create(item=item, valid_from=CURRENT, valid_to=TOMORROW)
    Guide.objects.create(item=item, valid_from=TOMORROW, popular_names=f"{HIDDEN}俗名")
    prepare_power(county, town)
    rewrite(county, "items")
    return county


def prepare_power(county, town):
    approver = factories.make_user(Role.APPROVER, county)
    power = make_power(factories.make_department(county), f"对{HIDDEN}的处罚", bases=[("水法", "65")])
    paper = make_paper(county, InstrumentKind.ENTRUSTMENT, "青水委〔2025〕1号")
    transfer = Transfer(power=power, instrument=paper, mode=Mode.ENTRUSTED, authority="立案、调查")
    lifecycle.prepare(transfer=transfer, townships=[town], by=approver)


def text_of(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_not_public_is_in_no_answer(client, register, prefix):
    for address in [*PLACES, *LISTS, *PAPERS, *SEARCHES]:
        response = client.get(prefix + address)
        assert response.status_code == 200, address
        said = text_of(response)
        assert f"{HIDDEN}事项" not in said, address
        assert f"{HIDDEN}俗名" not in said, address
        assert f"对{HIDDEN}" not in said, address


def test_what_is_not_public_has_no_address(client, register):
    for address in [
        "/990101/items/2/",
        "/t/990101100/items/2/",
        "/t/990101100/items/2/notice/",
        "/990101/lists/public_services/2026-03-11/",
        "/990101/lists/public_services/2027-01-01/",
        "/990101/lists/public_services/2027-01-01-1/",
        "/990101/lists/public_services/2027-01-01-1.csv",
        "/990101/powers/1/",
    ]:
        response = client.get(address)
        assert response.status_code == 404, address
        assert HIDDEN not in text_of(response), address


def test_records_and_files_hold_what_is_public_alone(client, register):
    for address in [*RECORDS, *FILES]:
        said = text_of(client.get(address))
        assert HIDDEN not in said, address
        assert "/items/2/" not in said, address
        assert "2027-01-01" not in said, address
        assert "2026-03-11" not in said, address
    assert all(OPEN in text_of(client.get(address)) for address in FILES)


@pytest.mark.once
def test_the_site_as_files_holds_what_is_public_alone(register, tmp_path):
    folder = tmp_path / "site"
    call_command("export_site", str(folder), address="https://www.example.gov.cn", quiet=True, verbosity=0)
    texts = {
        path: path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file()
    }
    assert not [path for path, text in texts.items() if HIDDEN in text]
    assert [path for path, text in texts.items() if OPEN in text]


def test_the_day_it_is_published_it_is_there(client, register, clock):
    clock("2026-03-11 12:00")
    for address in [LISTS[0], "/990101/items/2/", FILES[0], f"/search/?q={HIDDEN}"]:
        assert f"{HIDDEN}事项" in text_of(client.get(address)), address
    assert "2026-03-11" in text_of(client.get(RECORDS[0]))
    assert client.get("/990101/lists/public_services/2027-01-01-1/").status_code == 404
    assert Entry.objects.filter(name=f"{HIDDEN}事项").count() == 3
