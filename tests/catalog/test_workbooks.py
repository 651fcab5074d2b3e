"""Workbooks laid out as counties do, through the real command, against what a person reads in them."""

import json
from collections import Counter

import pytest
from django.core.management import call_command

from accounts.models import Department
from tests import factories
from tests.catalog.workbooks import FOLDER

# The four older files are held against theirs in test_import_list.
CASES = {
    path.name.removesuffix(".expected.json"): wanted
    for path in sorted(FOLDER.glob("*.expected.json"))
    if "ignored" in (wanted := json.loads(path.read_text(encoding="utf-8")))
}
everyone = pytest.mark.parametrize("case", CASES)


@pytest.fixture
def report_on(county, township, tmp_path, capsys):
    """Read a case's file in a county that has what it names; gives the exit status and the report."""

    def report_on(case):
        wanted = CASES[case]
        Department.objects.bulk_create(
            [Department(county=county, name=name) for name in wanted["departments"]]
        )
        for name in wanted.get("townships", []):
            factories.make_township(county, name=name)
        for name in wanted["offices"]:
            factories.make_office(township, name)
        out = tmp_path / "report.json"
        options = ["--county", county.code, "--kind", wanted["kind"], "--dry-run", "--report", str(out)]
        with pytest.raises(SystemExit) as end:
            call_command("import_list", str(FOLDER / wanted["file"]), *options)
        capsys.readouterr()
        return end.value.code, json.loads(out.read_text(encoding="utf-8"))

    return report_on


def counted(value) -> str:
    return "、".join(value) if isinstance(value, list) else value


@everyone
def test_a_workbook_reads_as_a_person_reads_it(case, report_on):
    wanted = CASES[case]
    status, report = report_on(case)
    rows = [row["fields"] for row in report["rows"]]
    assert [message for message in report["messages"] if message["level"] == "error"] == []
    assert status == 0
    for key in ("title", "document_number"):
        assert report[key] == wanted[{"title": "list_title", "document_number": "doc_number"}[key]]
    assert report["header_rows"] == wanted["header_rows_1based"]
    assert report["sheets"] == wanted.get("sheets", report["sheets"])
    assert len(rows) == wanted["item_count"]
    for place, index in (("first", 0), ("middle", wanted["middle_index_0based"]), ("last", -1)):
        assert {key: rows[index].get(key) for key in wanted[place]} == wanted[place]
    for field in ("department", "power_type"):
        if f"{field}_counts" in wanted:
            assert Counter(counted(row[field]) for row in rows) == wanted[f"{field}_counts"]


@everyone
def test_what_is_no_item_has_its_reason(case, report_on):
    _, report = report_on(case)
    assert Counter(row["reason"] for row in report["ignored"]) == CASES[case]["ignored"]


@everyone
def test_claimed_counts_are_held_against_the_rows(case, report_on):
    _, report = report_on(case)
    found = [[one["scope"], one["name"], one["claimed"], one["found"]] for one in report["declared"]]
    assert sorted(found) == sorted(CASES[case]["declared"])


@everyone
def test_only_what_is_odd_is_remarked_upon(case, report_on):
    _, report = report_on(case)
    # What the law says of a row has its own tests.
    said = {message["code"] for message in report["messages"] if "verdict" not in message}
    said -= {"unknown_category", "unknown_law"}
    assert said == set(CASES[case]["warnings"])
