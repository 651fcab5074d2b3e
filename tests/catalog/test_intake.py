"""Bad input: each is refused or flagged with a sentence naming the cell, and nothing is stored."""

from datetime import date

import pytest
import tablib
from django.core.exceptions import ValidationError

from catalog import publishing
from catalog.importing import report
from catalog.importing.drafts import store_draft
from catalog.importing.planning import make_plan
from catalog.kinds import kind_called
from catalog.models import Edition
from tests.catalog.workbooks import HEADING, real, written


def row(name="低保申请", power_type="行政给付", unit="公共服务中心", basis="", serial=1):
    return [serial, "基本社会服务", name, power_type, unit, "", basis, ""]


def only_message(intake, code):
    (message,) = [message for message in intake.messages if message.code == code]
    return report.told(message)


def test_an_empty_name_is_refused_at_its_cell(read):
    message = only_message(read(written([row(), row(name="", serial=2)])), "empty_name")
    assert (message["level"], message["cell"]) == ("error", "C4")


def test_an_unknown_power_type_is_refused_with_the_nearest(read):
    message = only_message(read(written([row(power_type="行政许司")])), "unknown_power_type")
    assert (message["level"], message["cell"]) == ("error", "D3")
    assert "行政许可" in message["text"]


def test_a_power_type_may_say_how_many_items_it_has(read):
    assert read(written([row(power_type="行政给付（3项）")])).rows[0].fields["power_type"] == "行政给付"


@pytest.mark.parametrize("printed", ["行政许可/行政确认", "行政许可、确认", "行政许可\n行政确认类"])
def test_of_several_power_types_the_first_is_read_and_the_words_stay(read, printed):
    intake = read(written([row(power_type=printed)]))
    message = only_message(intake, "several_power_types")
    assert (message["level"], message["cell"]) == ("warning", "D3")
    taken = intake.rows[0]
    assert (taken.fields["power_type"], taken.values["power_type"]) == ("行政许可", "01")
    assert taken.details == {"权力类型": printed.replace("\n", "")}
    assert not intake.has_errors


def test_words_of_types_without_end_are_told_at_once(read):
    assert only_message(read(written([row(power_type="其他类" * 60 + "x")])), "unknown_power_type")


@pytest.mark.parametrize("heading", ["市内通办", "县域通办", "区内代办"])
def test_how_things_are_done_is_no_department(read, heading):
    content = written([[f"一、{heading}", None], [1, "参保登记"]], heading=["序号", "项目名称"])
    assert read(content).rows[0].fields["domain"] == heading


def test_two_rows_alike_are_refused_naming_both_cells(read):
    message = only_message(read(written([row(), row(serial=2)])), "double_row")
    assert message["cell"] == "C4"
    assert "C3" in message["text"]


def test_the_same_name_in_two_offices_is_no_double(read):
    assert not read(written([row(), row(unit="综合办公室", serial=2)])).has_errors


def test_a_name_too_long_for_its_place_is_refused(read):
    message = only_message(read(written([row(name="长" * 501)])), "too_long")
    assert message["cell"] == "C3"


def test_a_basis_nobody_can_parse_is_kept_and_flagged(read):
    intake = read(written([row(basis="按上级有关要求执行")]))
    message = only_message(intake, "basis_not_understood")
    assert (message["level"], message["cell"]) == ("warning", "G3")
    assert intake.rows[0].fields["legal_basis"] == "按上级有关要求执行"
    assert not intake.has_errors


def test_a_category_the_policy_lacks_is_kept_and_said_once(read):
    rows = [row(), row(name="生育登记", serial=2)]
    for one in rows:
        one[1] = "太空服务"
    message = only_message(read(written(rows[:1])), "unknown_category")
    assert message["level"] == "warning"
    assert read(written(rows)).rows[1].values["category_name"] == "太空服务"


def test_columns_nobody_knows_stay_with_the_entry(read):
    intake = read(written([[*row(), "绿色通道"]], heading=[*HEADING, "特别说明栏目甲"]))
    assert intake.rows[0].details == {"特别说明栏目甲": "绿色通道"}


def test_further_columns_are_kept_by_name(read):
    intake = read(written([[*row(), "20个工作日"]], heading=[*HEADING, "承诺办结时限"]))
    assert intake.rows[0].fields["promised_limit"] == {"value": 20, "unit": "工作日"}
    assert intake.rows[0].fields["promised_limit_printed"] == "20个工作日"


def test_a_group_row_gives_the_field_of_service(read):
    content = written([["一、社会保险服务（1项）", None], [1, "参保登记"]], heading=["序号", "项目名称"])
    assert read(content).rows[0].fields["domain"] == "社会保险服务"


@pytest.mark.parametrize("heading", ["责任部门：县粮食局（1项）", "一、县粮食局"])
def test_a_group_row_that_reads_like_a_department_names_one(read, heading):
    content = written([[heading], row()])
    assert read(content).rows[0].fields["department"] == "县粮食局"


def test_a_group_row_can_be_a_power_type(read):
    content = written([["一、行政许可（1项）", None], [1, "用地审批"]], heading=["序号", "项目名称"])
    assert read(content).rows[0].fields["power_type"] == "行政许可"


def test_nothing_is_stored_while_a_row_is_refused(imported):
    with pytest.raises(ValidationError):
        imported(written([row(), row(name="", serial=2)]))
    assert not Edition.objects.exists()


def test_leaving_out_refused_rows_turns_their_errors_into_warnings(read):
    intake = read(written([row(), row(name="", serial=2), row(name="生育登记", serial=3)]))
    intake.leave_out_refused()
    assert not intake.has_errors
    assert [taken.fields["name"] for taken in intake.rows] == ["低保申请", "生育登记"]
    assert only_message(intake, "empty_name")["level"] == "warning"


def test_a_list_of_refused_rows_alone_stays_an_error(read):
    intake = read(written([row(name="")]))
    intake.leave_out_refused()
    assert intake.has_errors


@pytest.mark.parametrize("printed", ["99999999个工作日", "40000"])
def test_a_limit_nobody_can_mean_is_kept_in_words_alone(printed, read):
    intake = read(written([[*row(), printed]], heading=[*HEADING, "承诺办结时限"]))
    assert intake.rows[0].fields["promised_limit"] is None
    assert only_message(intake, "limit_not_understood")["cell"] == "I3"


def test_an_import_tells_how_far_it_is(services, read):
    told = []

    def progress(stage, done, total):
        told.append((stage, done, total))

    plan = make_plan(read(real("service_items"), progress=progress), None, progress=progress)
    edition = store_draft(plan=plan, item_list=services, by=None, progress=progress)
    publishing.confirm(edition=edition, by=None, progress=progress)
    stages = ["read", "layout", "rows", "compare", "store", "confirm"]
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == stages
    assert {stage for stage, done, total in told if done == total} == set(stages)
    assert ("rows", 57, 57) in told


@pytest.mark.parametrize("name", [True, 12, 1e300, date(2025, 3, 1)])
def test_a_name_that_is_no_text_is_taken_and_said_to_be_none(name, read):
    message = only_message(read(written([row(name=name), row(name="生育登记", serial=2)])), "name_is_no_text")
    assert (message["level"], message["cell"]) == ("warning", "C3")


def test_a_resource_takes_no_list_by_itself():
    with pytest.raises(ValidationError, match=r"\w"):
        kind_called("public_services").resource().import_data(tablib.Dataset())


def test_entries_written_whole_are_what_the_model_would_take(imported):
    odd = [
        [place, "甲" * 100, "低保 申请\n（市级）" + "长" * place, "给付", "综合办公室", "", 2.5, True]
        for place in (1, 2)
    ]
    for content in (real("service_items"), written(odd)):
        for entry in imported(content).entries.all():
            told = entry.digest, entry.name_key
            entry.full_clean()
            assert told == (entry.compute_digest(), entry.name_key)
            for basis in entry.bases.all():
                basis.full_clean()
