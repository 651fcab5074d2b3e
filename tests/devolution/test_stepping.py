"""The recorded steps of a paper by which powers move: obligatory ones, and what is refused without them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Event
from catalog.choices import StepKind
from devolution import lifecycle
from devolution.choices import WithdrawalReason
from devolution.models import InstrumentProcedure, InstrumentStep
from tests.devolution.conftest import DAY

TODAY = date(2026, 11, 22)


def record(paper, by, kind, done_on=DAY, **values):
    return lifecycle.record_step(instrument=paper, by=by, kind=kind, done_on=done_on, today=TODAY, **values)


@pytest.fixture
def asking(county):
    """The county asks for a legality review and an announcement of every paper."""
    return InstrumentProcedure.objects.create(county=county, needs_legality=True, needs_announcement=True)


def test_without_its_obligatory_steps_a_paper_puts_nothing_in_force(asking, entrusted, ready, editor):
    transfer, paper = ready(entrusted), entrusted.instrument
    assert lifecycle.missing_steps(paper) == [StepKind.LEGALITY, StepKind.ANNOUNCEMENT]
    record(paper, editor, StepKind.LEGALITY, number="北司审〔2025〕1号")
    with pytest.raises(ValidationError, match="公布"):
        lifecycle.hand_down(transfers=[transfer], by=editor, valid_from=DAY)
    assert not transfer.receipts.put_in_force().exists()
    record(paper, editor, StepKind.ANNOUNCEMENT)
    assert lifecycle.hand_down(transfers=[transfer], by=editor, valid_from=DAY)
    assert Event.objects.filter(action="step", by=editor).count() == 2


def test_taking_back_asks_for_the_steps_too(running, asking, editor, withdrawal, forestry):
    taken = {"rows": running.receipts.all(), "by": editor, "reason": WithdrawalReason.EVALUATION}
    taken |= {"instrument": withdrawal, "on": date(2026, 6, 1), "department": forestry}
    with pytest.raises(ValidationError):
        lifecycle.withdraw(**taken)
    for kind in (StepKind.LEGALITY, StepKind.ANNOUNCEMENT):
        record(withdrawal, editor, kind)
    assert lifecycle.withdraw(**taken)


def test_the_provinces_decision_has_gone_another_road(asking, decision):
    assert lifecycle.missing_steps(decision) == []


@pytest.mark.parametrize(
    ("kind", "done_on"), [(StepKind.WITHDRAWAL, DAY), (StepKind.REVIEW, date(2026, 11, 23))]
)
def test_a_step_that_is_none_or_still_to_come_is_refused(entrustment, editor, kind, done_on):
    with pytest.raises(ValidationError):
        record(entrustment, editor, kind, done_on)


def test_a_paper_is_decided_once_and_reviewed_by_many(entrustment, editor):
    for _department in range(2):
        record(entrustment, editor, StepKind.REVIEW)
    record(entrustment, editor, StepKind.DECISION)
    with pytest.raises(ValidationError):
        record(entrustment, editor, StepKind.DECISION)


def test_a_step_is_struck_with_a_reason_until_powers_move(entrusted, ready, editor, clerk_of_forestry):
    step = record(entrusted.instrument, editor, StepKind.DECISION)
    for by, reason in [(editor, " "), (clerk_of_forestry, "有误")]:
        with pytest.raises(ValidationError):
            lifecycle.strike_step(step=step, by=by, reason=reason)
    lifecycle.strike_step(step=step, by=editor, reason="有误")
    assert not InstrumentStep.objects.exists()
    step = record(entrusted.instrument, editor, StepKind.DECISION)
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=DAY)
    with pytest.raises(ValidationError):
        lifecycle.strike_step(step=step, by=editor, reason="有误")


def test_the_road_of_a_paper_in_the_admin(client, asking, entrustment, editor, clerk_of_forestry, clock):
    clock("2026-11-22 12:00")
    address = reverse("admin:devolution_instrument_road", args=[entrustment.pk])
    client.force_login(editor)
    assert "合法性审查" in client.get(address).content.decode()
    sent = {"kind": "legality", "done_on": "2025-03-03", "number": "北司审〔2025〕1号", "note": ""}
    assert client.post(address, sent).status_code == 302
    step = entrustment.steps.get()
    assert (step.by, step.number) == (editor, "北司审〔2025〕1号")
    assert client.post(address, {**sent, "done_on": "2027-01-01"}).context["form"].errors["done_on"]
    client.force_login(clerk_of_forestry)
    assert client.get(address).context["form"] is None
    assert client.post(address, sent).status_code == 403
    assert client.post(f"{address}{step.pk}/strike/", {"reason": "有误"}).status_code == 404
    client.force_login(editor)
    assert client.post(f"{address}{step.pk}/strike/", {"reason": "有误"}).status_code == 302
    assert not entrustment.steps.exists()
