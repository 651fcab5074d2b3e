"""A revision copies the edition before; a draft is carried over to what was announced in between."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Event
from catalog import publishing
from catalog.comparison import compare
from catalog.marking import marked
from catalog.models import Entry, Item, ItemNumbering
from tests.catalog import published

TODAY = date(2026, 3, 10)
ROWS = [
    {"name": "低保申请", "department_name": "县民政局", "legal_basis": "《社会救助暂行办法》第九条"},
    {"name": "生育登记", "remark": "旧"},
    {"name": "老年证办理"},
    {"name": "失业登记"},
]


@pytest.fixture
def before(services, clock):
    clock("2026-03-10 12:00")
    ItemNumbering.draw(services.county, len(ROWS))
    return published.issue(services, ROWS, effective_on=date(2025, 1, 1))


def revise(services, by):
    return publishing.begin_revision(item_list=services, by=by)


def change(draft, by, which, /, **values):
    entry = draft.entries.get(name=which)
    for field, value in values.items():
        setattr(entry, field, value)
    return publishing.write_entry(entry=entry, by=by)


def remove(draft, by, name):
    publishing.remove_entry(entry=draft.entries.get(name=name), by=by)


def add(draft, by, name, **values):
    return publishing.write_entry(entry=Entry(edition=draft, name=name, **values), by=by)


def announce(draft, by, number="青政发〔2026〕1号"):
    return publishing.announce(
        edition=draft, by=by, published_on=TODAY, effective_on=TODAY, document_number=number, gone=1
    )


def names(draft):
    return list(draft.entries.order_by("position").values_list("name", flat=True))


def test_a_revision_says_what_the_edition_before_says(before, services, clerk):
    entry = before.entries.get(name="低保申请")
    publishing.drafting._write_bases(entry)
    draft = revise(services, clerk)
    assert compare(draft).counts == {"new": 0, "changed": 0, "unchanged": 4, "gone": 0}
    copy = draft.entries.get(name="低保申请")
    assert copy.item_id == entry.item_id
    assert [basis.articles for basis in copy.bases.all()] == [["9"]]
    assert (draft.title, draft.document_number, draft.base) == (before.title, "", before)
    assert Event.objects.about(draft).get().action == "begin"


def test_nothing_announced_is_nothing_to_revise(services, clerk):
    with pytest.raises(ValidationError):
        revise(services, clerk)


def test_a_draft_is_carried_over_to_what_was_announced_since(before, services, clerk):
    mine, theirs = revise(services, clerk), revise(services, clerk)
    change(mine, clerk, "低保申请", requirements="本地户籍")
    add(mine, clerk, "公证咨询")
    remove(mine, clerk, "失业登记")
    change(theirs, clerk, "老年证办理", remark="六十周岁以上")
    add(theirs, clerk, "法律援助")
    announce(theirs, clerk)
    with pytest.raises(ValidationError, match="事项目录"):
        announce(mine, clerk)
    plan = publishing.carry_over(edition=mine, by=clerk)
    assert plan.clashes == []
    assert names(mine) == ["低保申请", "生育登记", "老年证办理", "公证咨询", "法律援助"]
    assert mine.entries.get(name="老年证办理").remark == "六十周岁以上"
    mine.refresh_from_db()
    assert compare(mine).counts == {"new": 1, "changed": 1, "unchanged": 3, "gone": 1}
    with pytest.raises(ValidationError):
        publishing.carry_over(edition=mine, by=clerk)


def test_what_both_changed_stays_marked_until_decided(before, services, clerk):
    mine, theirs = revise(services, clerk), revise(services, clerk)
    change(mine, clerk, "低保申请", remark="甲")
    change(theirs, clerk, "低保申请", remark="乙")
    remove(mine, clerk, "生育登记")
    change(theirs, clerk, "生育登记", remark="新")
    announce(theirs, clerk)
    publishing.carry_over(edition=mine, by=clerk)
    assert mine.entries.get(name="低保申请").remark == "甲"
    with pytest.raises(ValidationError, match="2"):
        announce(mine, clerk, "青政发〔2026〕2号")
    first, second = mine.clashes.order_by("pk")
    publishing.decide_clash(clash=first, decision="theirs", by=clerk)
    publishing.decide_clash(clash=second, decision="mine", by=clerk)
    assert mine.entries.get(name="低保申请").remark == "乙"
    assert "生育登记" not in names(mine)
    mine.refresh_from_db()
    assert publishing.announce(
        edition=mine,
        by=clerk,
        published_on=TODAY,
        effective_on=TODAY,
        document_number="青政发〔2026〕2号",
        is_correction=True,
        gone=1,
    ).is_public


def test_one_entry_added_twice_keeps_the_announced_code(before, services, clerk):
    mine, theirs = revise(services, clerk), revise(services, clerk)
    own = add(mine, clerk, "法律援助")
    announced = add(theirs, clerk, "法律援助")
    announce(theirs, clerk)
    publishing.carry_over(edition=mine, by=clerk)
    assert mine.entries.get(name="法律援助").item == announced.item
    assert not Item.objects.filter(pk=own.item_id).exists()
    assert not mine.clashes.exists()


def test_names_that_changed_places_do_not_stand_in_each_others_way(before, services, clerk):
    mine, theirs = revise(services, clerk), revise(services, clerk)
    change(theirs, clerk, "生育登记", name="暂名")
    change(theirs, clerk, "老年证办理", name="生育登记")
    change(theirs, clerk, "暂名", name="老年证办理")
    announce(theirs, clerk)
    publishing.carry_over(edition=mine, by=clerk)
    assert names(mine) == ["低保申请", "老年证办理", "生育登记", "失业登记"]


def test_a_name_taken_on_both_sides_is_a_clash_and_never_a_double(before, services, clerk):
    mine, theirs = revise(services, clerk), revise(services, clerk)
    change(mine, clerk, "生育登记", name="生育服务登记")
    add(theirs, clerk, "生育服务登记")
    announce(theirs, clerk)
    publishing.carry_over(edition=mine, by=clerk)
    assert names(mine).count("生育服务登记") == 1
    assert mine.clashes.count() == 1


def test_what_the_newer_edition_dropped_is_dropped(before, services, clerk):
    mine, theirs = revise(services, clerk), revise(services, clerk)
    remove(theirs, clerk, "失业登记")
    announce(theirs, clerk)
    publishing.carry_over(edition=mine, by=clerk)
    assert names(mine) == ["低保申请", "生育登记", "老年证办理"]


def test_the_reviewer_reads_the_whole_difference(before, services, clerk, auditor, signed_in):
    draft = revise(services, clerk)
    change(draft, clerk, "低保申请", department_name="县教育局")
    change(draft, clerk, "生育登记", name="生育服务登记")
    change(draft, clerk, "老年证办理", remark="六十周岁以上")
    remove(draft, clerk, "失业登记")
    page = signed_in(auditor).get(reverse("admin:catalog_edition_difference", args=[draft.pk]))
    assert {code: count for code, _label, count, _shown in page.context["groups"]} == {
        "moved": 1,
        "renamed": 1,
        "changed": 1,
    }
    text = page.content.decode()
    assert "生育<ins>服务</ins>登记" in text
    assert "<del>失业登记</del>" in text


def test_marks_are_put_on_what_differs():
    before, after = marked("民政办受理", "民政民生办公室受理")
    assert "".join(part.text for part in before) == "民政办受理"
    assert "".join(part.text for part in after) == "民政民生办公室受理"
    assert [part.text for part in after if part.differs] == ["民生", "公室"]
    long = "甲" * 2000
    before, after = marked(long + "乙" + long, long + "丙丁" + long)
    assert [part.text for part in before if part.differs] == ["乙"]
    assert [part.text for part in after if part.differs] == ["丙丁"]
    assert marked("", "全新") == ([], [("全新", True)])


def test_a_draft_is_revised_and_carried_over_in_the_admin(before, services, clerk, auditor, signed_in):
    browser = signed_in(clerk)
    browser.post(reverse("admin:catalog_itemlist_revise", args=[services.pk]))
    mine = services.editions.get(state="draft")
    theirs = revise(services, clerk)
    change(mine, clerk, "低保申请", remark="甲")
    change(theirs, clerk, "低保申请", remark="乙")
    announce(theirs, clerk)
    address = reverse("admin:catalog_edition_carry", args=[mine.pk])
    assert len(browser.get(address).context["overlaps"]) == 1
    assert signed_in(auditor).post(address).status_code == 403
    browser.post(address)
    clash = mine.clashes.get()
    browser.post(address, {f"clash-{clash.pk}": "nonsense"})
    assert mine.clashes.get().decision == ""
    browser.post(address, {f"clash-{clash.pk}": "theirs"})
    assert mine.entries.get(name="低保申请").remark == "乙"


def test_a_draft_of_a_withdrawn_edition_says_so(before, services, clerk):
    coming = revise(services, clerk)
    change(coming, clerk, "生育登记", remark="新")
    publishing.announce(
        edition=coming,
        by=clerk,
        published_on=TODAY,
        effective_on=date(2026, 7, 1),
        document_number="青政发〔2026〕1号",
    )
    draft = revise(services, clerk)
    assert publishing.why_behind(draft) == ""
    publishing.withdraw(edition=coming, by=clerk, on=TODAY, reason="发现条目有误")
    draft.refresh_from_db()
    why = publishing.why_behind(draft)
    assert coming.title in why
    assert "撤回" in why
    with pytest.raises(ValidationError, match="撤回"):
        announce(draft, clerk, "青政发〔2026〕2号")
    publishing.carry_over(edition=draft, by=clerk)
    draft.refresh_from_db()
    assert publishing.why_behind(draft) == ""
    assert draft.base == before
