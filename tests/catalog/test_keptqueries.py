from datetime import date

import pytest

from catalog.keptqueries import give, kept_query
from catalog.models import Edition, Entry

from . import published

pytestmark = pytest.mark.django_db


@kept_query
def editions_read_on(kind, on, *, most):
    return Edition.objects.public(on).of_kind(kind).with_list().order_by("pk")[:most]


@kept_query
def lines_of(edition):
    return Entry.objects.filter(edition=edition).as_lines()


def test_answers_are_those_of_the_queryset(portal):
    for on in (date(2025, 1, 1), published.CURRENT, date(2030, 1, 1)):
        plain = Edition.objects.public(on).of_kind("public_services").with_list().order_by("pk")
        assert editions_read_on("public_services", on, most=9) == list(plain)
    assert editions_read_on("no_such_kind", published.CURRENT, most=9) == []
    for edition in Edition.objects.all():
        assert lines_of(edition.pk) == list(Entry.objects.filter(edition=edition).as_lines())


def test_what_is_joined_asks_no_more(portal, django_assert_num_queries):
    with django_assert_num_queries(1):
        (edition,) = editions_read_on("public_services", date(2030, 1, 1), most=1)
        assert edition.list.county.code == "990101"


def test_what_is_called_by_name_chooses_the_question(portal):
    assert len(editions_read_on("public_services", date(2030, 1, 1), most=2)) == 2
    assert len(editions_read_on("public_services", date(2030, 1, 1), most=1)) == 1


def test_sql_is_worked_out_once(portal):
    built = []

    @kept_query
    def editions_of(kind):
        built.append(kind)
        return Edition.objects.of_kind(kind)

    assert editions_of("public_services")
    assert not editions_of("no_such_kind")
    assert len(built) == 1


def test_given_rows_are_those_that_would_be_asked_for(portal, django_assert_num_queries):
    edition = Edition.objects.order_by("pk").first()
    entries = list(edition.entries.all())
    asked = Edition.objects.get(pk=edition.pk)
    give(asked, "entries", entries)
    with django_assert_num_queries(0):
        assert list(asked.entries.all()) == entries
        assert entries[0].edition is asked
