"""Years of handing down, evaluating, extending and taking back: whatever happens, three things hold on every day."""

import contextlib
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.choices import PowerType
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, WithdrawalReason
from devolution.models import (
    Assessment,
    Evaluation,
    FourQuestions,
    Instrument,
    Transfer,
    TransferTownship,
)
from tests.devolution.conftest import make_power

pytestmark = pytest.mark.django_db
BEGINNING = date(2025, 1, 1)
PAPER_OF = {
    Mode.DELEGATED: InstrumentKind.COUNTY_NOTICE,
    Mode.ENTRUSTED: InstrumentKind.ENTRUSTMENT,
    Mode.SECONDED: InstrumentKind.SECONDMENT_PLAN,
}

months = st.integers(0, 72)
places = st.sampled_from([[0], [1], [0, 1]])
terms = st.one_of(st.none(), st.integers(1, 48))
STEPS = st.one_of(
    st.tuples(st.just("hand_down"), st.sampled_from(list(Mode)), st.integers(0, 1), places, months, terms),
    st.tuples(st.just("take_over"), st.sampled_from(list(Mode)), st.integers(0, 1), places, months, terms),
    st.tuples(st.just("evaluate"), st.integers(0, 20), months),
    st.tuples(st.just("extend"), st.integers(0, 5), st.integers(1, 36)),
    st.tuples(st.just("extend_into_another"), st.integers(0, 5), st.sampled_from(list(Mode))),
    st.tuples(st.just("withdraw"), st.integers(0, 5), st.integers(1, 3), months),
)


def day(month):
    return date(BEGINNING.year + month // 12, month % 12 + 1, 1)


class County:
    """The acts of one example, on two powers of one name and two towns."""

    def __init__(self, county, department, townships, person):
        self.county, self.department, self.townships, self.person = county, department, townships, person
        # Two typists recorded the same power twice: it is still one power to the law.
        self.powers = [
            make_power(department, name, PowerType.OTHER, bases=[("森林法", "1")])
            for name in ("林木采伐备案", "林木采伐 备案")
        ]
        self.papers = 0

    def paper(self, kind, **values):
        self.papers += 1
        made_on = values.get("published_on", BEGINNING)
        return Instrument.objects.create(
            county=self.county, kind=kind, number=f"北〔2025〕{self.papers}号", made_on=made_on, **values
        )

    def prepared(self, mode, which, places, first, length):
        last = None if length is None else first + length
        paper = self.paper(
            PAPER_OF[mode],
            published_on=day(first),
            valid_from=day(first),
            valid_to=last and day(last),
            is_open_ended=last is None,
        )
        transfer = Transfer(power=self.powers[which], instrument=paper, mode=mode, authority="受理")
        townships = [self.townships[place] for place in places]
        lifecycle.prepare(transfer=transfer, townships=townships, by=self.person)
        FourQuestions.objects.create(
            transfer=transfer, should=True, needed=True, allowed=True, possible=True, answered_on=BEGINNING
        )
        for row in transfer.receipts.all():
            row.assessment = Assessment.objects.create(
                township=row.township, assessed_on=BEGINNING, officers=2
            )
            row.save()
        return transfer

    def hand_down(self, mode, which, places, first, length):
        transfer = self.prepared(mode, which, places, first, length)
        lifecycle.hand_down(
            transfers=[transfer], by=self.person, valid_from=day(first), notes={"R6": "按委托办理"}
        )

    def take_over(self, mode, which, places, first, length):
        transfer = self.prepared(mode, which, places, first, length)
        lifecycle.take_over_as_found(transfers=[transfer], by=self.person, since=day(first), document="目录")

    def evaluate(self, which, month):
        transfers = list(Transfer.objects.order_by("pk"))
        if transfers:
            evaluation = Evaluation(
                transfer=transfers[which % len(transfers)],
                evaluated_on=day(month),
                cases=which,
                quality="fair",
                verdict="change",
            )
            lifecycle.evaluate(evaluation=evaluation, by=self.person)

    def extend(self, which, length):
        rows = list(TransferTownship.objects.exclude(valid_to=None).order_by("pk"))
        if rows:
            row = rows[which % len(rows)]
            end = row.valid_to + timedelta(days=31 * length)
            paper = self.paper(
                row.transfer.instrument.kind,
                published_on=row.valid_to,
                valid_from=row.valid_to,
                valid_to=end,
            )
            lifecycle.extend(rows=[row], instrument=paper, by=self.person)

    def extend_into_another(self, which, mode):
        """Hand the power down from the month after a term on, then prolong that term over it."""
        rows = list(TransferTownship.objects.exclude(valid_to=None).order_by("pk"))
        if rows:
            row = rows[which % len(rows)]
            end = row.valid_to + timedelta(days=31)
            place = self.townships.index(row.township)
            after = (end.year - BEGINNING.year) * 12 + end.month - 1
            with contextlib.suppress(ValidationError):
                self.hand_down(mode, 0, [place], after, 6)
            self.extend(rows.index(row), 6)

    def withdraw(self, which, count, month):
        rows = list(TransferTownship.objects.put_in_force().order_by("pk"))
        if rows:
            lifecycle.withdraw(
                rows=rows[which % len(rows) :][:count],
                by=self.person,
                reason=WithdrawalReason.EVALUATION,
                instrument=self.paper(InstrumentKind.WITHDRAWAL),
                on=day(month),
                department=self.department,
            )


def check(history):
    rows = list(
        TransferTownship.objects.put_in_force().select_related("transfer__instrument", "term_instrument")
    )
    now = {row.pk: (row.township_id, row.mode, row.valid_from) for row in rows}
    assert history.items() <= now.items(), "a row was lost, or its beginning was rewritten"
    exercised = [row for row in rows if row.valid_from != row.valid_to]
    for one, other in combinations(exercised, 2):
        if one.township_id == other.township_id:
            ends = [row.valid_to or date.max for row in (one, other)]
            assert max(one.valid_from, other.valid_from) >= min(ends), "two modes at a time"
    terms = [row.term_instrument or row.transfer.instrument for row in rows]
    days = (
        {row.valid_from for row in rows}
        | {row.valid_to for row in rows}
        | {paper.valid_to for paper in terms}
    )
    for on in days - {None}:
        for row in TransferTownship.objects.in_force(on).select_related(
            "transfer__instrument", "term_instrument"
        ):
            paper = row.term_instrument or row.transfer.instrument
            assert paper.valid_to is None or on < paper.valid_to, "past its term"
            assert row.valid_to is None or on < row.valid_to
            assert row.standing(on) == "in_force"
    return now


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=2, max_size=9))
def test_whatever_happens_one_mode_at_a_time_nothing_past_its_term_and_no_row_lost(
    steps, county, forestry, elm, willow, editor
):
    with transaction.atomic():
        world, history = County(county, forestry, [elm, willow], editor), {}
        for act, *arguments in steps:
            # Refused with a sentence, and then nothing else has changed.
            with contextlib.suppress(ValidationError):
                getattr(world, act)(*arguments)
            history = check(history)
        transaction.set_rollback(True)
