"""Powers when townships and departments give way, by hand and by sheet; and the page that asks before."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import succession
from accounts.choices import ReorganisationKind
from accounts.models import Event, Reorganisation, Township, TownshipSuccession
from accounts.resources import TownshipSuccessionResource
from accounts.succession import Plan, differences_of, record_reorganisation
from catalog.models import Handling, Item
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, TransferState, WithdrawalReason
from devolution.models import Assessment, Transfer, TransferTownship
from tests.devolution.conftest import DAY, END, make_paper, make_power

ON = date(2026, 7, 1)
TODAY = date(2026, 6, 1)


@pytest.fixture
def new(county) -> Township:
    return Township.objects.create(county=county, code="990102102", name="新榆镇", kind="town")


def plan_of(kind, old, new, number="北政发〔2026〕9号"):
    reorganisation = Reorganisation(county=old[0].county, kind=kind, effective_on=ON, document_number=number)
    return Plan(reorganisation, list(old), list(new))


def follow(plan, by, **answers):
    """Record the plan, with these answers and the first choice for every other difference."""
    chosen = {each.key: each.options[0].value for each in differences_of(plan) if each.options}
    return record_reorganisation(plan=plan, answers={**chosen, **answers}, by=by, today=TODAY)


def confirm(rows, by, on=ON, **options):
    return lifecycle.hand_down(
        transfers=[row.transfer for row in rows],
        by=by,
        valid_from=on,
        townships=[row.township for row in rows],
        **options,
    )


def assess(rows, by):
    for row in rows:
        assessment = Assessment(township=row.township, assessed_on=DAY, officers=2)
        lifecycle.assess(assessment=assessment, by=by, rows=[row])


@pytest.mark.parametrize("number", ["北政发〔2026〕9号", ""])
def test_in_a_merger_powers_end_and_wait_for_the_one_that_follows(running, elm, willow, new, editor, number):
    plan = plan_of(ReorganisationKind.MERGER, [elm, willow], [new], number)
    assert not differences_of(plan)  # both exercise it by one paper
    follow(plan, editor)
    assert not TransferTownship.objects.in_force(ON).exists()
    ended = elm.receipts.get()
    assert (ended.withdrawal_reason, ended.valid_to) == (WithdrawalReason.REORGANISATION, ON)
    assert (ended.withdrawal.number if ended.withdrawal else "") == number
    waiting = new.receipts.get()
    assert (waiting.state, waiting.follows.successor) == (TransferState.PREPARED, new)
    assert TransferTownship.objects.awaiting_confirmation().get() == waiting


def test_what_only_one_part_exercises_is_asked(running_delegation, elm, willow, new, editor):
    plan = plan_of(ReorganisationKind.MERGER, [elm, willow], [new])
    (asked,) = differences_of(plan)
    assert [option.value for option in asked.options] == [elm.code, "none"]
    with pytest.raises(ValidationError):
        record_reorganisation(plan=plan, answers={}, by=editor, today=TODAY)
    assert not TownshipSuccession.objects.exists()
    assert TransferTownship.objects.in_force(ON).exists()
    follow(plan, editor, **{asked.key: "none"})
    assert not new.receipts.exists()
    assert not TransferTownship.objects.in_force(ON).exists()


def test_a_split_prepares_for_each_that_follows(running, elm, willow, new, county, editor):
    other = Township.objects.create(county=county, code="990102103", name="东榆镇", kind="town")
    follow(plan_of(ReorganisationKind.SPLIT, [elm], [new, other]), editor)
    waiting = TransferTownship.objects.awaiting_confirmation()
    assert {row.township for row in waiting} == {new, other}
    assert {row.township for row in TransferTownship.objects.in_force(ON)} == {willow}


def test_what_was_taken_back_from_a_later_day_on_ends_with_its_township(
    running, elm, willow, new, editor, withdrawal, forestry
):
    later = {"on": date(2026, 9, 1), "department": forestry, "reason": WithdrawalReason.EVALUATION}
    lifecycle.withdraw(rows=elm.receipts.all(), by=editor, instrument=withdrawal, **later)
    follow(plan_of(ReorganisationKind.MERGER, [elm, willow], [new]), editor)
    assert not TransferTownship.objects.in_force(ON).exists()
    assert elm.receipts.get().withdrawal_reason == WithdrawalReason.EVALUATION


def test_powers_that_follow_are_confirmed_by_their_own_document_or_by_one_for_all(
    running, elm, willow, new, editor, county
):
    follow(plan_of(ReorganisationKind.MERGER, [elm, willow], [new]), editor)
    rows = list(TransferTownship.objects.awaiting_confirmation())
    paper = make_paper(county, InstrumentKind.COUNTY_NOTICE, "北政发〔2026〕10号", valid_to=date(2027, 1, 1))
    with pytest.raises(ValidationError):  # nobody has assessed the township yet
        confirm(rows, editor, confirmation=paper)
    assess(rows, editor)
    with pytest.raises(ValidationError):  # it follows from its day on only
        confirm(rows, editor, on=date(2026, 6, 30), confirmation=paper)
    confirm(rows, editor, confirmation=paper)
    row = new.receipts.get()
    assert (row.state, row.confirmation) == (TransferState.IN_FORCE, paper)
    assert row.valid_to == date(2027, 1, 1)  # of both papers the one that ends first


def test_one_by_one_the_power_goes_on_under_its_own_paper(running, elm, willow, new, editor):
    follow(plan_of(ReorganisationKind.MERGER, [elm, willow], [new]), editor)
    rows = list(TransferTownship.objects.awaiting_confirmation())
    assess(rows, editor)
    confirm(rows, editor)
    assert (new.receipts.get().valid_to, new.receipts.get().confirmation) == (END, None)


def test_one_paper_for_all_confirms_nothing_else(entrusted, ready, editor, county, withdrawal):
    paper = make_paper(county, InstrumentKind.COUNTY_NOTICE, "北政发〔2026〕10号")
    rows = list(ready(entrusted).receipts.all())
    for wrong in (paper, withdrawal):
        with pytest.raises(ValidationError):
            confirm(rows, editor, confirmation=wrong)
    assert not TransferTownship.objects.put_in_force().exists()


def test_a_township_that_gave_way_receives_nothing_by_hand(entrusted, ready, elm, willow, new, editor):
    follow(plan_of(ReorganisationKind.MERGER, [willow], [new]), editor)
    transfer = ready(entrusted)
    lifecycle.add_townships(transfer=transfer, townships=[willow], by=editor)
    with pytest.raises(ValidationError):
        lifecycle.take_over_as_found(transfers=[transfer], by=editor, since=ON, document="目录")
    with pytest.raises(ValidationError):
        lifecycle.hand_down(transfers=[transfer], by=editor, valid_from=ON)
    assert not TransferTownship.objects.put_in_force().exists()
    taken = lifecycle.take_over_as_found(
        transfers=[transfer], by=editor, since=DAY, document="目录", townships=[willow, elm]
    )
    # Before its day it may still exercise what it was found with, and no longer than it stands.
    assert {row.township: row.valid_to for row in taken.rows} == {elm: END, willow: ON}


def test_a_departments_powers_are_held_by_the_one_that_follows_it(running, forestry, water, editor):
    plan = plan_of(ReorganisationKind.MERGER, [forestry], [water])
    follow(plan, editor)
    running.power.refresh_from_db()
    assert running.power.department == forestry  # the day is still to come
    succession.carry_out_due(county=forestry.county, on=ON, by=editor)
    running.power.refresh_from_db()
    assert running.power.department == water
    assert running.power.history.first().history_user == editor


def test_departments_with_one_power_in_force_twice_do_not_merge(
    running, water, forestry, elm, editor, ready, county
):
    twin = make_power(water, running.power.name, bases=[("森林法", "76(2)"), ("行政处罚法", "20")])
    paper = make_paper(county, InstrumentKind.ENTRUSTMENT, "北水委〔2025〕1号", valid_to=END)
    transfer = Transfer(power=twin, instrument=paper, mode=Mode.ENTRUSTED, authority="立案")
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    lifecycle.hand_down(transfers=[ready(transfer)], by=editor, valid_from=DAY)
    with pytest.raises(ValidationError, match=elm.name):
        differences_of(plan_of(ReorganisationKind.MERGER, [forestry], [water]))


def test_a_split_department_is_asked_of_every_power(running, forestry, water, county, editor):
    third = county.departments.create(name="县园林局", line="government")
    plan = plan_of(ReorganisationKind.SPLIT, [forestry], [water, third])
    (asked,) = [each for each in differences_of(plan) if each.key.startswith("holder:")]
    record_reorganisation(plan=plan, answers={asked.key: str(third.pk)}, by=editor, today=ON)
    running.power.refresh_from_db()
    assert running.power.department == third


def test_exceptions_of_the_parts_are_asked_and_handed_on(elm, willow, new, county, editor):
    item = Item.objects.create(county=county, number=1)
    Handling.objects.create(item=item, township=elm, valid_from=DAY, hours="周一至周五")
    plan = plan_of(ReorganisationKind.MERGER, [elm, willow], [new])
    (asked,) = differences_of(plan)
    assert [option.value for option in asked.options] == [elm.code, willow.code]
    follow(plan, editor)
    assert elm.handlings.get().valid_to == ON
    row = new.handlings.get()
    assert (row.valid_from, row.hours) == (ON, "周一至周五")
    assert row.history.get().history_user == editor


# --- The page ---


def sent(elm, willow, new, **values):
    return {
        "of": "townships",
        "kind": "merger",
        "predecessors": [elm.pk, willow.pk],
        "successors": [new.pk],
        "effective_on": ON.isoformat(),
        "document_number": "北政发〔2026〕9号",
        **values,
    }


def test_the_page_lists_asks_and_stores_with_one_confirmation(
    client, running_delegation, elm, willow, new, editor
):
    client.force_login(editor)
    address = reverse("admin:accounts_reorganisation_add")
    page = client.get(address, sent(elm, willow, new))
    assert not page.context["form"].errors
    assert running_delegation.power.name in page.content.decode()
    unanswered = client.post(address, sent(elm, willow, new))
    assert unanswered.status_code == 200
    assert not Reorganisation.objects.exists()
    (asked,) = page.context["answers"].asked
    response = client.post(address, sent(elm, willow, new, **{asked.key: elm.code}))
    assert response.status_code == 302
    assert new.receipts.get().state == TransferState.PREPARED
    listed = client.get(response.url).content.decode()
    assert "榆树镇、柳河镇 → 新榆镇" in listed
    row = Reorganisation.objects.get()
    assert client.get(reverse("admin:accounts_reorganisation_change", args=[row.pk])).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"predecessors": ["x"]}, {"successors": []}, {"effective_on": "2026-13-01"}]
)
def test_the_page_answers_nonsense_with_a_sentence(client, elm, willow, new, editor, wrong):
    client.force_login(editor)
    page = client.post(reverse("admin:accounts_reorganisation_add"), sent(elm, willow, new, **wrong))
    assert page.status_code == 200
    assert page.context["form"].errors


def test_townships_of_another_county_are_no_choice(client, elm, willow, new, editor, other_county):
    stranger = Township.objects.create(county=other_county, code="990101100", name="谷雨镇", kind="town")
    client.force_login(editor)
    page = client.post(
        reverse("admin:accounts_reorganisation_add"), sent(elm, willow, new, predecessors=[stranger.pk])
    )
    assert page.context["form"].errors["predecessors"]


def test_on_the_day_the_editor_carries_out_what_is_due(
    client, running, forestry, water, editor, approver, clock
):
    follow(plan_of(ReorganisationKind.MERGER, [forestry], [water]), editor)
    clock("2026-07-01 08:00")
    address = reverse("admin:accounts_reorganisation_carry_out")
    client.force_login(approver)
    assert client.post(address).status_code == 404
    client.force_login(editor)
    assert address in client.get(reverse("admin:accounts_reorganisation_changelist")).content.decode()
    client.post(address)
    running.power.refresh_from_db()
    assert running.power.department == water


# --- By sheet ---


def test_a_succession_from_a_sheet_moves_what_apps_keep(county, elm, willow, monkeypatch):
    moved = []
    mover = succession.Mover("x", lambda plan, by: moved.append(plan.predecessors[0]) or 1)
    monkeypatch.setattr(succession.reorganising, "movers", [mover])
    resource = TownshipSuccessionResource(county=county)
    rows = {"乡镇沿革": [(1, ["原乡镇", "新乡镇", "生效日期"]), (2, ["榆树镇", "柳河镇", "2026-01-01"])]}
    resource.import_data(resource.dataset(rows), raise_errors=True)
    assert TownshipSuccession.objects.exists()
    assert moved == [elm]
    assert Event.objects.filter(action="succession").count() == 1


def test_a_sheet_cannot_be_asked(running_delegation, county, elm, willow):
    """The parts differ, so the row is refused, and nothing of it stays."""
    willow.villages.create(code="990102101201", name="东村")
    resource = TownshipSuccessionResource(county=county)
    rows = {"乡镇沿革": [(1, ["原乡镇", "新乡镇", "生效日期"]), (2, ["榆树镇", "柳河镇", "2026-01-01"])]}
    dataset = resource.dataset(rows)
    assert resource.problems(dataset, resource.store(dataset))
    assert not TownshipSuccession.objects.exists()
    assert elm.receipts.get().state == TransferState.IN_FORCE


def test_typing_a_succession_leads_to_the_page_that_asks(client, editor):
    client.force_login(editor)
    response = client.get(reverse("admin:accounts_townshipsuccession_add"))
    assert response.url == reverse("admin:accounts_reorganisation_add")
