"""The recorded steps of an edition: obligatory ones, the decision that freezes, withdrawal before the day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Event
from catalog import publishing
from catalog.choices import EditionState, Standing, StepKind
from catalog.models import Edition, EditionStep, Guide, Holiday, Procedure
from catalog.standing import editions_on
from tests.catalog.workbooks import written

NAMES = ["低保申请", "生育登记", "老年证办理", "失业登记", "法律援助"]
NEW_YEAR = date(2025, 1, 1)
TODAY = date(2026, 3, 10)
COMING = date(2026, 7, 1)


def rows(names=NAMES):
    return written(
        [[n, "基本服务", name, "公共服务", "公共服务中心", "", "", ""] for n, name in enumerate(names, 1)]
    )


@pytest.fixture
def draft(imported, clerk, clock):
    clock("2026-03-10 12:00")
    return publishing.confirm(edition=imported(rows()), by=clerk)


def announce(edition, by, day=TODAY, **options):
    return publishing.announce(edition=edition, by=by, published_on=day, effective_on=day, **options)


def record(draft, by, kind, day=TODAY, **said):
    return publishing.record_step(edition=draft, by=by, kind=kind, done_on=day, **said)


def test_an_announcement_waits_for_the_steps_the_county_asks_for(draft, clerk, qinghe):
    Procedure.objects.create(county=qinghe, needs_review=True, needs_legality=True)
    record(draft, clerk, StepKind.REVIEW)
    with pytest.raises(ValidationError) as problem:
        announce(draft, clerk)
    assert "合法性审查" in problem.value.messages[0]
    assert "部门会签" not in problem.value.messages[0]
    record(draft, clerk, StepKind.LEGALITY, number="青司审〔2026〕3号")
    announced = announce(draft, clerk, document_number="青政办发〔2026〕1号")
    assert announced.document_number == "青政办发〔2026〕1号"
    assert [step.kind for step in announced.steps.all()] == ["review", "legality", "announcement"]


def test_steps_of_the_future_and_steps_that_record_themselves_are_refused(draft, clerk):
    with pytest.raises(ValidationError) as future:
        record(draft, clerk, StepKind.REVIEW, TODAY + timedelta(days=1))
    with pytest.raises(ValidationError) as itself:
        record(draft, clerk, StepKind.ANNOUNCEMENT)
    assert list(future.value.error_dict) == ["done_on"]
    assert list(itself.value.error_dict) == ["kind"]


def test_what_was_decided_stays_as_it_is_until_the_decision_is_struck(draft, clerk):
    step = record(draft, clerk, StepKind.DECISION, number="常务会议第9次")
    entry = draft.entries.first()
    with pytest.raises(ValidationError, match="决定"):
        publishing.write_entry(entry=entry, by=clerk)
    with pytest.raises(ValidationError):
        publishing.strike_step(step=step, by=clerk, reason=" ")
    publishing.strike_step(step=step, by=clerk, reason="会议要求修改")
    publishing.write_entry(entry=entry, by=clerk)
    record(draft, clerk, StepKind.DECISION)
    assert announce(draft, clerk).state == EditionState.ANNOUNCED


def test_recording_a_step_is_no_work_on_the_words(draft, clerk, approver, qinghe):
    qinghe.needs_second_person = True
    qinghe.save()
    record(draft, approver, StepKind.LEGALITY)
    assert announce(draft, approver).announced_by == approver


def test_a_coming_edition_is_withdrawn_and_the_one_before_goes_on(announced, imported, clerk, clock):
    clock("2026-03-10 12:00")
    before = announced(rows(), NEW_YEAR)
    coming = publishing.confirm(edition=imported(rows([*NAMES, "公证咨询"])), by=clerk)
    publishing.announce(edition=coming, by=clerk, published_on=TODAY, effective_on=COMING)
    with pytest.raises(ValidationError):
        publishing.withdraw(edition=before, by=clerk, on=TODAY, reason="已经生效")
    withdrawn = publishing.withdraw(edition=coming, by=clerk, on=TODAY, reason="发现条目有误")
    assert Edition.objects.in_force(COMING).get() == before
    standings = {each.edition: each.standing for each in editions_on([before, withdrawn], COMING)}
    assert standings == {before: Standing.IN_FORCE, withdrawn: Standing.WITHDRAWN}
    assert withdrawn.steps.get(kind=StepKind.WITHDRAWAL).note == "发现条目有误"
    assert publishing.edition_before(before.list) == before
    again = publishing.confirm(edition=imported(rows([*NAMES, "公证咨询"])), by=clerk)
    publishing.announce(edition=again, by=clerk, published_on=TODAY, effective_on=COMING)
    again.refresh_from_db()
    assert again.day_slug == "2026-07-01-1"  # the withdrawn one keeps its address


def test_first_guides_of_a_withdrawn_edition_go_with_it(imported, clerk, clock):
    clock("2026-03-10 12:00")
    content = written([[1, "低保申请", "不收费"]], heading=["序号", "项目名称", "收费"])
    coming = publishing.confirm(edition=imported(content), by=clerk)
    publishing.announce(edition=coming, by=clerk, published_on=TODAY, effective_on=COMING)
    assert Guide.objects.exists()
    publishing.withdraw(edition=coming, by=clerk, on=TODAY, reason="有误")
    assert not Guide.objects.exists()


def test_a_large_loss_in_a_draft_typed_by_hand_is_typed(announced, imported, clerk):
    announced(rows(), NEW_YEAR)
    draft = publishing.confirm(edition=imported(rows()), by=clerk)
    for entry in draft.entries.all()[:2]:
        publishing.remove_entry(entry=entry, by=clerk)
    with pytest.raises(ValidationError) as problem:
        announce(draft, clerk)
    assert list(problem.value.error_dict) == ["gone"]
    assert announce(draft, clerk, gone=2).is_public


def test_a_loss_confirmed_with_the_import_is_not_typed_twice(announced, imported, clerk):
    announced(rows(), NEW_YEAR)
    draft = publishing.confirm(edition=imported(rows(NAMES[:3])), by=clerk, gone=2)
    assert announce(draft, clerk).is_public


def test_publication_is_due_after_twenty_working_days(draft, clerk, signed_in):
    draft.made_on = date(2026, 3, 6)
    publishing.write_record(edition=draft, by=clerk)
    Holiday.objects.create(day=date(2026, 3, 9), name="调休")
    address = reverse("admin:catalog_edition_road", args=[draft.pk])
    assert signed_in(clerk).get(address).context["publication_due"] == date(2026, 4, 6)


def test_a_discarded_draft_takes_its_steps_along(draft, clerk):
    record(draft, clerk, StepKind.REVIEW)
    publishing.discard(edition=draft, by=clerk)
    assert not EditionStep.objects.exists()
    assert Event.objects.filter(action="step").exists()


def test_the_road_is_walked_on_its_page(draft, clerk, auditor, signed_in):
    address = reverse("admin:catalog_edition_road", args=[draft.pk])
    said = {"kind": "review", "done_on": "2026-03-09", "number": "", "note": "民政局无异议"}
    assert signed_in(auditor).post(address, said).status_code == 403
    browser = signed_in(clerk)
    assert browser.post(address, said).status_code == 302
    step = draft.steps.get()
    assert "民政局无异议" in browser.get(address).content.decode()
    strike = reverse("admin:catalog_edition_strike", args=[draft.pk, step.pk])
    browser.post(strike, {"reason": ""})
    assert draft.steps.exists()
    browser.post(strike, {"reason": "记错了"})
    assert not draft.steps.exists()


def test_approvers_say_what_the_county_asks(approver, clerk, qinghe, signed_in):
    address = reverse("admin:catalog_procedure_add")
    assert signed_in(clerk).get(address).status_code == 403
    assert signed_in(approver).post(address, {"needs_comment": "on"}).status_code == 302
    assert Procedure.of(qinghe).obligatory == [StepKind.COMMENT]


def test_residents_read_the_steps_and_that_an_edition_was_withdrawn(imported, clerk, clock, resident):
    clock("2026-03-10 12:00")
    draft = publishing.confirm(edition=imported(rows()), by=clerk)
    record(draft, clerk, StepKind.LEGALITY, number="青司审〔2026〕3号")
    publishing.announce(edition=draft, by=clerk, published_on=TODAY, effective_on=COMING)
    publishing.withdraw(edition=draft, by=clerk, on=TODAY, reason="有误")
    page = resident.get("/990101/lists/public_services/2026-07-01/").content.decode()
    assert "青司审〔2026〕3号" in page
    assert "从未施行" in page
