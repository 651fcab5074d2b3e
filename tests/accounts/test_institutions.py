"""The workbook with all tables, and its command."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.institutions import import_institutions
from accounts.models import Department, Office, Township, Village
from accounts.spreadsheets import Unreadable
from tests.sheets import workbook

pytestmark = pytest.mark.django_db

DEMO = Path(__file__).resolve().parents[2] / "fixtures" / "demo"
SHEETS = {
    "村": [["行政区划代码", "名称", "乡镇"], ["990101100201", "东谷村", "谷雨镇"]],
    "内设机构": [["乡镇", "名称", "类型", "派出部门"], ["谷雨镇", "司法所", "派驻机构", "县司法局"]],
    "乡镇": [["行政区划代码", "名称", "类型"], ["990101100", "谷雨镇", "镇"]],
    "部门": [["名称"], ["县司法局"]],
}


@pytest.fixture
def command(tmp_path, county, capsys):
    """Run the command on a workbook: the exit status and what it said."""

    def command(content, code="990101"):
        path = tmp_path / "institutions.xlsx"
        path.write_bytes(content)
        try:
            call_command("import_institutions", str(path), county=code)
        except CommandError as error:
            return error.returncode, str(error)
        return 0, capsys.readouterr().out

    return command


def test_sheets_are_stored_in_the_order_in_which_they_need_each_other(county):
    outcomes = import_institutions(workbook(**SHEETS), county=county)
    assert [outcome.sheet for outcome in outcomes] == ["部门", "乡镇", "内设机构", "村"]
    assert Office.objects.get().sending_department.name == "县司法局"
    assert Village.objects.get().township.name == "谷雨镇"


@pytest.mark.parametrize(("name", "code"), [("qinghe", "990101"), ("beiyuan", "990102")])
def test_demo_workbooks_go_in_twice(county, other_county, name, code):
    owner = {"990101": county, "990102": other_county}[code]
    content = (DEMO / f"{name}_institutions.xlsx").read_bytes()
    assert not [problem for one in import_institutions(content, county=owner) for problem in one.problems]
    again = import_institutions(content, county=owner)
    assert sum(outcome.new + outcome.changed for outcome in again) == 0


def test_one_refused_row_keeps_everything_out(county):
    rows = [*SHEETS["内设机构"], ["无此镇", "综合办", "办公室", None]]
    outcomes = import_institutions(workbook(**{**SHEETS, "内设机构": rows}), county=county)
    assert [str(problem.row) for outcome in outcomes for problem in outcome.problems] == ["3"]
    assert not Department.objects.exists()
    assert not Township.objects.exists()


def test_command_answers_0_when_all_is_stored(command):
    status, said = command(workbook(**SHEETS))
    assert status == 0
    assert "部门" in said


def test_command_answers_1_and_names_sheet_and_row(command):
    status, said = command(workbook(**{**SHEETS, "乡镇": [*SHEETS["乡镇"], ["990102100", "榆树镇", "镇"]]}))
    assert status == 1
    assert "乡镇" in said
    assert "3" in said
    assert not Department.objects.exists()


@pytest.mark.parametrize("content", [b"", b"no workbook", workbook(["名称"], ["县司法局"])])
def test_command_answers_2_when_the_file_is_no_such_workbook(command, content):
    assert command(content)[0] == 2


def test_command_answers_2_for_a_county_that_is_not_there(command):
    assert command(workbook(**SHEETS), code="990199")[0] == 2


def test_command_answers_2_for_a_file_that_is_not_there(county, tmp_path):
    with pytest.raises(CommandError) as told:
        call_command("import_institutions", str(tmp_path / "none.xlsx"), county="990101")
    assert told.value.returncode == 2


def test_a_sheet_with_wrong_headings_is_named(county):
    with pytest.raises(Unreadable, match="部门"):
        import_institutions(workbook(部门=[["单位"], ["县司法局"]]), county=county)
