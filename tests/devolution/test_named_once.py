"""One power in several rows, each for townships of its own: rows of their own, one power, each township once."""

import pytest
from django.core.exceptions import ValidationError

from catalog import publishing
from catalog.importing.planning import make_plan
from catalog.importing.report import told
from catalog.models import Entry
from devolution.models import Power, Transfer, TransferTownship
from tests.catalog.workbooks import written
from tests.devolution.catalogues import entrusted_rows
from tests.devolution.test_following import SINCE, take_over, towns

pytestmark = pytest.mark.django_db
ELM, WILLOW = {"受委托单位": "榆树镇"}, {"受委托单位": "柳河镇人民政府"}


@pytest.fixture
def draft(keep):
    """A confirmed draft of one power in two rows, for two towns."""
    return keep(entrusted_rows(ELM, WILLOW))


def of_town(draft, name):
    return draft.entries.get(receiving_body__startswith=name)


def retype(entry, editor, **values):
    for name, value in values.items():
        setattr(entry, name, value)
    publishing.write_entry(entry=entry, by=editor)


def test_a_row_for_each_township_prepares_one_transfer_to_both(draft):
    assert draft.entries.count() == 2
    assert Power.objects.count() == Transfer.objects.count() == 1
    assert towns() == ["柳河镇", "榆树镇"]


def test_a_catalogue_without_a_column_of_names_is_refused_for_that(read):
    rows = [[1, "县林业和草原局", "行政检查", "榆树镇"], [2, "县林业和草原局", "行政检查", "榆树镇"]]
    intake = read(written(rows, title="委托清单", heading=["序号", "委托机关", "权力类别", "受委托单位"]))
    assert "missing_column" in [message.code for message in intake.messages if message.level == "error"]
    assert intake.has_errors


@pytest.mark.parametrize(
    ("first", "second", "code", "cells"),
    [
        ("榆树镇", "榆树镇", "double_row", ("C4", "C3")),
        ("榆树镇、柳河镇", "柳河镇人民政府", "named_twice", ("G4", "G3")),
        ("各乡镇人民政府", "榆树镇", "named_twice", ("G4", "G3")),
    ],
)
def test_a_township_named_twice_is_refused_naming_both_cells(first, second, code, cells, read):
    intake = read(entrusted_rows({"受委托单位": first}, {"受委托单位": second}))
    (message,) = [told(message) for message in intake.messages if message.code == code]
    assert (message["level"], message["cell"]) == ("error", cells[0])
    assert cells[1] in message["text"]
    assert [taken.is_refused for taken in intake.rows] == [False, True]


def test_the_same_rows_again_are_unchanged_and_one_more_town_is_new(draft, read, keep):
    plan = make_plan(read(entrusted_rows(ELM, WILLOW)), draft)
    assert plan.counts == {"new": 0, "changed": 0, "unchanged": 2, "refused": 0, "gone": 0}
    plan = make_plan(read(entrusted_rows(WILLOW, {"受委托单位": "青山乡"}, ELM)), draft)
    assert plan.counts == {"new": 1, "changed": 0, "unchanged": 2, "refused": 0, "gone": 0}


def test_both_are_taken_over_in_one_act(draft, approver):
    take_over(approver)
    rows = TransferTownship.objects.put_in_force().order_by("township__code")
    assert [(row.township.name, row.valid_from) for row in rows] == [("榆树镇", SINCE), ("柳河镇", SINCE)]


def test_a_row_typed_over_or_removed_leaves_the_other_rows_town(draft, editor):
    retype(of_town(draft, "柳河镇"), editor, receiving_body="青山乡")
    assert towns() == ["榆树镇", "青山乡"]
    publishing.remove_entry(entry=of_town(draft, "榆树镇"), by=editor)
    assert towns() == ["青山乡"]
    assert Transfer.objects.get().entry == draft.entries.get()


def test_a_row_renamed_is_another_power_and_leaves_the_other_row_its_own(draft, editor):
    elm, willow = of_town(draft, "榆树镇"), of_town(draft, "柳河镇")
    retype(elm, editor, name="对盗伐林木的处罚")
    named = {transfer.power.name: transfer.entry for transfer in Transfer.objects.all()}
    assert named == {"对盗伐林木的处罚": elm, "对滥伐林木的处罚": willow}
    assert TransferTownship.objects.get(transfer__entry=willow).township.name == "柳河镇"


def test_a_town_typed_twice_is_refused(draft, editor):
    with pytest.raises(ValidationError, match="柳河镇"):
        retype(of_town(draft, "榆树镇"), editor, receiving_body="榆树镇、柳河镇")
    assert Entry.objects.filter(edition=draft, receiving_body="榆树镇").exists()


def test_discarding_one_of_two_drafts_leaves_what_the_other_names(draft, keep, editor):
    second = keep(entrusted_rows(WILLOW))
    publishing.discard(edition=draft, by=editor)
    assert towns() == ["柳河镇"]
    assert Transfer.objects.get().entry == second.entries.get()


@pytest.mark.parametrize(
    ("title", "receivers"), [("榆树镇承接事项清单", "榆树镇"), ("柳和镇承接事项清单", "")]
)
def test_a_title_speaks_for_a_township_of_the_county_alone(title, receivers, read):
    heading = ["序号", "事项名称", "权力类别", "委托机关"]
    rows = [[1, "对滥伐林木的处罚", "行政处罚", "县林业和草原局"]]
    intake = read(written(rows, title=title, heading=heading))
    assert [taken.values["receiving_body"] for taken in intake.rows] == [receivers]
    assert not intake.refused


def test_how_many_powers_a_township_takes_on_is_no_part_of_its_name(read):
    intake = read(entrusted_rows({"受委托单位": "榆树镇（2个）、柳河镇(1项)"}))
    assert intake.rows[0].values["receiving_body"] == "榆树镇、柳河镇"
    assert not intake.refused
