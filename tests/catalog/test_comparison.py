"""An edition beside the one before it: what is shown as new, changed, renamed, split and gone."""

import hashlib
import json
from datetime import date

import pytest

from catalog import publishing
from catalog.comparison import compare
from catalog.models import Suggestion
from catalog.models.entry import digest_of
from tests.catalog.workbooks import service_rows, written

ODD = 'a"\\/\n\t\x00\x7f\u2028\ue000é😀低保'
HEADING = ["序号", "项目名称", "责任部门", "职权类别"]


@pytest.mark.parametrize("details", [{}, {"b": ODD, "a": [1, None], ODD: {"value": 2.5, "unit": "年"}}])
def test_the_digest_of_an_entry_is_that_of_its_json(details):
    printed = ["", ODD, "02", details]
    text = json.dumps(printed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest_of(printed) == hashlib.sha256(text.encode()).hexdigest()


def small(*rows):
    return written([list(row) for row in rows], heading=HEADING)


def suggested(edition, name, before):
    """The suggestion that the row of this name was the item of that name."""
    for suggestion in Suggestion.objects.filter(entry__edition=edition, entry__name=name):
        if edition.base.entries.get(item=suggestion.item).name == before:
            return suggestion
    raise AssertionError(f"{name} ← {before} was not suggested")


def test_a_first_edition_is_all_new(imported):
    comparison = compare(imported(small([1, "生育登记", "", "公共服务"])))
    assert comparison.counts == {"new": 1, "changed": 0, "unchanged": 0, "gone": 0}


def test_a_changed_field_shows_both_sides(announced, imported):
    announced(small([1, "生育登记", "县民政局", "公共服务"]))
    (change,) = compare(imported(small([1, "生育登记", "县民政局", "行政确认"]))).changed
    (field,) = change.fields
    assert (field.before, field.after) == ("公共服务", "行政确认")


def test_a_new_serial_alone_changes_nothing(announced, imported):
    announced(small([1, "生育登记", "县民政局", "公共服务"]))
    comparison = compare(imported(small([7, "生育登记", "县民政局", "公共服务"])))
    assert comparison.counts["unchanged"] == 1


def test_another_department_is_a_move(announced, imported):
    announced(small([1, "生育登记", "县民政局", "公共服务"]))
    (change,) = compare(imported(small([1, "生育登记", "县教育局", "公共服务"]))).changed
    assert change.is_moved


def test_nothing_is_renamed_by_guess(announced, imported):
    announced(small([1, "生育登记", "县民政局", "公共服务"]))
    comparison = compare(imported(small([1, "生育登记办理", "县民政局", "公共服务"])))
    assert comparison.counts == {"new": 1, "changed": 0, "unchanged": 0, "gone": 1}


@pytest.fixture
def revised(announced, imported, clerk):
    """The real list with three rows renamed, one split in two, two removed, as the clerk says."""
    rows = service_rows()
    announced(written(rows), date(2025, 7, 1))
    renamed = {2: "困难家庭学生教育资助申请初审", 9: "城乡居民养老保险参保登记", 28: "残疾人证申请受理"}
    new_names = {name: rows[place][2] for place, name in renamed.items()}
    for place, name in renamed.items():
        rows[place][2] = name
    split_name = rows[19][2]
    halves = ["特困人员救助供养申请受理", "特困人员救助供养初审"]
    rows[19:20] = [[*rows[19][:2], half, *rows[19][3:]] for half in halves]
    removed = {rows[51][2], rows[56][2]}
    rows = [row for row in rows if row[2] not in removed]
    draft = imported(written(rows))
    for name, before in new_names.items():
        publishing.decide(suggestion=suggested(draft, name, before), decision="renamed", by=clerk)
    for half in halves:
        publishing.decide(suggestion=suggested(draft, half, split_name), decision="split", by=clerk)
    return draft, new_names, split_name, halves, removed


def assert_shown_as_said(comparison, new_names, split_name, halves, removed):
    assert {(change.before.name, change.entry.name) for change in comparison.renamed} == {
        (before, name) for name, before in new_names.items()
    }
    assert {(kinship.before.name, kinship.entry.name) for kinship in comparison.kinships} == {
        (split_name, half) for half in halves
    }
    assert {entry.name for entry in comparison.gone} == removed
    assert comparison.new == []
    assert len(comparison.unchanged) == 57 - 3 - 1 - 2


def test_renamed_split_and_removed_rows_are_shown_as_such(revised):
    draft, *said = revised
    assert_shown_as_said(compare(draft), *said)


def test_the_confirmed_draft_shows_the_same(revised, clerk):
    draft, *said = revised
    assert_shown_as_said(compare(publishing.confirm(edition=draft, by=clerk)), *said)


def test_undecided_pairs_stay_new_and_gone(revised, clerk):
    draft, new_names, *_ = revised
    name, before = next(iter(new_names.items()))
    publishing.decide(suggestion=suggested(draft, name, before), decision="", by=clerk)
    comparison = compare(draft)
    assert [entry.name for entry in comparison.new] == [name]
    assert before in {entry.name for entry in comparison.gone}


def test_comparing_costs_the_same_for_one_entry_and_a_hundred(announced, imported, django_assert_num_queries):
    rows = [[number, f"事项{number}", "县民政局", "公共服务"] for number in range(1, 101)]
    announced(small(*rows))
    one, hundred = imported(small(rows[0])), imported(small(*rows))
    for draft in (one, hundred):
        with django_assert_num_queries(8):  # decisions, successions, 4 kinds of differences, 2 counts
            compare(draft)
