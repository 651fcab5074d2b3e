"""Lists as data: three forms of one edition that say the same, at addresses that stay."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from accounts.models import County
from catalog.choices import EditionState
from catalog.kinds import kind_called

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
LIST = "/990101/lists/public_services"
EDITION = f"{LIST}/2025-07-15"


def body(response):
    """All of an answer; read to its end, a file is closed as a server closes it."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def status(client, address, **options):
    response = client.get(address, **options)
    body(response)
    return response.status_code


def test_three_forms_of_an_edition_say_the_same(client, portal):
    record = json.loads(body(client.get(EDITION + ".json")))
    headings, *rows = csv.reader(io.StringIO(body(client.get(EDITION + ".csv")).decode("utf-8-sig")))
    told = [
        {record["columns"][name]: str(value) for name, value in item.items() if name in record["columns"]}
        for item in record["items"]
    ]
    assert told == [
        {heading: value for heading, value in zip(headings, row, strict=True) if value} for row in rows
    ]
    sheet = load_workbook(io.BytesIO(body(client.get(EDITION + ".xlsx"))))["清单"]
    printed = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert {value for item in told for value in item.values()} <= printed


def test_record_names_edition_item_and_addresses(client, portal):
    edition = portal.editions.get(effective_on=published.CURRENT)
    edition.source_file, edition.source_sha256 = "lists/a.xlsx", "a" * 64
    edition.save()
    entry = edition.entries.get(position=1)
    entry.details = {"本县特有列": "甲", "phone": "0000-1"}
    entry.save()
    record = json.loads(body(client.get(EDITION + ".json")))
    assert (
        record["edition"].items()
        >= {
            "title": edition.title,
            "document_number": edition.document_number,
            "effective_on": "2025-07-15",
            "ended_on": None,
            "source_sha256": "a" * 64,
            "address": f"http://testserver{EDITION}/",
        }.items()
    )
    first = record["items"][0]
    assert first["item_code"] == 1
    assert first["further"] == {"本县特有列": "甲"}
    assert first["phone"] == "0000-1"
    for address in (first["address"], first["entry_address"], record["list"]["address"]):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200


def test_address_of_the_list_follows_the_day(client, portal, clock):
    def title():
        return json.loads(body(client.get(LIST + ".json")))["edition"]["effective_on"]

    before = client.get(LIST + ".json")
    body(before)
    assert title() == "2025-07-15"
    clock("2027-01-01 00:00")
    assert title() == "2027-01-01"
    assert status(client, LIST + ".json", headers={"if-none-match": before["ETag"]}) == 200


@pytest.mark.parametrize("address", [LIST + ".json", LIST + ".csv", EDITION + ".xlsx", "/990101/lists.json"])
def test_data_is_asked_for_again_only_after_a_publication(client, portal, qinghe, address):
    first = client.get(address)
    body(first)
    assert first["Cache-Control"] == "public, no-cache"
    held = {"if-none-match": first["ETag"]}
    assert status(client, address, headers=held) == 304
    County.objects.note_publication(qinghe)
    assert status(client, address, headers=held) == 200


def test_record_is_read_from_the_database_as_it_is_sent(client, services, django_assert_max_num_queries):
    published.issue(services, published.many(300))
    # counter, list, editions, entries
    with django_assert_max_num_queries(4):
        pieces = list(client.get(EDITION + ".json").streaming_content)
    assert len(pieces) > 300
    assert len(json.loads(b"".join(pieces))["items"]) == 300


def test_drafts_and_what_is_not_published_yet_are_no_data(client, portal):
    later = {"effective_on": published.COMING, "published_on": published.COMING, "correction": 1}
    published.issue(portal, ["未公布"], **later)
    published.issue(portal, ["秘密"], state=EditionState.DRAFT, effective_on=published.TODAY)
    for day in ("2027-01-01-1", "2026-03-10", "1999-01-01"):
        assert client.get(f"{LIST}/{day}.json").status_code == 404
    told = client.get("/990101/lists.json").content.decode()
    assert "2027-01-01-1" not in told
    assert "2026-03-10" not in told
    assert [edition["effective_on"] for edition in json.loads(told)["lists"][0]["editions"]] == [
        "2027-01-01",
        "2025-07-15",
        "2024-01-01",
    ]


def test_list_that_is_no_longer_in_force_has_no_data_of_today(client, portal):
    current = portal.editions.filter(effective_on=published.CURRENT)
    current.update(state=EditionState.REPEALED, ended_on=published.TODAY)
    assert client.get(LIST + ".json").status_code == 404
    assert status(client, EDITION + ".json") == 200


@pytest.mark.parametrize("language", ["", "/en"])
def test_page_documents_every_column_from_its_declaration(client, portal, language):
    text = Page(client.get(language + "/990101/open-data/")).text
    for kind in ("public_services", "entrusted_powers"):
        for name, field in kind_called(kind).resource.fields.items():
            assert name in text
            assert field.column_name in text


def test_addresses_on_the_page_lead_to_files(client, portal):
    County.objects.update(data_licence="")
    page = Page(client.get("/990101/open-data/"))
    assert "未登记" in page.text
    files = [link for link in page.links if link.endswith((".csv", ".xlsx", ".json"))]
    assert len(files) == 7
    assert {status(client, link) for link in files} == {200}
    County.objects.update(data_licence="可自由使用，须注明来源")
    County.objects.note_publication(None)
    assert "可自由使用" in Page(client.get("/990101/open-data/")).text


def test_lists_and_editions_offer_their_files(client, portal):
    for address in (LIST + "/", EDITION + "/"):
        assert EDITION + ".json" in Page(client.get(address)).links
    # With one county the front page is the county's.
    assert "/990101/open-data/" in Page(client.get("/")).links
