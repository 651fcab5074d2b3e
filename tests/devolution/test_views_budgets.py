"""What pages of powers cost, however many there are: queries, and bytes on a slow line."""

import gzip
from datetime import date

import pytest
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from catalog.choices import PowerType
from devolution.choices import Mode, TransferState
from devolution.models import Power, PowerBasis, Transfer, TransferTownship
from tests.devolution.conftest import DAY

pytestmark = pytest.mark.django_db

# Each begins with the county's counter of publications, which says whether the page is stored already.
BUDGETS = {
    "/990102/powers/": 7,  # counter, county, choices, townships, count, powers, townships by mode
    "/t/990102100/powers/": 7,  # counter, township, choices, count, powers, rows, successions
    "/t/990102100/powers/list/": 7,  # counter, township, edition, own powers, rows, bases, successions
    "/990102/powers/1/": 6,  # counter, power, bases, rows, evaluations, entries
}
DUTIES = "1.立案责任：发现涉嫌违法行为，予以审查，决定是否立案。2.调查责任：指定两名以上执法人员负责，及时调查取证。"


@pytest.fixture(autouse=True)
def today(clock):
    clock("2026-03-10 12:00")


@pytest.fixture
def hand_down(county, forestry, water, elm, willow, notice, entrustment):
    """So many powers of two departments, as wordy as real ones are, in force in two towns."""

    def hand_down(count):
        powers = Power.objects.bulk_create(
            power_of([forestry, water][number % 2], number) for number in range(1, count + 1)
        )
        PowerBasis.objects.bulk_create(
            PowerBasis(
                power=power, position=1, text=f"《中华人民共和国水法》第{power.number * 7919 % 1009}条第一款"
            )
            for power in powers
        )
        transfers = Transfer.objects.bulk_create(
            Transfer(power=power, instrument=entrustment, mode=Mode.ENTRUSTED) for power in powers
        )
        TransferTownship.objects.bulk_create(
            TransferTownship(
                transfer=transfer,
                township=township,
                power=transfer.power,
                mode=transfer.mode,
                state=TransferState.IN_FORCE,
                valid_from=DAY,
                valid_to=date(2028, 3, 1),
                put_in_force_at=timezone.now(),
            )
            for transfer in transfers
            for township in [elm, willow]
        )

    return hand_down


def power_of(department, number):
    name = f"对第{number}类未经批准（{number * 104729 % 997}）占用河道堆放阻碍行洪物体的处罚"
    return Power(
        county=department.county,
        number=number,
        department=department,
        name=name,
        name_key=name,
        power_type=PowerType.PENALTY,
        responsibilities=f"{DUTIES}3.执行责任：依照第{number * 31 % 83}号文件监督当事人履行。" * 2,
        accountability=f"不履行或者不正确履行第{number}项职责的，依照《中华人民共和国公务员法》等追究责任。",
    )


@pytest.mark.parametrize("count", [5, 500])
@pytest.mark.parametrize("address", BUDGETS)
def test_queries_do_not_grow_with_the_powers(client, hand_down, django_assert_num_queries, address, count):
    hand_down(count)
    with django_assert_num_queries(BUDGETS[address]):
        client.get(address)


@pytest.mark.parametrize("address", BUDGETS)
def test_stored_page_costs_one_query(client, hand_down, django_assert_num_queries, address):
    hand_down(5)
    client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", BUDGETS)
def test_page_of_five_hundred_powers_fits_a_slow_line(client, hand_down, address, prefix):
    hand_down(500)
    assert len(gzip.compress(client.get(prefix + address).content, 6)) <= 15 * 1024


@pytest.mark.parametrize("address", BUDGETS)
def test_templates_ask_the_database_nothing(client, hand_down, monkeypatch, address):
    def refuse(execute, sql, *arguments):
        pytest.fail(f"a template of {address} asks the database: {sql}")

    def guarded(response, render=SimpleTemplateResponse.rendered_content.fget):
        with connection.execute_wrapper(refuse):
            return render(response)

    hand_down(5)
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", property(guarded))
    assert client.get(address).status_code == 200


def test_questions_do_not_fill_the_store(client, hand_down, django_assert_num_queries):
    """A page narrowed is made anew each time; the plain page beside it stays stored."""
    hand_down(5)
    client.get("/990102/powers/?utm_source=elsewhere")
    narrowed = client.get("/990102/powers/?mode=entrusted")
    assert narrowed["Cache-Control"] == "public, no-cache"
    with django_assert_num_queries(1):
        client.get("/990102/powers/?utm_source=weixin")


def test_pages_are_only_read(client, hand_down):
    for address in [*BUDGETS, "/t/990102100/powers/list/download/"]:
        assert client.post(address).status_code == 405
        assert client.post(f"{address}?on=2025-06-01").status_code == 405
