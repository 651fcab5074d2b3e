"""The road of an edition: confirmed, typed, announced, repealed, discarded."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import County, Event
from catalog import publishing
from catalog.choices import EditionState
from catalog.importing.drafts import store_draft
from catalog.importing.planning import make_plan
from catalog.models import Category, Edition, Entry, Guide, Item, Suggestion
from tests.catalog.workbooks import written
from tests.factories import make_user

ROWS = written([[1, "基本服务", "低保申请", "行政给付", "民政民生办公室", "", "", ""]])
TWO_ROWS = written(
    [
        [1, "基本服务", "低保申请", "行政给付", "民政民生办公室", "", "", ""],
        [2, "基本服务", "生育登记", "公共服务", "公共服务中心", "", "", ""],
    ]
)
NEW_YEAR = date(2025, 1, 1)


def announce(edition, by, day=NEW_YEAR, **options):
    return publishing.announce(edition=edition, by=by, published_on=day, effective_on=day, **options)


def test_confirming_gives_codes_that_are_never_used_again(imported, clerk):
    first = publishing.confirm(edition=imported(TWO_ROWS), by=clerk)
    assert sorted(first.entries.values_list("item__number", flat=True)) == [1, 2]
    publishing.discard(edition=first, by=clerk)
    second = publishing.confirm(edition=imported(ROWS), by=clerk)
    assert list(second.entries.values_list("item__number", flat=True)) == [3]


def test_what_is_confirmed_at_once_has_the_same_codes_and_none_is_lost(services, announced, read):
    before = announced(ROWS)

    def at_once():
        plan = make_plan(read(TWO_ROWS), before)
        edition = store_draft(plan=plan, item_list=services, by=None, is_confirmed_at_once=True)
        return publishing.confirm(edition=edition, by=None)

    with transaction.atomic():
        at_once()
        transaction.set_rollback(True)
    edition = at_once()
    assert list(edition.entries.order_by("position").values_list("item__number", flat=True)) == [1, 2]
    assert Item.objects.count() == 2
    assert edition.state == EditionState.DRAFT


def test_an_import_is_confirmed_once(imported, clerk):
    edition = imported(ROWS)
    publishing.confirm(edition=edition, by=clerk)
    with pytest.raises(ValidationError, match=r"confirmed already|已经确认"):
        publishing.confirm(edition=edition, by=clerk)
    assert Item.objects.count() == 1


def test_only_who_uploaded_confirms(imported, qinghe):
    other = make_user(Role.EDITOR, qinghe)
    with pytest.raises(ValidationError):
        publishing.confirm(edition=imported(ROWS), by=other)


def test_an_import_cannot_be_confirmed_when_another_edition_came_between(imported, announced, clerk):
    early = imported(ROWS)
    announced(TWO_ROWS)
    with pytest.raises(ValidationError):
        publishing.confirm(edition=early, by=clerk)
    early.refresh_from_db()
    assert early.state == EditionState.UNCONFIRMED


def test_announcing_makes_the_edition_the_list_from_its_day(announced):
    edition = announced(ROWS, NEW_YEAR)
    assert not Edition.objects.in_force(NEW_YEAR - timedelta(days=1)).exists()
    assert Edition.objects.in_force(NEW_YEAR).get() == edition


def test_a_later_edition_takes_its_place_and_the_former_stays(announced):
    former = announced(ROWS, NEW_YEAR)
    later = announced(TWO_ROWS, date(2025, 7, 1))
    assert Edition.objects.in_force(date(2025, 6, 30)).get() == former
    assert Edition.objects.in_force(date(2025, 7, 1)).get() == later
    assert former.entries.count() == 1


def test_every_announcement_raises_the_publication_counter(announced, qinghe):
    announced(ROWS)
    assert County.objects.get(pk=qinghe.pk).publications == 1


def test_an_announcement_leaves_an_event(announced, clerk):
    edition = announced(ROWS)
    event = Event.objects.about(edition).get(action="announce")
    assert event.by == clerk
    assert event.details["number"] == "青政发〔2025〕1号"


def test_announced_entries_no_longer_change(announced, clerk):
    entry = announced(ROWS).entries.get()
    entry.name = "别的名称"
    with pytest.raises(ValidationError):
        publishing.write_entry(entry=entry, by=clerk)
    with pytest.raises(ValidationError):
        publishing.remove_entry(entry=entry, by=clerk)
    assert Entry.objects.get(pk=entry.pk).name == "低保申请"


def test_announced_editions_are_never_discarded(announced, clerk):
    with pytest.raises(ValidationError):
        publishing.discard(edition=announced(ROWS), by=clerk)


@pytest.mark.parametrize("field", ["title", "document_number"])
def test_an_announcement_needs_title_and_document_number(field, imported, clerk):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    setattr(edition, field, "")
    publishing.write_record(edition=edition, by=clerk)
    with pytest.raises(ValidationError) as problem:
        announce(edition, clerk)
    assert field in problem.value.error_dict


def test_an_empty_edition_is_not_announced(services, clerk):
    edition = publishing.begin_draft(
        item_list=services, by=clerk, title="空", document_number="青〔2025〕1号"
    )
    with pytest.raises(ValidationError):
        announce(edition, clerk)


def test_an_unconfirmed_import_is_not_announced(imported, clerk):
    with pytest.raises(ValidationError):
        announce(imported(ROWS), clerk)


def test_a_correction_of_the_same_day_gets_a_number(announced, imported, clerk):
    announced(ROWS, NEW_YEAR)
    draft = publishing.confirm(edition=imported(TWO_ROWS), by=clerk)
    with pytest.raises(ValidationError):
        announce(draft, clerk, NEW_YEAR)
    corrected = announce(draft, clerk, NEW_YEAR, is_correction=True)
    assert corrected.correction == 1
    assert Edition.objects.in_force(NEW_YEAR).get() == corrected


def test_past_days_are_not_rewritten(announced, imported, clerk):
    announced(ROWS, date(2025, 7, 1))
    draft = publishing.confirm(edition=imported(TWO_ROWS), by=clerk)
    with pytest.raises(ValidationError) as problem:
        announce(draft, clerk, date(2025, 6, 30))
    assert "effective_on" in problem.value.error_dict


def test_a_draft_begun_before_another_announcement_is_not_announced(announced, imported, clerk):
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    other = Edition.objects.get(pk=publishing.confirm(edition=imported(TWO_ROWS), by=clerk).pk)
    announce(other, clerk, NEW_YEAR)
    with pytest.raises(ValidationError):
        announce(draft, clerk, date(2025, 7, 1))


def test_where_a_second_person_is_wanted_the_editor_does_not_announce(imported, clerk, approver, qinghe):
    qinghe.needs_second_person = True
    qinghe.save()
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    with pytest.raises(ValidationError):
        announce(draft, clerk)
    assert announce(draft, approver).state == EditionState.ANNOUNCED


def test_who_worked_on_a_draft_is_no_second_person(imported, clerk, approver, qinghe):
    qinghe.needs_second_person = True
    qinghe.save()
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    entry = draft.entries.get()
    publishing.write_entry(entry=entry, by=approver)
    with pytest.raises(ValidationError):
        announce(draft, approver)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.KEEPER])
def test_no_other_role_announces(role, imported, clerk, qinghe):
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    with pytest.raises(ValidationError):
        announce(draft, make_user(role, qinghe))


def test_an_editor_of_another_county_does_not_announce(imported, clerk, other_clerk):
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    with pytest.raises(ValidationError):
        announce(draft, other_clerk)


def test_a_typed_entry_gets_a_place_an_item_and_a_digest(imported, clerk):
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    entry = publishing.write_entry(entry=Entry(edition=draft, name="法律援助申请转交"), by=clerk)
    assert (entry.position, entry.item.number) == (2, 2)
    assert entry.digest == entry.compute_digest()


def test_what_a_hand_changed_in_a_draft_is_on_record(imported, clerk):
    edition = publishing.confirm(edition=imported(ROWS), by=clerk)
    entry = edition.entries.get()
    before, entry.remark = entry.remark, "改过"
    publishing.write_entry(entry=entry, by=clerk)
    event = Event.objects.about(edition).filter(action="edit").first()
    assert event.details["changes"] == {"remark": [before, "改过"]}


def test_a_typed_double_is_refused_with_a_sentence(imported, clerk):
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    double = Entry(edition=draft, name="低保申请", responsible_unit="民政民生办公室")
    with pytest.raises(ValidationError):
        publishing.write_entry(entry=double, by=clerk)
    assert Item.objects.count() == 1


def test_the_first_announcement_begins_guides_where_the_list_says_more(announced):
    heading = ["序号", "项目名称", "申请材料", "承诺办结时限", "收费"]
    rows = [[1, "低保申请", "1.申请书；2.居民身份证", "20个工作日", "不收费"], [2, "生育登记", "", "", ""]]
    edition = announced(written(rows, heading=heading), NEW_YEAR)
    guide = Guide.objects.get()
    assert guide.item == edition.entries.get(name="低保申请").item
    assert guide.valid_from == NEW_YEAR
    assert (guide.promised_limit, guide.is_free) == (20, True)
    assert [material.name for material in guide.materials.all()] == ["申请书", "居民身份证"]


def test_a_guide_that_stands_is_not_begun_again(announced):
    heading = ["序号", "项目名称", "咨询电话"]
    announced(written([[1, "低保申请", "0000-1"]], heading=heading), NEW_YEAR)
    announced(written([[1, "低保申请", "0000-2"]], heading=heading), date(2025, 7, 1))
    assert Guide.objects.get().phone == "0000-1"


def test_a_repealed_edition_holds_until_its_last_day(announced, clerk):
    edition = announced(ROWS, NEW_YEAR)
    publishing.repeal(edition=edition, by=clerk, ended_on=date(2025, 3, 1), reason="机构改革")
    assert Edition.objects.in_force(date(2025, 2, 28)).exists()
    assert not Edition.objects.in_force(date(2025, 3, 1)).exists()


def test_a_repeal_needs_a_reason(announced, clerk):
    with pytest.raises(ValidationError):
        publishing.repeal(edition=announced(ROWS), by=clerk, ended_on=date(2025, 3, 1), reason=" ")


@pytest.mark.parametrize("keys", [1, 10_000])
def test_discarding_an_import_leaves_nothing_but_the_event(imported, clerk, monkeypatch, keys):
    monkeypatch.setattr("catalog.publishing.drafting.KEYS_A_STATEMENT", keys)
    edition = publishing.confirm(edition=imported(TWO_ROWS), by=clerk)
    publishing.discard(edition=edition, by=clerk)
    assert not Edition.objects.exists()
    assert not Entry.objects.exists()
    assert not Item.objects.exists()
    assert Event.objects.filter(action="discard").count() == 1


def test_discarding_keeps_items_that_stand_elsewhere(announced, imported, clerk):
    announced(ROWS)
    draft = publishing.confirm(edition=imported(TWO_ROWS), by=clerk)
    publishing.discard(edition=draft, by=clerk)
    assert Item.objects.count() == 1


def test_what_was_read_and_not_confirmed_is_swept_after_a_day(imported):
    fresh, stale = imported(ROWS), imported(TWO_ROWS)
    yesterday = timezone.now() - publishing.UNCONFIRMED_LIVES - timedelta(minutes=1)
    Edition.objects.filter(pk=stale.pk).update(created_at=yesterday)
    assert publishing.sweep_unconfirmed() == 1
    assert Edition.objects.get() == fresh


@pytest.mark.parametrize("day", [date(1, 1, 1), date(25, 7, 1), date(9999, 12, 31)])
def test_a_year_that_is_a_slip_is_refused_at_its_field(day, imported, clerk):
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    with pytest.raises(ValidationError) as problem:
        announce(draft, clerk, day)
    assert "effective_on" in problem.value.error_dict


def test_citations_follow_the_text_of_a_legal_basis(imported, clerk):
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    entry = draft.entries.get()
    entry.legal_basis = "《中华人民共和国社会保险法》第五条"
    publishing.write_entry(entry=entry, by=clerk)
    assert [basis.articles for basis in entry.bases.all()] == [["5"]]


def test_a_typed_entry_prints_the_name_of_the_category_chosen(imported, clerk):
    category = Category.objects.create(code="x", name="养老服务", name_en="x")
    draft = publishing.confirm(edition=imported(ROWS), by=clerk)
    entry = publishing.write_entry(entry=Entry(edition=draft, name="助餐", category=category), by=clerk)
    assert entry.category_name == "养老服务"


def test_an_entry_whose_item_follows_another_can_be_removed(announced, imported, clerk):
    announced(ROWS)
    draft = imported(written([[1, "基本服务", "低保申请受理", "行政给付", "民政民生办公室", "", "", ""]]))
    suggestion = Suggestion.objects.get()
    publishing.decide(suggestion=suggestion, decision="split", by=clerk)
    publishing.confirm(edition=draft, by=clerk, gone=1)
    publishing.remove_entry(entry=draft.entries.get(), by=clerk)
    assert not draft.entries.exists()


def test_an_edition_discarded_meanwhile_is_said_so(imported, clerk):
    edition = imported(ROWS)
    publishing.discard(edition=Edition.objects.get(), by=clerk)
    with pytest.raises(ValidationError):
        publishing.discard(edition=edition, by=clerk)
