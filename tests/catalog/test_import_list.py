"""`manage.py import_list`: the report field by field against what a reader finds, and the exit status."""

import json
from collections import Counter

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Department, Office, Township
from catalog.models import Edition, Entry, Item
from tests import factories
from tests.catalog.workbooks import FOLDER, expected, real, service_rows, written

REAL_LISTS = {
    "service_items": "public_services",
    "basic_duties": "basic_duties",
    "delegated_powers": "delegated_powers",
    "entrusted_powers": "entrusted_powers",
}


@pytest.fixture
def beiyuan(other_county):
    """北原县 with the departments its lists of powers name."""
    names = set()
    for name in ("delegated_powers", "entrusted_powers"):
        names |= expected(name)["department_counts"].keys()
    for town in expected("entrusted_powers")["township_names_used"]:
        factories.make_township(other_county, name=town)
    Department.objects.bulk_create([Department(county=other_county, name=name) for name in sorted(names)])
    return other_county


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command on a file or on bytes; gives the exit status and the report."""

    def run(source, *arguments, county="990101", kind="public_services"):
        path = FOLDER / f"{source}.xlsx" if isinstance(source, str) else tmp_path / "清单.xlsx"
        if isinstance(source, bytes):
            path.write_bytes(source)
        out = tmp_path / "report.json"
        with pytest.raises(SystemExit) as end:
            call_command(
                "import_list", str(path), "--county", county, "--kind", kind, "--report", str(out), *arguments
            )
        capsys.readouterr()
        return end.value.code, json.loads(out.read_text(encoding="utf-8"))

    return run


@pytest.mark.parametrize("name", REAL_LISTS)
def test_a_real_list_reads_as_a_person_reads_it(name, run, qinghe, beiyuan):
    county = "990101" if name == "service_items" else "990102"
    status, report = run(name, "--dry-run", county=county, kind=REAL_LISTS[name])
    wanted = expected(name)
    rows = [row["fields"] for row in report["rows"]]
    # Two rows of it would entrust coercion, which the law refuses.
    assert status == (1 if name == "entrusted_powers" else 0)
    assert len(rows) == wanted["item_count"]
    assert report["title"].startswith(wanted["list_title"][:12])
    assert report["document_number"] == wanted.get("doc_number")
    assert report["header_rows"] == wanted.get("header_rows_1based", [wanted.get("header_row_1based")])
    for place, index in (("first", 0), ("middle", wanted["middle_index_0based"]), ("last", -1)):
        told = {key: value for key, value in wanted[place].items() if key != "mode"}
        assert {key: rows[index][key] for key in told} == told
    counted = {
        "domain_counts": "domain",
        "power_type_counts": "power_type",
        "department_counts": "department",
    }
    for key, field in counted.items():
        if key in wanted:
            assert Counter(row[field] for row in rows) == wanted[key]


def test_every_row_of_the_sheet_is_an_item_or_has_its_reason(run, qinghe):
    _, report = run("service_items", "--dry-run")
    reasons = Counter(row["reason"] for row in report["ignored"])
    assert reasons == {"title": 1, "document_number": 1, "header": 1, "note": 3}


def test_a_legal_basis_stands_as_text_and_in_parts(run, qinghe):
    _, report = run("service_items", "--dry-run")
    first = report["rows"][0]["fields"]
    assert first["legal_basis"] == "《中华人民共和国义务教育法》第十一条第二款"
    assert first["legal_bases"][0]["articles"] == ["11(2)"]


def test_a_dry_run_stores_nothing(run, qinghe):
    run("service_items", "--dry-run")
    assert not Edition.objects.exists()


def test_an_import_becomes_a_draft_with_57_entries_and_codes(run, qinghe):
    status, report = run("service_items", "--set", "effective_on=2025-07-01")
    edition = Edition.objects.get()
    assert status == 0
    assert report["counts"] == {"new": 57, "changed": 0, "unchanged": 0, "refused": 0, "gone": 0}
    assert edition.state == "draft"
    assert edition.document_number == "青政办发〔2025〕12号"
    assert edition.effective_on.isoformat() == "2025-07-01"
    assert list(edition.entries.values_list("item__number", flat=True)) == list(range(1, 58))


def test_the_same_file_again_is_57_unchanged(run, qinghe):
    run("service_items")
    _, report = run("service_items")
    assert report["counts"] == {"new": 0, "changed": 0, "unchanged": 57, "refused": 0, "gone": 0}
    assert Item.objects.count() == 57


def test_stated_values_win_over_the_sheet(run, qinghe):
    run("service_items", "--set", "document_number=青政发〔2026〕3号")
    assert Edition.objects.get().document_number == "青政发〔2026〕3号"


def test_rows_refused_are_reported_in_full_and_nothing_is_stored(run, qinghe):
    Office.objects.all().delete()
    factories.make_office(Township.objects.get(), "值班室")
    status, report = run("service_items")
    assert status == 1
    assert {row["verdict"] for row in report["rows"]} == {"refused"}
    assert report["rows"][0]["fields"]["responsible_unit"] == "公共服务中心"
    assert not Edition.objects.exists()


def test_a_heading_above_may_say_what_it_names(run, qinghe):
    town = Township.objects.get().name
    heading = ["序号", "项目名称", "服务对象"]
    rows = [["责任部门：县民政局"], [1, "低保申请", "居民"], [f"承接乡镇：{town}"], [2, "殡葬", "居民"]]
    status, report = run(written(rows, heading=heading), "--dry-run")
    (first, second) = [row["fields"] for row in report["rows"]]
    assert status == 0
    assert (first["department"], second["receiving_body"]) == ("县民政局", town)


def test_a_county_that_keeps_no_names_yet_cannot_call_one_wrong(run, qinghe):
    Office.objects.all().delete()
    Department.objects.all().delete()
    heading = ["序号", "项目名称", "责任部门", "责任单位", "承接主体"]
    rows = [[1, "低保申请", "县民政局", "民政办", "东岗镇"], [2, "殡葬", "无", "—", "/"]]
    Township.objects.all().delete()
    status, report = run(written(rows, heading=heading))
    said = {message["code"] for message in report["messages"]}
    assert (status, said) == (0, {"no_departments_kept", "no_offices_kept", "no_townships_kept"})
    assert report["rows"][0]["fields"]["responsible_unit"] == "民政办"
    assert [row["fields"]["department"] for row in report["rows"]] == ["县民政局", ""]


def test_an_office_the_county_lacks_is_named_with_the_nearest(run, qinghe):
    rows = service_rows()
    rows[0][4] = "公共服务中兴"
    status, report = run(written(rows))
    (message,) = [one for one in report["messages"] if one["level"] == "error"]
    assert status == 1
    assert (message["code"], message["cell"]) == ("unknown_unit", "E3")
    assert "公共服务中兴" in message["text"]
    assert "公共服务中心" in message["text"]


def test_a_file_that_is_no_workbook_is_status_2(run, qinghe):
    status, report = run(b"%PDF-1.7 not a workbook")
    assert status == 2
    assert report["rows"] == []
    assert report["messages"][0]["text"]


def test_a_sheet_without_a_header_is_status_2(run, qinghe):
    status, report = run(written([["没有", "表头"]], heading=["一句话"]))
    assert status == 2
    assert "no_header" in {message["code"] for message in report["messages"]}


def test_one_department_is_replaced_and_the_rest_carried_over(run, qinghe):
    heading = ["序号", "项目名称", "责任部门"]
    before = [[1, "低保申请", "县民政局"], [2, "资助申请", "县教育局"], [3, "用地审批", "县自然资源局"]]
    run(written(before, heading=heading))
    after = [[1, "低保申请受理", "县民政局"]]
    status, report = run(written(after, heading=heading), "--only", "县民政局")
    assert status == 0
    assert report["counts"] == {"new": 1, "changed": 0, "unchanged": 2, "refused": 0, "gone": 1}
    newest = Edition.objects.latest("pk")
    assert set(newest.entries.values_list("name", flat=True)) == {"低保申请受理", "资助申请", "用地审批"}


def test_rows_of_other_departments_are_left_out_and_said_so(run, qinghe):
    heading = ["序号", "项目名称", "责任部门"]
    rows = [[1, "低保申请", "县民政局"], [2, "资助申请", "县教育局"]]
    _, report = run(written(rows, heading=heading), "--only", "县民政局")
    assert [row["fields"]["name"] for row in report["rows"]] == ["低保申请"]
    assert [row["text"] for row in report["ignored"] if row["reason"] == "other_department"] == ["资助申请"]


def test_a_file_of_few_departments_is_asked_for_its_coverage(run, qinghe):
    heading = ["序号", "项目名称", "责任部门"]
    before = [[1, "低保申请", "县民政局"], [2, "资助申请", "县教育局"], [3, "用地审批", "县自然资源局"]]
    run(written(before, heading=heading))
    _, report = run(written(before[:1], heading=heading), "--dry-run")
    assert (report["suggested_only"], report["counts"]["gone"]) == (["县民政局"], 2)
    _, report = run(written(before[:1], heading=heading), "--dry-run", "--only", "县民政局")
    assert (report["suggested_only"], report["only"], report["counts"]["gone"]) == ([], ["县民政局"], 0)
    _, report = run(written(before[:2], heading=heading), "--dry-run")
    assert report["suggested_only"] == []


def test_a_file_without_rows_of_the_named_department_says_so(run, qinghe):
    heading = ["序号", "项目名称", "责任部门"]
    status, report = run(written([[1, "资助申请", "县教育局"]], heading=heading), "--only", "县民政局")
    (message,) = [one for one in report["messages"] if one["level"] == "error"]
    assert (status, message["code"]) == (1, "no_rows_of_only")
    assert "县民政局" in message["text"]
    assert "县教育局" in message["text"]
    assert not Edition.objects.exists()


def test_columns_are_named_on_the_command_line(run, qinghe):
    heading = ["序号", "办什么", "责任单位", "盖章情况", "服务对象"]
    rows = written([[1, "低保申请", "公共服务中心", "已盖", "居民"]], heading=heading)
    assert run(rows, "--dry-run")[0] == 1
    status, report = run(rows, "--map", "办什么=name", "--map", "D=-", "--map", "服务对象=")
    entry = Entry.objects.get()
    assert (status, report["columns"]["办什么"]) == (0, "name")
    assert (entry.name, entry.service_target, entry.details) == ("低保申请", "", {"服务对象": "居民"})


@pytest.mark.parametrize(
    "arguments",
    [
        ("--kind", "public_services", "--county", "000000"),
        ("--kind", "no_such_kind", "--county", "990101"),
        ("--kind", "purchase_guide", "--county", "990101"),
        ("--kind", "public_services", "--county", "990101", "--set", "state=announced"),
        ("--kind", "public_services", "--county", "990101", "--set", "made_on=gestern"),
        ("--kind", "public_services", "--county", "990101", "--only", "县气象局"),
        ("--kind", "public_services", "--county", "990101", "--township", "990101999"),
        ("--kind", "public_services", "--county", "990101", "--map", "办什么=no_such_field"),
    ],
)
def test_what_the_command_cannot_take_is_said_with_status_2(arguments, qinghe):
    with pytest.raises(CommandError) as problem:
        call_command("import_list", str(FOLDER / "service_items.xlsx"), *arguments)
    assert problem.value.returncode == 2


def test_a_missing_file_is_said_with_status_2(qinghe):
    with pytest.raises(CommandError) as problem:
        call_command("import_list", "no_such.xlsx", "--county", "990101", "--kind", "public_services")
    assert problem.value.returncode == 2


def test_a_list_of_one_township_stands_beside_the_countys(run, qinghe):
    township = Township.objects.get()
    run("service_items", "--township", township.code)
    assert Edition.objects.get().list.township == township


def test_entries_keep_every_value_the_report_shows(run, qinghe):
    _, report = run(real("service_items"))
    entry = Entry.objects.get(serial=29)
    fields = report["rows"][28]["fields"]
    assert entry.name == fields["name"]
    assert entry.power_type_name == fields["power_type"]
    assert entry.category_name == fields["domain"]
    assert entry.responsible_unit == fields["responsible_unit"]
    assert entry.service_target == fields["service_target"]
    assert entry.bases.get().document_number == "残联发〔2017〕34号"


def test_a_report_without_a_folder_is_said_before_anything_is_stored(qinghe, tmp_path):
    arguments = [
        "--county",
        "990101",
        "--kind",
        "public_services",
        "--report",
        str(tmp_path / "no" / "out.json"),
    ]
    with pytest.raises(CommandError) as problem:
        call_command("import_list", str(FOLDER / "service_items.xlsx"), *arguments)
    assert problem.value.returncode == 2
    assert not Edition.objects.exists()
