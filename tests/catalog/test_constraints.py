"""What must never be false of lists, editions, entries, items and guides: each constraint from both sides."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from catalog.choices import EditionState, LimitUnit, SuccessionKind
from catalog.models import (
    Basis,
    Comment,
    CommentRound,
    Edition,
    Entry,
    Guide,
    Handling,
    Item,
    ItemList,
    Law,
    LawVersion,
    Succession,
)
from tests.factories import make_office, make_township_class

DAY, LATER = date(2025, 1, 1), date(2025, 2, 1)


@pytest.fixture
def edition(services):
    return Edition.objects.create(list=services)


@pytest.fixture
def item(qinghe):
    return Item.objects.create(county=qinghe, number=1)


@pytest.fixture
def other_item(qinghe):
    return Item.objects.create(county=qinghe, number=2)


def assert_holds(row):
    row.full_clean()


def assert_refused(row):
    with pytest.raises(ValidationError) as problem:
        row.full_clean()
    assert all(problem.value.messages)


def announced(item_list, clerk, **values):
    values = {
        "state": EditionState.ANNOUNCED,
        "title": "目录",
        "document_number": "青〔2025〕1号",
        "published_on": DAY,
        "effective_on": DAY,
        "announced_at": timezone.now(),
        "announced_by": clerk,
        **values,
    }
    return Edition(list=item_list, **values)


def test_a_list_is_for_a_class_or_a_township_and_not_both(qinghe, township):
    group = make_township_class(qinghe)
    assert_holds(ItemList(county=qinghe, kind="basic_duties", township=township))
    assert_holds(ItemList(county=qinghe, kind="basic_duties", township_class=group))
    assert_refused(ItemList(county=qinghe, kind="basic_duties", township=township, township_class=group))


def test_a_county_keeps_one_list_of_a_kind_for_each_holder(services, qinghe, township):
    group = make_township_class(qinghe)
    assert_refused(ItemList(county=qinghe, kind="public_services"))
    for holder in ({"township": township}, {"township_class": group}):
        row = ItemList(county=qinghe, kind="public_services", **holder)
        assert_holds(row)
        row.save()
        assert_refused(ItemList(county=qinghe, kind="public_services", **holder))


def test_a_list_of_another_countys_township_is_refused(qinghe, other_township):
    assert_refused(ItemList(county=qinghe, kind="basic_duties", township=other_township))


@pytest.mark.parametrize("missing", ["title", "document_number", "published_on", "effective_on"])
def test_an_announced_edition_has_its_record(missing, services, clerk):
    assert_holds(announced(services, clerk))
    blank = "" if missing in ("title", "document_number") else None
    assert_refused(announced(services, clerk, **{missing: blank}))


def test_only_an_announced_edition_has_a_moment(services, clerk):
    assert_refused(announced(services, clerk, announced_at=None))
    assert_refused(Edition(list=services, announced_at=timezone.now()))


def test_one_edition_a_day_and_correction_number(services, clerk):
    announced(services, clerk).save()
    assert_refused(announced(services, clerk))
    assert_holds(announced(services, clerk, correction=1))
    assert_holds(announced(services, clerk, effective_on=LATER))


def test_an_edition_ends_after_it_begins(services, clerk):
    assert_holds(announced(services, clerk, ended_on=LATER))
    assert_refused(announced(services, clerk, ended_on=DAY))
    assert_refused(Edition(list=services, ended_on=DAY))


def test_a_comment_period_lasts_a_day_at_least(services, clerk):
    edition = Edition.objects.create(list=services, title="草案")
    assert_holds(CommentRound(edition=edition, opens_on=DAY, closes_on=LATER, digest="0"))
    assert_refused(CommentRound(edition=edition, opens_on=DAY, closes_on=DAY, digest="0"))


def test_a_draft_is_open_for_comment_once_at_a_time(services):
    edition = Edition.objects.create(list=services, title="草案")
    CommentRound.objects.create(edition=edition, opens_on=DAY, closes_on=LATER, ended_on=LATER, digest="0")
    assert_holds(CommentRound(edition=edition, opens_on=DAY, closes_on=LATER, digest="0"))
    CommentRound.objects.create(edition=edition, opens_on=DAY, closes_on=LATER, digest="0")
    assert_refused(CommentRound(edition=edition, opens_on=DAY, closes_on=LATER, digest="0"))


def test_an_answer_says_what_and_why(services):
    edition = Edition.objects.create(list=services, title="草案")
    period = CommentRound.objects.create(edition=edition, opens_on=DAY, closes_on=LATER, digest="0")
    comment = {"round": period, "text": "建议", "received_on": DAY}
    assert_holds(Comment(**comment))
    assert_holds(Comment(**comment, verdict="taken", answer="采纳"))
    assert_refused(Comment(**comment, verdict="taken"))
    assert_refused(Comment(**comment, answer="采纳"))


def test_a_stored_workbook_has_its_digest(services):
    assert_holds(Edition(list=services, source_file="lists/a", source_sha256="0" * 64))
    assert_refused(Edition(list=services, source_file="lists/a"))


def test_an_item_stands_once_in_an_edition(edition, item, other_item):
    Entry.objects.create(edition=edition, position=1, name="甲", item=item)
    assert_holds(Entry(edition=edition, position=2, name="乙", item=other_item))
    assert_refused(Entry(edition=edition, position=2, name="乙", item=item))


def test_a_name_stands_once_for_its_department_and_unit(edition):
    Entry.objects.create(edition=edition, position=1, name="甲", responsible_unit="一办")
    assert_holds(Entry(edition=edition, position=2, name="甲", responsible_unit="二办"))
    assert_holds(
        Entry(edition=edition, position=2, name="甲", responsible_unit="一办", receiving_body="柳河镇")
    )
    assert_refused(Entry(edition=edition, position=2, name="甲", responsible_unit="一办"))


def test_texts_as_long_as_their_columns_are_told_apart(edition):
    def entry(position, last):
        longest = {"main_name": 500, "name": 500, "department_name": 200, "receiving_body": 500}
        texts = {
            name: "".join(chr(0x4E00 + place * 37 % 20_000) for place in range(length))
            for name, length in longest.items()
        }
        return Entry(edition=edition, position=position, **texts, responsible_unit=last)

    entry(1, "一办").save()
    assert_holds(entry(2, "二办"))
    assert_refused(entry(2, "一办"))


def test_an_entry_has_a_name(edition):
    assert_refused(Entry(edition=edition, position=1, name=""))


def test_two_citations_cannot_stand_in_one_place(edition):
    entry = Entry.objects.create(edition=edition, position=1, name="甲")
    Basis.objects.create(entry=entry, position=1, text="一")
    assert_holds(Basis(entry=entry, position=2, text="二"))
    assert_refused(Basis(entry=entry, position=1, text="二"))


def test_an_item_code_is_given_once_and_begins_with_1(qinghe, item):
    assert_holds(Item(county=qinghe, number=2))
    assert_refused(Item(county=qinghe, number=1))
    assert_refused(Item(county=qinghe, number=0))


def test_a_succession_joins_two_items_once(edition, item, other_item):
    first = Succession(edition=edition, predecessor=item, successor=other_item, kind=SuccessionKind.SPLIT)
    assert_holds(first)
    first.save()
    assert_refused(
        Succession(edition=edition, predecessor=item, successor=other_item, kind=SuccessionKind.MERGED)
    )
    assert_refused(Succession(edition=edition, predecessor=item, successor=item, kind=SuccessionKind.SPLIT))


def test_guides_of_an_item_follow_each_other(item):
    first = Guide.objects.create(item=item, valid_from=DAY, valid_to=LATER)
    assert_holds(Guide(item=item, valid_from=LATER))
    assert_refused(Guide(item=item, valid_from=DAY, valid_to=LATER))
    first.valid_to = None
    first.save()
    assert_refused(Guide(item=item, valid_from=LATER))


def test_a_guide_ends_after_it_begins(item):
    assert_refused(Guide(item=item, valid_from=DAY, valid_to=DAY))


def test_a_promise_is_within_the_law(item):
    assert_holds(Guide(item=item, valid_from=DAY, statutory_limit=20, promised_limit=20))
    assert_refused(Guide(item=item, valid_from=DAY, statutory_limit=20, promised_limit=21))
    other_unit = {"promised_limit_unit": LimitUnit.CALENDAR_DAYS}
    assert_holds(Guide(item=item, valid_from=DAY, statutory_limit=20, promised_limit=21, **other_unit))


def test_a_fee_is_stated_in_full(item):
    stated = {"fee_name": "工本费", "fee_standard": "10元", "fee_basis": "某价〔2020〕1号"}
    assert_holds(Guide(item=item, valid_from=DAY, **stated))
    assert_refused(Guide(item=item, valid_from=DAY, fee_name="工本费"))


def test_what_is_free_has_no_fee(item):
    stated = {"fee_name": "工本费", "fee_standard": "10元", "fee_basis": "某价〔2020〕1号"}
    assert_holds(Guide(item=item, valid_from=DAY, is_free=True))
    assert_refused(Guide(item=item, valid_from=DAY, is_free=True, **stated))


@pytest.mark.parametrize("model", [Guide, Handling])
def test_a_verification_has_day_and_person(model, item, clerk, township):
    place = {"township": township} if model is Handling else {}
    assert_holds(model(item=item, valid_from=DAY, verified_on=DAY, verified_by=clerk, **place))
    assert_refused(model(item=item, valid_from=DAY, verified_on=DAY, **place))


def test_one_open_exception_for_an_item_in_a_township(item, township):
    Handling.objects.create(item=item, township=township, valid_from=DAY)
    assert_refused(Handling(item=item, township=township, valid_from=LATER))
    assert_refused(Handling(item=item, township=township, valid_from=LATER, valid_to=DAY))
    assert_holds(Handling(item=item, township=township, valid_from=DAY, valid_to=LATER))


def test_an_exception_stays_in_its_own_county_and_township(item, township, sister_township, other_township):
    office = make_office(sister_township)
    assert_refused(Handling(item=item, township=township, valid_from=DAY, office=office))
    assert_refused(Handling(item=item, township=other_township, valid_from=DAY))


def test_a_version_of_a_law_is_recorded_once(db):
    law = Law.objects.create(title="森林法")
    LawVersion.objects.create(law=law, made_on=DAY)
    assert_holds(LawVersion(law=law, made_on=LATER))
    assert_refused(LawVersion(law=law, made_on=DAY))
