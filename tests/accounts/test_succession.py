"""Mergers, splits and renamings: what differs is asked, nothing is half written, and places move on the day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.choices import ReorganisationKind
from accounts.models import (
    Event,
    Move,
    Office,
    Reorganisation,
    Township,
    TownshipSuccession,
    Village,
)
from accounts.succession import Plan, carry_out_due, differences_of, record_reorganisation
from accounts.succession.planning import key_of
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
BEFORE, AFTER = date(2026, 11, 30), date(2026, 12, 2)


@pytest.fixture
def towns(county):
    """Two towns with a village and an office of one name each, and the one that is to follow them."""
    towns = [
        factories.make_township(county, 150 + place, name, centre_phone=f"0999-{place}")
        for place, name in enumerate(["榆树镇", "柳河镇"])
    ]
    for town in towns:
        factories.make_village(town, "东村")
        factories.make_office(town, "党政办", phone=town.centre_phone)
    return [*towns, factories.make_township(county, 160, "新榆镇")]


def planned(county, kind, predecessors, successors=(), on=DAY, **values):
    reorganisation = Reorganisation(county=county, kind=kind, effective_on=on, **values)
    return Plan(reorganisation, list(predecessors), list(successors))


def merger(towns, **values):
    return planned(towns[0].county, ReorganisationKind.MERGER, towns[:2], towns[2:], **values)


def answered(plan, place=0):
    """The same choice for every difference."""
    return {each.key: each.options[place].value for each in differences_of(plan) if each.options}


def test_a_merger_lists_what_differs(towns):
    subjects = {each.subject for each in differences_of(merger(towns))}
    assert subjects == {"服务中心电话", "党政办（柳河镇）", "东村（柳河镇）"}


def test_without_every_answer_nothing_is_written(towns, clerk):
    plan = merger(towns)
    answers = answered(plan)
    answers.popitem()
    with pytest.raises(ValidationError, match=r"党政办|东村|电话"):
        record_reorganisation(plan=plan, answers=answers, by=clerk, today=BEFORE)
    for model in (Reorganisation, TownshipSuccession, Move):
        assert not model.objects.exists()


def test_places_belong_to_the_successor_on_the_day_and_to_the_old_one_before(towns, clerk):
    plan = merger(towns)
    record_reorganisation(plan=plan, answers=answered(plan), by=clerk, today=BEFORE)
    elm, _willow, new = towns
    for carried_out in (False, True):
        if carried_out:
            assert len(carry_out_due(county=elm.county, on=DAY, by=clerk)) == 1
        assert [v.township_id == new.pk for v in Village.objects.all()] == [carried_out] * 2
        assert Village.objects.standing_in(elm, BEFORE).count() == 1
        assert not Village.objects.standing_in(elm, DAY).exists()
        assert Village.objects.standing_in(new, DAY).count() == 2
        assert Office.objects.standing_in(new, DAY).count() == 1  # two of one name have become one
    new.refresh_from_db()
    assert new.centre_phone == elm.centre_phone
    assert set(Village.objects.values_list("name", flat=True)) == {"东村", "东村（柳河镇）"}
    assert Village.objects.first().history.first().history_user == clerk
    assert not carry_out_due(county=elm.county, on=AFTER, by=clerk)


def test_what_staff_correct_after_the_day_holds(towns, clerk):
    elm, _willow, new = towns
    plan = merger(towns)
    record_reorganisation(plan=plan, answers=answered(plan), by=clerk, today=DAY)
    other = factories.make_township(elm.county, 170, "别镇")
    village = Village.objects.first()
    village.township = other
    village.save()
    assert Village.objects.standing_in(other, AFTER).get() == village
    assert Village.objects.standing_in(new, AFTER).count() == 1


def test_a_closed_day_of_the_successor_is_not_lost_to_hours_that_agree(towns, clerk):
    elm, _willow, new = towns
    elm.centre_hours = new.centre_hours = "9:00-17:00"
    new.centre_closed_days = "春节"
    elm.save()
    new.save()
    plan = merger(towns)
    record_reorganisation(plan=plan, answers=answered(plan), by=clerk, today=DAY)
    new.refresh_from_db()
    assert (new.centre_hours, new.centre_closed_days) == ("9:00-17:00", "春节")


def test_on_its_day_all_is_done_at_once_and_recorded(towns, clerk):
    plan = merger(towns, document_number="青政〔2026〕8号")
    record_reorganisation(plan=plan, answers=answered(plan, place=-1), by=clerk, today=DAY)
    assert plan.reorganisation.carried_out_on == DAY
    assert TownshipSuccession.objects.filter(document_number="青政〔2026〕8号").count() == 2
    assert Office.objects.filter(township=towns[2]).count() == 2
    assert Event.objects.filter(action__in=["reorganise", "carry_out"], by=clerk).count() == 2


def test_a_split_asks_of_every_place_where_it_goes(towns, clerk):
    old, one, two = towns
    plan = planned(old.county, ReorganisationKind.SPLIT, [old], [one, two])
    asked = differences_of(plan)
    assert [len(each.options) for each in asked] == [3, 2]  # an office can also be dissolved
    answers = {each.key: key_of(two) for each in asked}
    record_reorganisation(plan=plan, answers=answers, by=clerk, today=DAY)
    assert Village.objects.filter(township=two).exists()
    assert set(old.successions.values_list("successor", flat=True)) == {one.pk, two.pk}


def test_a_renaming_keeps_the_code_and_the_former_name(towns, clerk):
    elm = towns[0]
    plan = planned(elm.county, ReorganisationKind.RENAMING, [elm], new_name="榆林镇")
    record_reorganisation(plan=plan, answers={}, by=clerk, today=BEFORE)
    assert Township.objects.get(pk=elm.pk).name == "榆树镇"
    carry_out_due(county=elm.county, on=DAY, by=clerk)
    renamed = Township.objects.get(pk=elm.pk)
    assert (renamed.name, renamed.code) == ("榆林镇", elm.code)
    assert renamed.renamings.get().former_name == "榆树镇"


def test_a_renamed_department_is_still_known_by_its_old_name(department, clerk):
    old = department.name
    plan = planned(department.county, ReorganisationKind.RENAMING, [department], new_name="县民政事务局")
    record_reorganisation(plan=plan, answers={}, by=clerk, today=DAY)
    department.refresh_from_db()
    assert department.name == "县民政事务局"
    assert old in department.names


def test_departments_merge_with_what_is_asked_of_their_contacts(department, county, clerk):
    other = factories.make_department(county, "县老龄办", phone="0999-2")
    department.phone = "0999-1"
    department.save()
    unit = factories.make_office(factories.make_township(county), sent_by=other)
    plan = planned(county, ReorganisationKind.MERGER, [other], [department])
    (phone,) = differences_of(plan)
    answers = {phone.key: key_of(other)}
    record_reorganisation(plan=plan, answers=answers, by=clerk, today=DAY)
    department.refresh_from_db()
    unit.refresh_from_db()
    assert (department.phone, unit.sending_department) == ("0999-2", department)
    assert other.successions.get().successor == department


@pytest.mark.parametrize(
    ("kind", "old", "new", "values"),
    [
        (ReorganisationKind.MERGER, [0, 1], [], {}),
        (ReorganisationKind.MERGER, [0, 1], [1], {}),
        (ReorganisationKind.MERGER, [0], [1], {"new_name": "新名镇"}),
        (ReorganisationKind.SPLIT, [0], [1], {}),
        (ReorganisationKind.SPLIT, [0, 1], [2, 1], {}),
        (ReorganisationKind.RENAMING, [0], [], {}),
        (ReorganisationKind.RENAMING, [0], [1], {"new_name": "新名镇"}),
        (ReorganisationKind.RENAMING, [0], [], {"new_name": "榆树镇"}),
        (ReorganisationKind.RENAMING, [0], [], {"new_name": "柳河镇"}),
    ],
)
def test_what_is_no_reorganisation_is_refused(kind, old, new, values, towns):
    plan = planned(towns[0].county, kind, [towns[i] for i in old], [towns[i] for i in new], **values)
    with pytest.raises(ValidationError):
        differences_of(plan)


def test_what_has_given_way_does_not_do_so_again_nor_follow(towns, clerk, other_county):
    plan = merger(towns)
    record_reorganisation(plan=plan, answers=answered(plan), by=clerk, today=BEFORE)
    for old, new in [(towns[0], towns[2]), (towns[2], towns[1])]:
        with pytest.raises(ValidationError, match=" → "):
            differences_of(planned(old.county, ReorganisationKind.MERGER, [old], [new]))
    stranger = factories.make_township(other_county)
    with pytest.raises(ValidationError):
        differences_of(planned(stranger.county, ReorganisationKind.MERGER, [stranger], [towns[2]]))
