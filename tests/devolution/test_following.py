"""What a catalogue has prepared follows its draft; what is in force is never changed by a draft."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog import publishing
from catalog.choices import PowerType
from catalog.models import Entry
from devolution import lifecycle
from devolution.models import Instrument, Power, Transfer, TransferTownship
from tests.devolution.catalogues import entrusted

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


@pytest.fixture
def draft(keep):
    """A confirmed draft of one entrusted penalty to one town."""
    return keep(entrusted())


@pytest.fixture
def write(draft, editor):
    """Type over the draft's entry: `write(name=…)`; names of details go into the details."""

    def write(**values):
        entry = Entry.objects.get(edition=draft)
        for name, value in values.items():
            if hasattr(entry, name):
                setattr(entry, name, value)
            else:
                entry.details[name] = value
        return publishing.write_entry(entry=entry, by=editor)

    return write


def type_another(draft, editor, name="对盗伐林木的处罚", **values):
    """A further entry of the draft, as the one that is there."""
    first = draft.entries.first()
    given = {
        "power_type": "02",
        "receiving_body": "榆树镇",
        "legal_basis": "《行政处罚法》第二十条",
        **values,
    }
    entry = Entry(edition=draft, name=name, department=first.department, details=dict(first.details), **given)
    return publishing.write_entry(entry=entry, by=editor)


def towns():
    return sorted(TransferTownship.objects.prepared().values_list("township__name", flat=True))


def take_over(approver):
    return lifecycle.take_over_as_found(
        transfers=Transfer.objects.all(), by=approver, since=SINCE, document="清单"
    )


def test_a_typed_entry_is_prepared(draft, editor):
    entry = type_another(draft, editor, receiving_body="榆树镇、柳河镇")
    transfer = Transfer.objects.get(entry=entry)
    assert transfer.power.name == "对盗伐林木的处罚"
    assert [basis.law_title for basis in transfer.power.bases.all()] == ["行政处罚法"]
    assert transfer.authority == "立案、调查"
    assert transfer.receipts.prepared().count() == 2
    # By the paper that the draft has brought already, under the same number.
    assert transfer.instrument == Instrument.objects.get()


def test_a_renamed_entry_renames_the_power_it_has_brought(write):
    before = Power.objects.get()
    write(name="对盗伐林木的处罚", power_type="02", legal_basis="《行政处罚法》第二十条")
    power = Power.objects.get()
    assert (power.code, power.name) == (before.code, "对盗伐林木的处罚")
    assert [basis.law_title for basis in power.bases.all()] == ["行政处罚法"]
    assert Transfer.objects.get().power == power


def test_the_answers_given_so_far_stay_with_a_renamed_power(write, ready):
    ready(Transfer.objects.get())
    write(name="对盗伐林木的处罚", remark="修改名称")
    transfer = Transfer.objects.get()
    assert transfer.questions.is_answered_yes
    assert transfer.receipts.get().assessment is not None
    assert transfer.remark == "修改名称"


def test_what_the_entry_says_of_the_transfer_follows_and_what_staff_wrote_stays(write, editor):
    transfer = Transfer.objects.get()
    transfer.township_responsibilities, transfer.authority = "巡查", "立案"
    lifecycle.write_transfer(transfer=transfer, by=editor)
    write(procedure="受理、审查、决定")
    transfer = Transfer.objects.get()
    assert transfer.procedure == "受理、审查、决定"
    assert (transfer.township_responsibilities, transfer.authority) == ("巡查", "立案")


def test_the_nature_of_a_power_follows_its_name(write):
    write(name="吊销木材经营加工许可证")
    assert Power.objects.get().is_heavy


def test_receivers_come_and_go_with_the_entry(write, ready):
    ready(Transfer.objects.get())
    write(receiving_body="榆树镇、柳河镇")
    assert towns() == ["柳河镇", "榆树镇"]
    # The town that was there keeps what has been found of it.
    assert TransferTownship.objects.get(township__name="榆树镇").assessment is not None
    write(receiving_body="柳河镇")
    assert towns() == ["柳河镇"]


def test_a_town_named_by_hand_stays(write, editor, beiyuan):
    willow = beiyuan.townships.get(name="柳河镇")
    lifecycle.add_townships(transfer=Transfer.objects.get(), townships=[willow], by=editor)
    write(receiving_body="青山乡")
    assert towns() == ["柳河镇", "青山乡"]


def test_another_number_is_another_paper_and_the_unused_one_goes(write):
    write(entrustment_doc="北林委字〔2026〕2号")
    assert Instrument.objects.get().number == "北林委字〔2026〕2号"
    assert Transfer.objects.get().instrument == Instrument.objects.get()


def test_a_mended_term_mends_the_paper_that_says_nothing_else(write, draft, editor):
    write(valid_to="2027.12.31")
    assert Instrument.objects.get().last_day == date(2027, 12, 31)
    type_another(draft, editor)
    write_again = draft.entries.first()
    write_again.details["valid_to"] = "2029-12-31"
    publishing.write_entry(entry=write_again, by=editor)
    # Two powers rest on it now: one row alone does not change it for the other.
    assert Instrument.objects.get().last_day == date(2027, 12, 31)


def test_a_removed_entry_takes_what_it_prepared_along(draft, editor):
    type_another(draft, editor)
    publishing.remove_entry(entry=draft.entries.first(), by=editor)
    assert [power.name for power in Power.objects.all()] == ["对盗伐林木的处罚"]
    publishing.remove_entry(entry=draft.entries.first(), by=editor)
    for model in (Power, Instrument, Transfer, TransferTownship):
        assert not model.objects.exists()


def test_what_is_in_force_is_never_changed_by_a_draft(write, draft, approver, editor):
    take_over(approver)
    before = Power.objects.get()
    write(
        name="对盗伐林木的处罚",
        power_type="06",
        receiving_body="柳河镇",
        legal_basis="《土地管理法》第七十四条",
        authority_scope="检查",
        valid_to="2027.12.31",
    )
    row = TransferTownship.objects.put_in_force().get()
    assert (row.township.name, row.valid_to) == ("榆树镇", date(2029, 1, 1))
    assert (row.power.name, row.power.power_type) == (before.name, PowerType.PENALTY)
    assert row.power.bases.count() == 2
    assert row.transfer.authority == "立案、调查"
    assert row.transfer.instrument.last_day == date(2028, 12, 31)
    # The renamed one is another power until somebody says that both are one.
    assert [row.power.name for row in TransferTownship.objects.prepared()] == ["对盗伐林木的处罚"]
    publishing.remove_entry(entry=draft.entries.get(), by=editor)
    assert TransferTownship.objects.get() == row


def test_what_another_edition_names_too_stays(draft, keep, editor):
    second = keep(entrusted(受委托单位="榆树镇、柳河镇"))
    assert towns() == ["柳河镇", "榆树镇"]
    publishing.remove_entry(entry=second.entries.get(), by=editor)
    assert towns() == ["榆树镇"]
    assert Transfer.objects.get().entry == draft.entries.get()


def test_discarding_the_newer_of_two_keeps_only_what_the_older_names(draft, keep, editor):
    publishing.discard(edition=keep(entrusted(受委托单位="榆树镇、柳河镇")), by=editor)
    assert towns() == ["榆树镇"]
    publishing.discard(edition=draft, by=editor)
    assert not Power.objects.exists()


def test_a_draft_adds_nothing_to_a_power_in_force_until_it_is_announced(draft, keep, approver, editor):
    publishing.write_record(edition=draft, by=editor)
    take_over(approver)
    second = keep(entrusted(basis="《森林法》第七十六条；《行政处罚法》第二十条；《土地管理法》第七十四条"))
    power = Power.objects.get()
    assert power.bases.count() == 2
    second.document_number = "北政发〔2026〕9号"
    publishing.write_record(edition=second, by=editor)
    publishing.announce(edition=second, by=approver, published_on=SINCE, effective_on=SINCE)
    assert power.bases.count() == 3


def test_a_draft_does_not_complete_a_paper_in_force_until_it_is_announced(keep, approver, editor):
    keep(entrusted(终止日期="三年"))
    take_over(approver)
    second = keep(entrusted())
    assert TransferTownship.objects.get().valid_to is None
    second.document_number = "北政发〔2026〕9号"
    publishing.write_record(edition=second, by=editor)
    publishing.announce(edition=second, by=approver, published_on=SINCE, effective_on=SINCE)
    assert TransferTownship.objects.get().valid_to == date(2029, 1, 1)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"power_type": "03", "name": "查封林木加工场所"}, "行政强制法"),
        ({"receiving_body": "柳和镇"}, "柳和镇"),
    ],
)
def test_what_the_law_refuses_is_refused_at_entry(values, words, write, draft):
    with pytest.raises(ValidationError, match=words):
        write(**values)
    assert draft.entries.get().name == "对滥伐林木的处罚"
    assert Transfer.objects.get().receipts.prepared().count() == 1


def test_the_form_says_what_is_refused(draft, editor, signed_in):
    browser = signed_in(editor)
    address = reverse("admin:catalog_entry_change", args=[draft.entries.get().pk])
    form = browser.get(address).context["adminform"].form
    data = {name: "" if form.initial.get(name) is None else form.initial[name] for name in form.fields}
    inline = {"bases-TOTAL_FORMS": 0, "bases-INITIAL_FORMS": 0}
    page = browser.post(address, data | inline | {"receiving_body": "柳和镇"})
    assert "柳和镇" in str(page.context["adminform"].form.errors["receiving_body"])
    page = browser.post(address, data | inline | {"power_type": "03", "name": "查封林木加工场所"})
    assert "行政强制法" in str(page.context["adminform"].form.non_field_errors())
    assert browser.post(address, data | inline | {"remark": "无"}).status_code == 302


def test_before_confirming_nothing_follows(read, beiyuan, editor):
    from catalog.importing.drafts import store_draft
    from catalog.importing.planning import make_plan
    from catalog.models import ItemList

    item_list = ItemList.objects.create(county=beiyuan, kind="entrusted_powers")
    edition = store_draft(plan=make_plan(read(entrusted()), None), item_list=item_list, by=editor)
    entry = edition.entries.get()
    entry.remark = "待定"
    publishing.write_entry(entry=entry, by=editor)
    publishing.remove_entry(entry=entry, by=editor)
    assert not Power.objects.exists()
