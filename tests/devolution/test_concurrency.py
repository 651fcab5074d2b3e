"""Two people at once: one mode for one power, township and period holds on either database (R4)."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from devolution import lifecycle
from devolution.choices import Mode
from devolution.models import Transfer, TransferTownship
from tests.devolution.conftest import DAY, END, make_power

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run the acts in threads that start together; what each came to, in their order."""
    together, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            together.wait(timeout=30)
            outcomes[place] = act()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "they hold each other"
    return outcomes


def putting_in_force(transfer, person, valid_from=DAY):
    return lambda: lifecycle.hand_down(transfers=[transfer], by=person, valid_from=valid_from)


@pytest.fixture
def twin(forestry, notice, decision, elm, editor, ready):
    """The same power recorded a second time, delegated."""
    transfer = Transfer(
        power=make_power(forestry, "对滥伐林木 的处罚"),
        instrument=notice,
        mode=Mode.DELEGATED,
        provincial_decision=decision,
        evaluation_due=date(2027, 3, 1),
    )
    return ready(lifecycle.prepare(transfer=transfer, townships=[elm], by=editor))


@pytest.mark.parametrize("other", ["delegated", "twin"])
def test_of_two_modes_put_in_force_at_once_one_wins(other, request, entrusted, ready, elm, editor):
    other = request.getfixturevalue(other)
    if other.mode == Mode.DELEGATED and not hasattr(other, "questions"):
        ready(other)
    outcomes = at_once(putting_in_force(ready(entrusted), editor), putting_in_force(other, editor))
    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert len(refused) == 1, outcomes
    assert [problem.code for problem in refused[0].error_list] == ["R4a"]
    assert TransferTownship.objects.in_force(DAY).filter(township=elm).count() == 1


def test_extending_and_handing_down_at_once_do_not_meet(
    county, entrusted, delegated, ready, elm, editor, withdrawal
):
    hand_down = putting_in_force(ready(entrusted), editor)
    hand_down()
    paper = entrusted.instrument
    paper.pk, paper.number = None, "北林委字〔2028〕9号"
    paper.valid_from, paper.valid_to = END, date(2030, 3, 1)
    paper.save()
    rows = list(TransferTownship.objects.in_force(DAY).filter(township=elm))
    outcomes = at_once(
        lambda: lifecycle.extend(rows=rows, instrument=paper, by=editor),
        putting_in_force(ready(delegated), editor, END),
    )
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes
    assert TransferTownship.objects.in_force(END).filter(township=elm).count() == 1


def test_a_power_is_taken_back_once(entrusted, ready, editor, withdrawal, forestry):
    putting_in_force(ready(entrusted), editor)()
    rows = list(entrusted.receipts.all())

    def take_back():
        return lifecycle.withdraw(
            rows=rows, by=editor, reason="evaluation", instrument=withdrawal, on=END, department=forestry
        )

    outcomes = at_once(take_back, take_back)
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes
