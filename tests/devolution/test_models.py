"""What the database itself holds of powers, papers and transfers, from both sides."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.choices import OfficeKind, TownshipKind
from accounts.models import Office
from accounts.scope import scope_of, within_reach
from catalog.choices import PowerType
from catalog.models import Holiday
from devolution import models
from devolution.choices import CoercionKind, InstrumentKind, Mode, Standing, TransferState
from devolution.models import (
    Admission,
    Evaluation,
    Instrument,
    Opinion,
    Power,
    PowerItem,
    Transfer,
    TransferTownship,
)
from tests.devolution.conftest import DAY, END, make_power

pytestmark = pytest.mark.django_db


def in_force(row, valid_from=DAY, valid_to=END, **values):
    """Put a row in force behind the lifecycle's back."""
    changes = {
        "state": TransferState.IN_FORCE,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "put_in_force_at": timezone.now(),
        **values,
    }
    TransferTownship.objects.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()
    return row


def refused_by(constraint, act):
    """The database refuses the act, by the constraint of this name."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        act()
    assert constraint in str(error.value) or "UNIQUE" in str(error.value)


@pytest.fixture
def row(entrusted, elm):
    return entrusted.receipts.get(township=elm)


def test_every_model_states_its_scope():
    for name in models.__all__:
        assert scope_of(getattr(models, name)).county


# --- Power ---


def test_a_power_is_held_by_a_department_or_by_townships(county, forestry):
    own = Power(county=county, number=1, name="村民住宅用地审批", township_kinds=[TownshipKind.TOWN])
    own.full_clean()
    own.save()
    assert list(Power.objects.of_townships(TownshipKind.TOWN)) == [own]
    assert not Power.objects.of_townships(TownshipKind.TOWNSHIP).exists()
    for nobody in (
        Power(county=county, number=2, name="某权"),
        Power(county=county, number=2, name="某权", department=forestry, township_kinds=["town"]),
    ):
        with pytest.raises(ValidationError):
            nobody.full_clean()
        refused_by("devolution_power_has_one_holder", nobody.save)


def test_townships_hold_by_kind(county, elm, subdistrict):
    own = Power(county=county, name="村民住宅用地审批", township_kinds=[TownshipKind.TOWN])
    assert own.is_held_by(elm)
    assert not own.is_held_by(subdistrict)


def test_quasi_units_hold_nothing(county):
    own = Power(county=county, number=1, name="某权", township_kinds=[TownshipKind.QUASI_UNIT])
    with pytest.raises(ValidationError):
        own.full_clean()


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"number": 0}, "devolution_power_number_is_positive"),
        ({"name": ""}, "devolution_power_has_a_name"),
        ({"coercion": CoercionKind.MEASURE}, "devolution_power_only_coercion_has_a_kind"),
    ],
)
def test_a_power_is_whole(power, changes, constraint):
    refused_by(constraint, lambda: Power.objects.filter(pk=power.pk).update(**changes))


def test_coercion_has_a_kind(forestry):
    power = make_power(forestry, "查封林木加工场所", PowerType.COERCION)
    assert power.coercion == CoercionKind.MEASURE


def test_power_codes_are_unique_in_the_county(power):
    double = Power(county=power.county, number=power.number, department=power.department, name="别的")
    refused_by("devolution_power_number_is_unique_in_county", double.save)


def test_a_power_is_found_by_the_name_two_typists_would_write(power, forestry, water):
    found = Power.objects.called_like(department=forestry, name=" 对滥伐 林木的处罚\n")
    assert list(found) == [power]
    assert not Power.objects.called_like(department=water, name=power.name).exists()


def test_penalties_are_nothing_to_apply_for(power, forestry):
    licence = make_power(forestry, "采伐许可", PowerType.LICENCE)
    assert list(Power.objects.that_residents_apply_for()) == [licence]


def test_an_item_of_another_county_is_not_joined(power, other_county):
    item = other_county.items.create(number=1)
    with pytest.raises(ValidationError):
        PowerItem(power=power, item=item).full_clean()


# --- Instrument ---


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("北林委字[2024] 1 号", "北林委字〔2024〕1号"), ("自定编号7", "自定编号7"), ("", "")],
)
def test_document_numbers_are_normalised(county, printed, kept):
    paper = Instrument(county=county, kind=InstrumentKind.ENTRUSTMENT, number=printed)
    paper.full_clean()
    assert paper.number == kept


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"valid_to": DAY}, "devolution_instrument_ends_after_it_begins"),
        ({"is_open_ended": True}, "devolution_instrument_open_ended_has_no_last_day"),
        ({"file": "a.pdf"}, "devolution_instrument_file_has_its_digest"),
        ({"file_sha256": "0" * 64}, "devolution_instrument_file_has_its_digest"),
    ],
)
def test_a_paper_is_whole(entrustment, changes, constraint):
    refused_by(constraint, lambda: Instrument.objects.filter(pk=entrustment.pk).update(**changes))


def test_a_number_names_one_paper_of_a_kind(entrustment, county):
    double = Instrument(county=county, kind=InstrumentKind.ENTRUSTMENT, number=entrustment.number)
    with pytest.raises(ValidationError):
        double.full_clean()
    for _ in range(2):
        Instrument.objects.create(county=county, kind=InstrumentKind.ENTRUSTMENT)


def test_a_paper_knows_its_last_day_and_when_it_is_to_be_published(entrustment):
    assert entrustment.last_day == END - timedelta(days=1)
    assert entrustment.publication_due == date(2025, 3, 31)
    Holiday.objects.create(day=date(2025, 3, 10), name="放假")
    Holiday.objects.create(day=date(2025, 3, 15), name="补班", is_workday=True)
    assert entrustment.publication_due == date(2025, 3, 31)
    Holiday.objects.filter(is_workday=True).delete()
    assert entrustment.publication_due == date(2025, 4, 1)


# --- Transfer ---


def test_a_paper_of_another_kind_hands_nothing_down(power, notice):
    with pytest.raises(ValidationError) as problem:
        Transfer(power=power, instrument=notice, mode=Mode.ENTRUSTED).full_clean()
    assert "instrument" in problem.value.error_dict


def test_what_townships_hold_is_not_handed_down(county, notice):
    own = Power.objects.create(county=county, number=1, name="某权", township_kinds=["town"])
    with pytest.raises(ValidationError) as problem:
        Transfer(power=own, instrument=notice, mode=Mode.DELEGATED).full_clean()
    assert "power" in problem.value.error_dict


def test_a_paper_of_another_county_hands_nothing_down(power, other_county):
    paper = Instrument.objects.create(county=other_county, kind=InstrumentKind.ENTRUSTMENT)
    with pytest.raises(ValidationError):
        Transfer(power=power, instrument=paper, mode=Mode.ENTRUSTED).full_clean()


def test_steps_are_those_of_a_procedure(power, entrustment):
    transfer = Transfer(power=power, instrument=entrustment, mode=Mode.ENTRUSTED, authorities=["dance"])
    with pytest.raises(ValidationError) as problem:
        transfer.full_clean()
    assert "authorities" in problem.value.error_dict


def test_only_a_delegation_rests_on_a_decision(entrusted, decision):
    refused_by(
        "devolution_transfer_only_delegation_has_a_decision",
        lambda: Transfer.objects.filter(pk=entrusted.pk).update(provincial_decision=decision),
    )


def test_an_instrument_hands_a_power_down_once(entrusted):
    double = Transfer(power=entrusted.power, instrument=entrusted.instrument, mode=Mode.ENTRUSTED)
    refused_by("devolution_transfer_is_one_for_power_and_instrument", double.save)


# --- A power in a township ---


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"put_in_force_at": timezone.now()}, "devolution_transfertownship_in_force_has_its_moment"),
        ({"state": TransferState.IN_FORCE}, "devolution_transfertownship_in_force_has_its_moment"),
        ({"withdrawn_on": END}, "devolution_transfertownship_withdrawal_is_whole"),
        ({"withdrawal_reason": "evaluation"}, "devolution_transfertownship_withdrawal_is_whole"),
        ({"is_as_found": True}, "devolution_transfertownship_found_in_a_document"),
        ({"found_in": "某目录"}, "devolution_transfertownship_found_in_a_document"),
    ],
)
def test_a_prepared_row_has_nothing_of_what_comes_later(row, changes, constraint):
    refused_by(constraint, lambda: TransferTownship.objects.filter(pk=row.pk).update(**changes))


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"valid_to": DAY}, "devolution_transfertownship_ends_after_it_begins"),
        ({"state": TransferState.WITHDRAWN}, "devolution_transfertownship_withdrawal_is_whole"),
        (
            {"state": TransferState.WITHDRAWN, "withdrawal_reason": "evaluation", "withdrawn_on": DAY},
            "devolution_transfertownship_withdrawal_is_whole",
        ),
        (
            {"state": TransferState.WITHDRAWN, "withdrawn_on": END},
            "devolution_transfertownship_withdrawal_is_whole",
        ),
    ],
)
def test_a_row_in_force_is_whole(row, changes, constraint):
    in_force(row)
    refused_by(constraint, lambda: TransferTownship.objects.filter(pk=row.pk).update(**changes))


def test_a_withdrawn_row_is_whole(row):
    in_force(row)
    changes = {"state": "withdrawn", "withdrawn_on": END, "withdrawal_reason": "evaluation"}
    assert TransferTownship.objects.filter(pk=row.pk).update(**changes) == 1


def test_a_transfer_names_a_township_once_until_it_is_taken_back(row):
    double = TransferTownship(transfer=row.transfer, township=row.township, power=row.power, mode=row.mode)
    refused_by("devolution_transfertownship_names_a_township_once", double.save)
    in_force(row, state="withdrawn", withdrawn_on=END, withdrawal_reason="evaluation")
    double.save()


def test_power_and_mode_are_those_of_the_transfer(row):
    row.mode = Mode.SECONDED
    with pytest.raises(ValidationError):
        row.clean()


def test_only_a_seconded_power_hangs_on_a_unit(row, forestry):
    row.office = Office.objects.create(
        township=row.township, name="林业站", kind=OfficeKind.SECONDED, sending_department=forestry
    )
    with pytest.raises(ValidationError) as problem:
        row.clean()
    assert "office" in problem.value.error_dict


@pytest.mark.postgres
def test_postgresql_itself_holds_one_mode_at_a_time(entrusted, delegated, elm):
    in_force(entrusted.receipts.get(township=elm))
    other = delegated.receipts.get(township=elm)
    refused_by(
        "devolution_transfertownship_one_mode_at_a_time",
        lambda: in_force(other, END - timedelta(days=1), None),
    )
    in_force(other, END, None)


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (DAY - timedelta(days=1), Standing.COMING),
        (DAY, Standing.IN_FORCE),
        (END - timedelta(days=1), Standing.IN_FORCE),
        (END, Standing.EXPIRED),
    ],
)
def test_what_is_in_force_follows_from_the_day(row, on, standing):
    assert row.standing(on) == Standing.PREPARED
    in_force(row)
    assert row.standing(on) == standing
    rows = TransferTownship.objects.filter(pk=row.pk)
    assert rows.in_force(on).exists() == (standing == Standing.IN_FORCE)
    assert rows.coming(on).exists() == (standing == Standing.COMING)
    assert rows.expired(on).exists() == (standing == Standing.EXPIRED)


def test_terms_that_end_soon(row):
    in_force(row)
    rows = TransferTownship.objects.all()
    assert not rows.ending_within(30, END - timedelta(days=31)).exists()
    assert rows.ending_within(30, END - timedelta(days=30)).exists()
    assert not rows.ending_within(30, END).exists()


def test_evaluations_overdue(delegated, elm):
    row = in_force(delegated.receipts.get(township=elm), valid_to=None)
    assert not TransferTownship.objects.evaluations_overdue(delegated.evaluation_due).exists()
    overdue = TransferTownship.objects.evaluations_overdue(delegated.evaluation_due + timedelta(days=1))
    assert list(overdue) == [row]


def test_periods_that_only_touch_do_not_overlap(row):
    in_force(row)
    rows = TransferTownship.objects.of_township(row.township)
    assert not rows.overlapping(END, None).exists()
    assert not rows.overlapping(None, DAY).exists()
    assert rows.overlapping(END - timedelta(days=1), None).exists()
    assert rows.overlapping(None, None).exists()


def test_staff_reach_their_own_rows(row, clerk_of_forestry, clerk_of_elm, editor, other_county):
    for person, count in [(clerk_of_forestry, 2), (clerk_of_elm, 1), (editor, 2)]:
        assert within_reach(TransferTownship.objects.all(), person).count() == count
    editor.county = other_county
    assert not within_reach(TransferTownship.objects.all(), editor).exists()


# --- Evaluation, admission ---


def test_the_next_evaluation_is_later(entrusted):
    evaluation = Evaluation(
        transfer=entrusted, evaluated_on=DAY, next_due=DAY, cases=1, quality="good", verdict="keep"
    )
    refused_by("devolution_evaluation_next_one_is_later", evaluation.save)


@pytest.fixture
def admission(county, forestry, elm):
    admission = Admission.objects.create(
        county=county, department=forestry, name="护林员考核", reason="防火", requested_on=DAY
    )
    admission.townships.add(elm)
    return admission


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "admitted"}, "devolution_admission_decision_has_its_day"),
        ({"decided_on": DAY}, "devolution_admission_decision_has_its_day"),
        (
            {"state": "admitted", "decided_on": DAY - timedelta(days=1)},
            "devolution_admission_is_decided_after_the_request",
        ),
    ],
)
def test_a_request_is_whole(admission, changes, constraint):
    refused_by(constraint, lambda: Admission.objects.filter(pk=admission.pk).update(**changes))


def test_a_township_has_one_opinion(admission, elm):
    Opinion.objects.create(admission=admission, township=elm, verdict="agrees", given_on=DAY)
    double = Opinion(admission=admission, township=elm, verdict="objects", given_on=DAY)
    refused_by("devolution_opinion_is_one_for_each_township", double.save)


def test_requests_wait_for_opinions(admission, elm, willow):
    assert list(Admission.objects.awaiting_opinion_of(elm)) == [admission]
    assert not Admission.objects.awaiting_opinion_of(willow).exists()
    assert not Admission.objects.decided(END).exists()
