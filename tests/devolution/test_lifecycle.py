"""The life of a power in a township: prepared, put in force, evaluated, extended, taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.choices import Role
from accounts.models import County, Event
from catalog.choices import PowerType
from catalog.models import Law
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, TransferState, WithdrawalReason
from devolution.factfinding import facts_of, remedies_of, similar_powers
from devolution.models import Assessment, Evaluation, FourQuestions, Power, Transfer, TransferTownship
from devolution.rules import Body, ReviewOrgan
from tests.devolution.conftest import DAY, END, make_paper, make_power, make_staff

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


def in_force(on, **narrow):
    return TransferTownship.objects.in_force(on).filter(**narrow)


def codes_of(error):
    return {problem.code for problem in error.value.error_list if problem.code}


def publications(county):
    return County.objects.get(pk=county.pk).publications


def hand_down(transfer, by, valid_from=DAY, **options):
    return lifecycle.hand_down(transfers=[transfer], by=by, valid_from=valid_from, **options)


def withdraw(rows, by, paper, on, department, reason=WithdrawalReason.EVALUATION):
    return lifecycle.withdraw(rows=rows, by=by, reason=reason, instrument=paper, on=on, department=department)


@pytest.fixture
def running(entrusted, ready, editor):
    """The entrusted penalty in force in both towns."""
    hand_down(ready(entrusted), editor)
    return entrusted


# --- Recording ---


def test_a_new_power_gets_a_code_that_is_never_used_again(forestry):
    first = make_power(forestry, "甲")
    first.delete()
    assert make_power(forestry, "乙").number == first.number + 1


def test_what_the_name_tells_the_law_is_proposed_and_can_be_corrected(forestry, editor):
    power = make_power(forestry, "吊销采伐许可证")
    assert power.is_heavy
    power.is_heavy = False
    lifecycle.record_power(power=power, by=editor)
    assert not Power.objects.get().is_heavy


def test_department_staff_keep_their_own_powers_only(clerk_of_forestry, forestry, water):
    for department, allowed in [(forestry, True), (water, False)]:
        power = Power(county=department.county, department=department, name="某权")
        if allowed:
            lifecycle.record_power(power=power, by=clerk_of_forestry)
        else:
            with pytest.raises(ValidationError):
                lifecycle.record_power(power=power, by=clerk_of_forestry)


def test_days_of_a_paper_in_use_are_filled_in_but_not_changed(entrusted, editor, elm):
    paper = entrusted.instrument
    paper.valid_to = None
    paper.term_text = "三年"
    lifecycle.record_instrument(instrument=paper, by=editor)
    lifecycle.take_over_as_found(transfers=[entrusted], by=editor, since=DAY, document="清单")
    assert in_force(END, township=elm).exists()
    paper.valid_to = END
    lifecycle.record_instrument(instrument=paper, by=editor)
    assert not in_force(END).exists()
    paper.valid_to = END + ONE_DAY
    with pytest.raises(ValidationError) as problem:
        lifecycle.record_instrument(instrument=paper, by=editor)
    assert "valid_to" in problem.value.error_dict


# --- Preparing ---


@pytest.mark.parametrize(
    ("name", "power_type", "rule"),
    [
        ("查封林木加工场所", PowerType.COERCION, "E5"),
        ("强制拆除林区违法建筑", PowerType.COERCION, "E6"),
        ("林地权属争议裁决", PowerType.ADJUDICATION, "E7"),
    ],
)
def test_what_no_paper_can_make_lawful_is_not_stored(
    name, power_type, rule, forestry, entrustment, elm, editor
):
    transfer = Transfer(
        power=make_power(forestry, name, power_type), instrument=entrustment, mode=Mode.ENTRUSTED
    )
    with pytest.raises(ValidationError) as problem:
        lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    assert codes_of(problem) == {rule}
    assert not Transfer.objects.exists()


def test_a_quasi_unit_receives_nothing(power, entrustment, elm, farm, editor):
    transfer = Transfer(power=power, instrument=entrustment, mode=Mode.ENTRUSTED)
    with pytest.raises(ValidationError) as problem:
        lifecycle.prepare(transfer=transfer, townships=[elm, farm], by=editor)
    assert codes_of(problem) == {"R9"}


def test_a_statute_that_names_townships_does_not_name_subdistricts(
    forestry, notice, elm, subdistrict, editor
):
    power = make_power(forestry, "林地争议处理", PowerType.ADJUDICATION, bases=[("森林法", "22")])
    transfer = Transfer(power=power, instrument=notice, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    with pytest.raises(ValidationError) as problem:
        lifecycle.add_townships(transfer=transfer, townships=[subdistrict], by=editor)
    assert codes_of(problem) == {"E3"}


def test_a_coercive_measure_goes_down_along_with_a_penalty(forestry, notice, elm, editor):
    measure = make_power(forestry, "查封林木加工场所", PowerType.COERCION)
    transfer = Transfer(power=measure, instrument=notice, mode=Mode.DELEGATED)
    with pytest.raises(ValidationError) as problem:
        lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    assert codes_of(problem) == {"E2"}
    penalty = Transfer(power=make_power(forestry), instrument=notice, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=penalty, townships=[elm], by=editor)
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    assert [finding.code for finding in lifecycle.examine(transfer, [elm])] == ["W3", "R6"]


def test_an_incomplete_transfer_is_stored_and_cannot_be_put_in_force(power, county, elm, editor, ready):
    paper = make_paper(
        county, InstrumentKind.ENTRUSTMENT, "", valid_from=None, made_on=None, term_text="三年"
    )
    transfer = Transfer(power=power, instrument=paper, mode=Mode.ENTRUSTED)
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    assert {finding.code for finding in lifecycle.examine(transfer, [elm])} == {
        "R1c",
        "R1d",
        "R1e",
        "R1g",
        "R1h",
    }
    with pytest.raises(ValidationError) as problem:
        hand_down(ready(transfer), editor)
    assert codes_of(problem) == {"R1c", "R1d", "R1e", "R1g", "R1h"}
    assert transfer.receipts.get().state == TransferState.PREPARED


def test_a_penalty_is_not_entrusted_for_the_long_term(power, county, elm, editor, ready):
    paper = make_paper(county, InstrumentKind.ENTRUSTMENT, "北应委〔2025〕1号", is_open_ended=True)
    transfer = Transfer(power=power, instrument=paper, mode=Mode.ENTRUSTED, authority="立案")
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    with pytest.raises(ValidationError) as problem:
        hand_down(ready(transfer), editor)
    assert codes_of(problem) == {"R1f"}


def test_townships_of_another_county_are_not_named(power, entrustment, other_county, editor):
    stranger = other_county.townships.create(code="990101100", name="柳溪镇", kind="town")
    transfer = Transfer(power=power, instrument=entrustment, mode=Mode.ENTRUSTED)
    with pytest.raises(ValidationError):
        lifecycle.prepare(transfer=transfer, townships=[stranger], by=editor)


def test_further_townships_join_in_batches(entrusted, subdistrict, elm, editor):
    rows = lifecycle.add_townships(transfer=entrusted, townships=[elm, subdistrict], by=editor)
    assert [row.township for row in rows] == [subdistrict]


def test_what_was_only_prepared_can_be_dropped(entrusted, elm, editor):
    lifecycle.discard(transfer=entrusted, by=editor, townships=[elm])
    assert entrusted.receipts.count() == 1
    lifecycle.discard(transfer=entrusted, by=editor)
    assert not Transfer.objects.exists()
    assert Event.objects.filter(action="discard").count() == 2


def test_another_mode_of_the_same_power_is_seen_at_entry(entrusted, delegated, elm, willow):
    assert "R4a" in {finding.code for finding in lifecycle.examine(delegated, [elm])}
    assert "R4a" not in {finding.code for finding in lifecycle.examine(entrusted, [willow])}


def test_a_namesake_of_the_same_department_is_the_same_power(entrusted, forestry, notice, elm, editor):
    twin = Transfer(power=make_power(forestry, " 对滥伐林木 的处罚"), instrument=notice, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=twin, townships=[elm], by=editor)
    assert "R4a" in {finding.code for finding in lifecycle.examine(twin, [elm])}


def test_a_similar_power_in_another_mode_is_offered_for_linking(entrusted, forestry, notice, elm, editor):
    like = make_power(forestry, "对滥伐森林林木的处罚", bases=[("森林法", "76(2)")])
    transfer = Transfer(power=like, instrument=notice, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    assert similar_powers(like, [elm], Mode.DELEGATED) == [entrusted.power]
    assert "R4b" in {finding.code for finding in lifecycle.examine(transfer, [elm])}
    lifecycle.link_powers(keep=entrusted.power, other=like, by=editor)
    transfer.refresh_from_db()
    assert transfer.power == entrusted.power
    assert transfer.receipts.get().power == entrusted.power
    assert list(Power.objects.current()) == [entrusted.power]


def test_powers_in_force_at_the_same_time_are_not_linked(
    running, forestry, notice, decision, elm, editor, ready
):
    like = make_power(forestry, "对滥伐森林林木的处罚")
    transfer = Transfer(
        power=like,
        instrument=notice,
        mode=Mode.DELEGATED,
        provincial_decision=decision,
        evaluation_due=END,
    )
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    hand_down(ready(transfer), editor)
    with pytest.raises(ValidationError):
        lifecycle.link_powers(keep=running.power, other=like, by=editor)


# --- Handing down ---


def test_many_powers_go_to_many_townships_in_one_act(running, elm, willow, county, editor):
    assert {row.township for row in in_force(DAY)} == {elm, willow}
    assert {row.valid_to for row in in_force(DAY)} == {END}
    assert publications(county) == 1
    event = Event.objects.about(running).get(action="hand_down")
    assert event.details["townships"] == [elm.code, willow.code]
    assert event.by == editor


def test_past_its_term_a_power_is_never_in_force(running):
    assert in_force(END - ONE_DAY).count() == 2
    assert not in_force(END).exists()
    assert TransferTownship.objects.expired(END).count() == 2


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"provincial_decision": None}, {"R3a", "R3b", "R6"}),
        ({"evaluation_due": None}, {"R3d"}),
    ],
)
def test_a_delegated_penalty_wants_a_provincial_decision(changes, missing, delegated, ready, editor):
    for field, value in changes.items():
        setattr(delegated, field, value)
    lifecycle.write_transfer(transfer=delegated, by=editor)
    with pytest.raises(ValidationError) as problem:
        hand_down(ready(delegated), editor)
    assert codes_of(problem) == missing
    assert "行政处罚法" in str(problem.value)


def test_a_whole_delegation_is_put_in_force(delegated, ready, editor):
    assert len(hand_down(ready(delegated), editor)) == 1


def test_questions_and_assessment_come_first(entrusted, editor):
    with pytest.raises(ValidationError) as problem:
        hand_down(entrusted, editor)
    assert codes_of(problem) == {"Q1", "A2"}


def test_a_township_with_one_officer_handles_no_cases(entrusted, ready, editor):
    with pytest.raises(ValidationError) as problem:
        hand_down(ready(entrusted, officers=1), editor)
    assert codes_of(problem) == {"A3"}


def test_a_no_keeps_the_power_where_it_is(entrusted, ready, editor):
    questions = ready(entrusted).questions
    questions.needed = False
    lifecycle.answer_questions(questions=questions, by=editor)
    with pytest.raises(ValidationError) as problem:
        hand_down(entrusted, editor)
    assert codes_of(problem) == {"Q2"}


def test_townships_are_taken_on_as_they_are_ready(entrusted, ready, elm, willow, editor):
    ready(entrusted)
    entrusted.receipts.filter(township=willow).update(assessment=None)
    hand_down(entrusted, editor, townships=[elm])
    assert [row.township for row in in_force(DAY)] == [elm]
    with pytest.raises(ValidationError):
        hand_down(entrusted, editor, townships=[elm])


def test_a_warning_passes_with_a_note(forestry, entrustment, elm, editor, ready):
    power = make_power(forestry, "野外用火批准", PowerType.LICENCE, bases=[("森林防火条例", "25")])
    transfer = Transfer(power=power, instrument=entrustment, mode=Mode.ENTRUSTED, authority="受理")
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    with pytest.raises(ValidationError) as problem:
        hand_down(ready(transfer), editor)
    assert codes_of(problem) == {"W7"}
    hand_down(transfer, editor, notes={"W7": "依据省森林防火条例第十条"})
    transfer.refresh_from_db()
    assert transfer.notes == {"W7": "依据省森林防火条例第十条"}


def test_dead_law_is_flagged(forestry, entrustment, elm, editor):
    Law.objects.create(title="城市管理旧法", level="法律", abolished_on=date(2020, 1, 1))
    power = make_power(forestry, "某项检查", PowerType.INSPECTION, bases=[("城市管理旧法", "1")])
    transfer = Transfer(power=power, instrument=entrustment, mode=Mode.ENTRUSTED, authority="检查")
    lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)
    assert "R12b" in {finding.code for finding in lifecycle.examine(transfer, [elm], on=DAY)}


def test_what_is_not_published_is_not_in_force(entrusted, ready, editor):
    entrusted.instrument.published_on = DAY + timedelta(days=10)
    lifecycle.record_instrument(instrument=entrusted.instrument, by=editor)
    with pytest.raises(ValidationError) as problem:
        hand_down(ready(entrusted), editor)
    assert codes_of(problem) == {"R10"}
    hand_down(entrusted, editor, DAY + timedelta(days=10))


def test_nothing_is_in_force_before_its_paper(entrusted, ready, editor):
    with pytest.raises(ValidationError):
        hand_down(ready(entrusted), editor, DAY - ONE_DAY)


def test_one_mode_at_a_time(running, delegated, ready, editor, elm):
    with pytest.raises(ValidationError) as problem:
        hand_down(ready(delegated), editor)
    assert codes_of(problem) == {"R4a"}
    hand_down(delegated, editor, END)
    assert in_force(END - ONE_DAY, township=elm).get().mode == Mode.ENTRUSTED
    assert in_force(END, township=elm).get().mode == Mode.DELEGATED


def test_two_modes_in_one_act_are_refused_whole(entrusted, delegated, ready, editor):
    transfers = [ready(entrusted), ready(delegated)]
    with pytest.raises(ValidationError) as problem:
        lifecycle.hand_down(transfers=transfers, by=editor, valid_from=DAY)
    assert codes_of(problem) == {"R4a"}
    assert not in_force(DAY).exists()


# --- Who ---


def test_where_a_second_person_is_wanted_an_approver_decides(entrusted, ready, editor, approver, county):
    ready(entrusted)
    county.needs_second_person = True
    county.save()
    with pytest.raises(ValidationError):
        hand_down(entrusted, editor)
    assert hand_down(entrusted, approver)


def test_who_has_prepared_does_not_put_in_force(power, entrustment, elm, ready, approver, county):
    county.needs_second_person = True
    county.save()
    transfer = Transfer(power=power, instrument=entrustment, mode=Mode.ENTRUSTED, authority="立案")
    lifecycle.prepare(transfer=transfer, townships=[elm], by=approver)
    with pytest.raises(ValidationError):
        hand_down(ready(transfer), approver)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.KEEPER])
def test_no_other_role_decides(role, entrusted, ready, county):
    with pytest.raises(ValidationError):
        hand_down(ready(entrusted), make_staff(county, role))


def test_staff_of_another_county_decide_nothing(entrusted, ready, other_county):
    with pytest.raises(ValidationError):
        hand_down(ready(entrusted), make_staff(other_county, Role.APPROVER))


def test_a_township_accepts_for_itself(entrusted, clerk_of_elm, elm, willow):
    lifecycle.accept(row=entrusted.receipts.get(township=elm), by=clerk_of_elm, on=DAY, words="同意承接")
    with pytest.raises(ValidationError):
        lifecycle.accept(row=entrusted.receipts.get(township=willow), by=clerk_of_elm, on=DAY)


# --- Day one ---


def test_what_is_found_is_taken_over_with_what_is_on_record(power, county, elm, willow, editor):
    paper = make_paper(
        county, InstrumentKind.COUNTY_NOTICE, "", made_on=None, published_on=None, valid_from=None
    )
    transfer = Transfer(power=power, instrument=paper, mode=Mode.DELEGATED)
    lifecycle.prepare(transfer=transfer, townships=[elm, willow], by=editor)
    taken = lifecycle.take_over_as_found(
        transfers=[transfer], by=editor, since=date(2024, 1, 1), document="北原县下放目录"
    )
    assert (len(taken.rows), taken.left) == (2, [])
    rows = in_force(date(2024, 1, 1))
    assert {(row.is_as_found, row.found_in) for row in rows} == {(True, "北原县下放目录")}
    assert rows.not_on_record().count() == 2


def test_what_is_found_names_its_document(entrusted, editor):
    with pytest.raises(ValidationError) as problem:
        lifecycle.take_over_as_found(transfers=[entrusted], by=editor, since=DAY, document=" ")
    assert "document" in problem.value.error_dict


def test_what_is_found_past_its_term_was_in_force_and_is_expired(entrusted, editor):
    lifecycle.take_over_as_found(transfers=[entrusted], by=editor, since=DAY, document="清单")
    assert TransferTownship.objects.expired(END).count() == 2
    assert not in_force(END).exists()


def test_a_second_mode_is_left_and_handed_back_with_the_reason(running, delegated, editor):
    taken = lifecycle.take_over_as_found(transfers=[delegated], by=editor, since=DAY, document="目录")
    assert taken.rows == []
    assert [finding.code for _, finding in taken.left] == ["R4a"]


def test_what_the_law_refuses_cannot_be_taken_over(entrusted, editor):
    Power.objects.filter(pk=entrusted.power_id).update(restricts_liberty=True)
    with pytest.raises(ValidationError) as problem:
        lifecycle.take_over_as_found(transfers=[entrusted], by=editor, since=DAY, document="清单")
    assert codes_of(problem) == {"E4"}


# --- While it is in force ---


def evaluation_of(transfer, **values):
    values = {"evaluated_on": date(2026, 3, 31), "cases": 12, "quality": "good", "verdict": "keep"} | values
    return Evaluation(transfer=transfer, **values)


def test_an_evaluation_sets_the_day_of_the_next(running, editor, settings):
    settings.EVALUATION_MONTHS = 24
    lifecycle.evaluate(evaluation=evaluation_of(running), by=editor)
    running.refresh_from_db()
    assert running.evaluation_due == date(2028, 3, 28)


def test_an_evaluation_of_one_township_leaves_the_others_due(running, elm, editor):
    lifecycle.evaluate(evaluation=evaluation_of(running, township=elm), by=editor)
    running.refresh_from_db()
    assert running.evaluation_due is None


def test_the_verdict_takes_nothing_back_by_itself(running, editor):
    lifecycle.evaluate(evaluation=evaluation_of(running, verdict="withdraw"), by=editor)
    assert in_force(date(2026, 4, 1)).count() == 2


@pytest.fixture
def extension(county):
    return make_paper(
        county,
        InstrumentKind.ENTRUSTMENT,
        "北林委字〔2028〕1号",
        made_on=END - timedelta(days=30),
        published_on=END - timedelta(days=20),
        valid_from=END,
        valid_to=date(2030, 3, 1),
    )


def test_an_extension_prolongs_without_a_gap(running, extension, elm, editor):
    lifecycle.extend(rows=running.receipts.all(), instrument=extension, by=editor)
    assert in_force(END, township=elm).get().term_instrument == extension
    assert not in_force(date(2030, 3, 1)).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"published_on": END + ONE_DAY},
        {"published_on": None},
        {"valid_from": END + ONE_DAY},
        {"valid_from": DAY, "valid_to": END},
        {"number": ""},
    ],
)
def test_what_does_not_prolong_in_time_prolongs_nothing(changes, running, extension, editor):
    for field, value in changes.items():
        setattr(extension, field, value)
    extension.save()
    with pytest.raises(ValidationError):
        lifecycle.extend(rows=running.receipts.all(), instrument=extension, by=editor)
    assert not in_force(END).exists()


def test_an_extension_does_not_run_into_another_mode(running, delegated, ready, extension, editor):
    hand_down(ready(delegated), editor, END + ONE_DAY)
    with pytest.raises(ValidationError) as problem:
        lifecycle.extend(rows=running.receipts.all(), instrument=extension, by=editor)
    assert codes_of(problem) == {"R4a"}


# --- Taking back ---


def test_taking_back_is_one_act_and_history_stays(running, withdrawal, forestry, county, editor, elm):
    before = publications(county)
    withdraw(running.receipts.all(), editor, withdrawal, date(2026, 6, 1), forestry)
    assert in_force(date(2026, 5, 31)).count() == 2
    assert not in_force(date(2026, 6, 1)).exists()
    row = TransferTownship.objects.withdrawn(date(2026, 6, 1)).get(township=elm)
    assert (row.taken_over_by, row.withdrawal, row.withdrawal_reason) == (forestry, withdrawal, "evaluation")
    assert publications(county) == before + 1
    assert Event.objects.about(running).filter(action="withdraw").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"instrument": None}, "instrument"),
        ({"on": None}, "on"),
        ({"department": None}, "department"),
    ],
)
def test_a_withdrawal_states_its_four_facts(changes, field, running, withdrawal, forestry, editor):
    act = {
        "rows": running.receipts.all(),
        "by": editor,
        "reason": WithdrawalReason.UNLAWFUL,
        "instrument": withdrawal,
        "on": DAY,
        "department": forestry,
        **changes,
    }
    with pytest.raises(ValidationError) as problem:
        lifecycle.withdraw(**act)
    assert set(problem.value.error_dict) == {field}


def test_what_is_taken_back_before_its_first_day_was_never_in_force(running, withdrawal, forestry, editor):
    withdraw(running.receipts.all(), editor, withdrawal, DAY - ONE_DAY, forestry)
    for day in (DAY - ONE_DAY, DAY, END):
        assert not in_force(day).exists()


def test_what_has_expired_can_be_closed_without_a_longer_life(running, withdrawal, forestry, editor):
    withdraw(running.receipts.all(), editor, withdrawal, END + ONE_DAY, forestry, WithdrawalReason.TERM_OVER)
    assert not in_force(END).exists()
    assert TransferTownship.objects.withdrawn(END + ONE_DAY).count() == 2


def test_nothing_is_taken_back_twice(running, withdrawal, forestry, editor):
    withdraw(running.receipts.all(), editor, withdrawal, DAY + ONE_DAY, forestry)
    with pytest.raises(ValidationError):
        withdraw(running.receipts.all(), editor, withdrawal, DAY + ONE_DAY, forestry)


def test_after_taking_back_another_mode_may_follow(
    running, withdrawal, forestry, delegated, ready, editor, elm
):
    withdraw(running.receipts.all(), editor, withdrawal, date(2026, 6, 1), forestry)
    hand_down(ready(delegated), editor, date(2026, 6, 1))
    assert in_force(date(2026, 6, 1), township=elm).get().mode == Mode.DELEGATED


def test_a_change_of_law_ends_a_power_everywhere(running, withdrawal, editor, forestry):
    lifecycle.end_by_law(powers=[running.power], by=editor, instrument=withdrawal, on=date(2026, 1, 1))
    rows = TransferTownship.objects.withdrawn(date(2026, 1, 1))
    assert {(row.withdrawal_reason, row.taken_over_by) for row in rows} == {("law_change", forestry)}


# --- Remedies ---


def test_remedies_follow_mode_and_line(entrusted, delegated, forestry):
    assert remedies_of(entrusted).defendant == Body.DEPARTMENT
    assert remedies_of(delegated).defendant == Body.TOWNSHIP
    forestry.line = ""
    forestry.save()
    entrusted.power.department.refresh_from_db()
    assert remedies_of(entrusted).review == ReviewOrgan.NOT_RECORDED


def test_a_delegation_in_name_only_leaves_the_department_defendant(delegated):
    delegated.provincial_decision = None
    assert facts_of(delegated).is_entrustment_in_effect
    assert remedies_of(delegated).defendant == Body.DEPARTMENT


def test_assessments_and_questions_say_who_recorded_them(entrusted, ready, editor):
    ready(entrusted)
    assert set(Assessment.objects.values_list("assessed_by", flat=True)) == {editor.pk}
    assert FourQuestions.objects.get().answered_by == editor
