"""Rows written past the ORM."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import County
from catalog.models import Item
from catalog.writing import ROWS_A_STATEMENT, write_rows

pytestmark = pytest.mark.django_db
NAMES = ("county_id", "number", "basic_code", "implementation_code")


@pytest.fixture
def county():
    return County.objects.create(code="990101", name="青禾县")


def test_many_rows_are_written_while_statements_are_watched(county):
    count = 2 * ROWS_A_STATEMENT + 3
    with CaptureQueriesContext(connection):
        write_rows(Item, NAMES, ((county.pk, number, "", "") for number in range(1, count + 1)))
    assert list(Item.objects.order_by("number").values_list("number", flat=True)) == [*range(1, count + 1)]


def test_what_a_constraint_refuses_is_an_error_of_django(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        write_rows(Item, NAMES, [(county.pk, 1, "", "")] * ROWS_A_STATEMENT)
    assert not Item.objects.exists()
