"""The staff's screens of the register: what they do, who may, and what another county reaches."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts import desk
from accounts.choices import Role
from accounts.models import Department, Event, Township
from catalog import publishing
from catalog.choices import PowerType
from catalog.importing.drafts import store_draft
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.kinds import kind_called
from catalog.models import Edition, ItemList
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, TransferState
from devolution.models import (
    Admission,
    Assessment,
    Evaluation,
    FourQuestions,
    Instrument,
    Opinion,
    Power,
    Transfer,
    TransferTownship,
)
from tests.catalog.workbooks import written
from tests.devolution.conftest import DAY, END, make_paper, make_power, make_staff

pytestmark = pytest.mark.django_db
NO_ROWS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}


def at(name, *args):
    return reverse(f"admin:devolution_{name}", args=args)


def formset(*prefixes):
    return {f"{prefix}-{name}": value for prefix in prefixes for name, value in NO_ROWS.items()}


def chosen(action, rows, **fields):
    return {"action": action, "_selected_action": [row.pk for row in rows], **fields}


def sent(action, rows, **fields):
    return chosen(action, rows, _act="1", **fields)


def errors_of(response):
    return " ".join(text for found in response.context["form"].errors.values() for text in found)


@pytest.fixture
def desk_of(signed_in):
    """A signed-in browser that posts actions on a list."""

    def desk_of(person, model="transfertownship"):
        browser = signed_in(person)
        return lambda data: browser.post(at(f"{model}_changelist"), data)

    return desk_of


@pytest.fixture
def stranger(other_county):
    return make_staff(other_county, Role.EDITOR)


@pytest.fixture
def auditor(county):
    return make_staff(county, Role.AUDITOR)


@pytest.fixture
def running(entrusted, ready, editor):
    lifecycle.hand_down(transfers=[ready(entrusted)], by=editor, valid_from=DAY)
    return entrusted


# --- Powers and papers ---


def power_data(department, **values):
    return {
        "department": department.pk,
        "name": "对滥伐林木的处罚",
        "power_type": PowerType.PENALTY,
        **formset("bases", "power_items"),
        **values,
    }


def test_a_power_is_typed_with_its_citation_understood(signed_in, editor, forestry):
    data = power_data(forestry, **{"bases-TOTAL_FORMS": 1, "bases-0-text": "《森林法》第七十六条第二款"})
    response = signed_in(editor).post(at("power_add"), data)
    assert response.status_code == 302, response.context["errors"]
    power = Power.objects.get()
    assert (power.county, power.number) == (forestry.county, 1)
    assert power.bases.get().articles == ["76(2)"]


def test_department_staff_type_powers_of_their_own_department_only(signed_in, clerk_of_forestry, water):
    response = signed_in(clerk_of_forestry).post(at("power_add"), power_data(water))
    assert response.status_code == 302
    assert Power.objects.get().department == clerk_of_forestry.department


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUDITOR, Role.TOWNSHIP])
def test_who_keeps_no_powers_types_none(role, signed_in, county, elm, forestry):
    person = make_staff(county, role, "reader", township=elm if role == Role.TOWNSHIP else None)
    browser = signed_in(person)
    assert browser.get(at("power_changelist")).status_code == 200
    assert browser.post(at("power_add"), power_data(forestry)).status_code == 403


def test_a_department_of_another_county_is_no_choice(signed_in, editor, other_county):
    foreign = Department.objects.create(county=other_county, name="县水务局")
    response = signed_in(editor).post(at("power_add"), power_data(foreign))
    assert response.context["adminform"].form.errors["department"]
    assert not Power.objects.exists()


def paper_data(**values):
    return {"kind": InstrumentKind.ENTRUSTMENT, "number": "北林委字[2026]7号", **values}


def test_a_scanned_file_is_kept_privately_and_downloaded(signed_in, editor, stranger, auditor):
    scan = SimpleUploadedFile("委托书.pdf", b"%PDF-1.7 scan")
    response = signed_in(editor).post(at("instrument_add"), paper_data(file=scan))
    assert response.status_code == 302, response.context["errors"]
    paper = Instrument.objects.get()
    assert paper.number == "北林委字〔2026〕7号"
    assert paper.file_sha256 in paper.file.name
    download = signed_in(auditor).get(at("instrument_file", paper.pk))
    assert b"".join(download.streaming_content) == b"%PDF-1.7 scan"
    assert download["Content-Disposition"].startswith("attachment")
    assert signed_in(stranger).get(at("instrument_file", paper.pk)).status_code == 404


def test_a_file_that_is_no_scan_is_refused(signed_in, editor):
    page = SimpleUploadedFile("scan.pdf", b"<html><script>")
    response = signed_in(editor).post(at("instrument_add"), paper_data(file=page))
    assert response.context["adminform"].form.errors["file"]


def test_days_of_a_paper_in_use_are_refused_at_their_field(signed_in, editor, running):
    browser, paper = signed_in(editor), running.instrument
    form = browser.get(at("instrument_change", paper.pk)).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields if name != "file"}
    response = browser.post(at("instrument_change", paper.pk), data | {"valid_to": "2030-01-01"})
    assert response.context["adminform"].form.errors["valid_to"]


# --- Handing down ---


def test_many_powers_go_to_many_townships_in_one_act(
    desk_of, editor, forestry, entrustment, elm, willow, power
):
    other = make_power(forestry, "森林防火检查", PowerType.INSPECTION, bases=[("森林防火条例", "24")])
    post = desk_of(editor, "power")
    fields = {
        "mode": Mode.ENTRUSTED,
        "instrument": entrustment.pk,
        "townships": [elm.pk, willow.pk],
        "authority": "立案、调查",
    }
    assert post(chosen("prepare_transfers", [power, other])).status_code == 200
    looked = post(chosen("prepare_transfers", [power, other], _look="1", **fields))
    assert looked.status_code == 200
    assert not Transfer.objects.exists()
    assert post(sent("prepare_transfers", [power, other], **fields)).status_code == 302
    assert TransferTownship.objects.prepared().count() == 4
    # Once more changes nothing.
    assert post(sent("prepare_transfers", [power, other], **fields)).status_code == 302
    assert TransferTownship.objects.count() == 4


def test_what_the_law_refuses_is_named_and_nothing_is_stored(
    desk_of, editor, forestry, entrustment, elm, power
):
    coercion = make_power(forestry, "查封林木加工场所", PowerType.COERCION)
    fields = {"mode": Mode.ENTRUSTED, "instrument": entrustment.pk, "townships": [elm.pk]}
    response = desk_of(editor, "power")(sent("prepare_transfers", [power, coercion], **fields))
    assert "行政强制法" in errors_of(response)
    assert {finding["code"] for finding in response.context["findings"]} >= {"E5", "R1h"}
    assert not Transfer.objects.exists()


def test_townships_and_papers_of_another_county_are_no_choices(
    desk_of, editor, power, entrustment, other_county
):
    town = Township.objects.create(county=other_county, code="990101100", name="谷雨镇", kind="town")
    paper = make_paper(other_county, InstrumentKind.ENTRUSTMENT, "青委〔2025〕1号")
    fields = {"mode": Mode.ENTRUSTED, "instrument": paper.pk, "townships": [town.pk]}
    response = desk_of(editor, "power")(sent("prepare_transfers", [power], **fields))
    assert {"instrument", "townships"} <= response.context["form"].errors.keys()


def test_a_forged_id_of_another_countys_power_is_left_out(desk_of, stranger, power):
    response = desk_of(stranger, "power")(chosen("prepare_transfers", [power]))
    assert not response.context["rows"]
    assert not Transfer.objects.exists()


def test_two_powers_are_said_to_be_one(desk_of, editor, stranger, forestry, power):
    like = make_power(forestry, "对滥伐森林林木的处罚")
    desk_of(stranger, "power")(chosen("link", [power, like]))
    desk_of(editor, "power")(chosen("link", [like]))
    assert Power.objects.current().count() == 2
    desk_of(editor, "power")(chosen("link", [like, power]))
    assert Power.objects.current().get() == power


def test_a_transfer_is_completed_in_its_form(signed_in, editor, delegated, decision):
    browser = signed_in(editor)
    address = at("transfer_change", delegated.pk)
    form = browser.get(address).context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    data |= formset("questions", "receipts") | {"authority": "立案、调查", "receivers": []}
    data |= {"receipts-INITIAL_FORMS": 0, "questions-TOTAL_FORMS": 1, "questions-0-answered_on": "2025-03-01"}
    data |= {f"questions-0-{name}": "on" for name in ("should", "needed", "allowed", "possible")}
    response = browser.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    delegated.refresh_from_db()
    assert delegated.authority == "立案、调查"
    assert FourQuestions.objects.get().answered_by == editor


def test_the_form_of_a_transfer_speaks_the_law(signed_in, editor, forestry, entrustment, farm):
    power = make_power(forestry)
    data = {"power": power.pk, "instrument": entrustment.pk, "mode": Mode.ENTRUSTED, "receivers": [farm.pk]}
    response = signed_in(editor).post(at("transfer_add"), data | formset("questions", "receipts"))
    assert response.status_code == 200
    assert "R9" in {error.code for error in response.context["adminform"].form.non_field_errors().as_data()}
    assert not Transfer.objects.exists()


def test_prepared_powers_are_put_in_force_with_a_note(desk_of, editor, entrusted, ready, elm):
    ready(entrusted)
    rows = list(entrusted.receipts.all())
    post = desk_of(editor)
    page = post(chosen("put_in_force", rows))
    assert page.status_code == 200
    assert post(sent("put_in_force", rows, valid_from="2025-03-03")).status_code == 302
    assert TransferTownship.objects.in_force(DAY).count() == 2


def test_what_is_missing_keeps_a_power_from_force_and_is_named(desk_of, editor, entrusted):
    response = desk_of(editor, "transfer")(sent("put_in_force", [entrusted], valid_from="2025-03-03"))
    assert "行政处罚法" in errors_of(response)
    assert entrusted.receipts.prepared().count() == 2


def test_one_township_is_taken_on_before_the_other(desk_of, editor, entrusted, ready, elm):
    ready(entrusted)
    row = entrusted.receipts.get(township=elm)
    assert desk_of(editor)(sent("put_in_force", [row], valid_from="2025-03-03")).status_code == 302
    assert TransferTownship.objects.in_force(DAY).get().township == elm


def test_where_a_second_person_decides_an_editor_is_refused(
    desk_of, editor, approver, county, entrusted, ready
):
    county.needs_second_person = True
    county.save()
    ready(entrusted)
    for person, is_done in [(editor, False), (approver, True)]:
        desk_of(person, "transfer")(sent("put_in_force", [entrusted], valid_from="2025-03-03"))
        assert TransferTownship.objects.in_force(DAY).exists() is is_done


@pytest.mark.parametrize("action", ["put_in_force", "withdraw", "extend"])
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DEPARTMENT, Role.TOWNSHIP])
def test_who_does_not_decide_has_no_such_action(action, role, desk_of, county, forestry, elm, running):
    bodies = {Role.DEPARTMENT: {"department": forestry}, Role.TOWNSHIP: {"township": elm}}
    person = make_staff(county, role, "reader", **bodies.get(role, {}))
    before = list(TransferTownship.objects.values())
    desk_of(person)(sent(action, running.receipts.all(), valid_from="2025-03-03"))
    assert list(TransferTownship.objects.values()) == before


# --- While in force, and back ---


def test_many_powers_are_taken_back_in_one_act(desk_of, editor, running, withdrawal, water):
    fields = {"reason": "cannot_be_carried", "instrument": withdrawal.pk, "on": "2026-04-01"}
    rows = list(running.receipts.all())
    post = desk_of(editor)
    missing = post(sent("withdraw", rows, **fields))
    assert missing.context["form"].errors["department"]
    assert post(sent("withdraw", rows, department=water.pk, **fields)).status_code == 302
    found = TransferTownship.objects.withdrawn(date(2026, 4, 1))
    assert {row.taken_over_by for row in found} == {water}
    assert found.count() == 2


def test_rows_of_another_county_are_not_taken_back(desk_of, stranger, running):
    response = desk_of(stranger)(sent("withdraw", running.receipts.all(), reason="unlawful"))
    assert not response.context["rows"]
    assert not TransferTownship.objects.filter(state=TransferState.WITHDRAWN).exists()


def test_a_term_is_extended_by_a_further_paper(desk_of, editor, running, county):
    paper = make_paper(county, InstrumentKind.ENTRUSTMENT, "北林委字〔2028〕1号", valid_to=date(2031, 3, 1))
    rows = running.receipts.all()
    assert desk_of(editor)(sent("extend", rows, instrument=paper.pk)).status_code == 302
    assert set(TransferTownship.objects.values_list("valid_to", flat=True)) == {date(2031, 3, 1)}


def test_an_assessment_stands_behind_the_chosen_powers(desk_of, editor, entrusted, elm):
    rows = list(entrusted.receipts.filter(township=elm))
    data = {"assessed_on": "2025-02-01", "officers": "2", "is_able": "on"}
    assert desk_of(editor)(sent("assess", rows, **data)).status_code == 302
    assert entrusted.receipts.get(township=elm).assessment == Assessment.objects.get()


def test_a_township_accepts_what_is_its_own(desk_of, clerk_of_elm, entrusted, elm, willow):
    rows = list(entrusted.receipts.all())
    desk_of(clerk_of_elm)(sent("accept", rows, on="2025-02-01", words="同意承接"))
    assert entrusted.receipts.get(township=elm).acceptance == "同意承接"
    assert entrusted.receipts.get(township=willow).accepted_on is None


def test_a_department_evaluates_its_own_power(signed_in, clerk_of_forestry, running_delegation):
    data = {
        "transfer": running_delegation.pk,
        "evaluated_on": "2026-03-01",
        "cases": 12,
        "quality": "good",
        "verdict": "keep",
    }
    response = signed_in(clerk_of_forestry).post(at("evaluation_add"), data)
    assert response.status_code == 302, response.context["errors"]
    assert Evaluation.objects.get().recorded_by == clerk_of_forestry


def test_another_departments_power_is_no_choice(signed_in, county, water, delegated):
    person = make_staff(county, Role.DEPARTMENT, "water", department=water)
    data = {
        "transfer": delegated.pk,
        "evaluated_on": "2026-03-01",
        "cases": 1,
        "quality": "good",
        "verdict": "keep",
    }
    response = signed_in(person).post(at("evaluation_add"), data)
    assert response.context["adminform"].form.errors["transfer"]


def test_work_is_asked_for_answered_and_decided(signed_in, clerk_of_forestry, clerk_of_elm, editor, elm):
    asked = {
        "name": "野生动物致害补偿受理",
        "reason": "就近",
        "townships": [elm.pk],
        "requested_on": "2025-02-01",
    }
    response = signed_in(clerk_of_forestry).post(at("admission_add"), asked | formset("opinions"))
    assert response.status_code == 302, response.context["errors"]
    admission = Admission.objects.get()
    decision = {"is_admitted": "1", "on": "2025-03-01", "document_number": "北政发〔2025〕9号"}
    browser = signed_in(editor)
    unheard = browser.post(at("admission_decide", admission.pk), decision)
    assert "榆树镇" in errors_of(unheard)
    opinion = {"admission": admission.pk, "verdict": "agrees", "given_on": "2025-02-10"}
    response = signed_in(clerk_of_elm).post(at("opinion_add"), opinion)
    assert response.status_code == 302, response.context["errors"]
    assert Opinion.objects.get().township == elm
    assert (
        signed_in(clerk_of_forestry).post(at("admission_decide", admission.pk), decision).status_code == 403
    )
    assert browser.post(at("admission_decide", admission.pk), decision).status_code == 302
    assert Admission.objects.get().state == "admitted"


# --- Day one ---


@pytest.fixture
def catalogue(county, editor, forestry, elm, willow):
    """A catalogue of two entrusted powers, confirmed."""
    heading = [
        "序号",
        "委托机关",
        "事项名称",
        "权力类别",
        "委托依据",
        "委托权限",
        "受委托单位",
        "起始日期",
        "终止日期",
    ]
    heading.append("委托书编号")
    rows = [
        [
            number,
            "县林业和草原局",
            name,
            kind,
            basis,
            "受理、审查",
            "各乡镇人民政府",
            "2025.3.3",
            "2028.2.29",
            "北林委字〔2025〕1号",
        ]
        for number, name, kind, basis in (
            (1, "林木采伐许可", "行政许可", "《森林法》第五十七条第三款"),
            (2, "森林防火检查", "行政检查", "《森林防火条例》第二十四条"),
        )
    ]
    content = written(rows, title="委托事项清单", heading=heading)
    intake = take_in(content, "清单.xlsx", kind=kind_called("entrusted_powers"), county=county)
    item_list = ItemList.objects.create(county=county, kind="entrusted_powers")
    edition = store_draft(plan=make_plan(intake, None), item_list=item_list, by=editor)
    return edition


@pytest.fixture
def draft(catalogue, editor):
    return publishing.confirm(edition=catalogue, by=editor)


def test_a_catalogue_is_taken_over_as_found_in_one_act(signed_in, approver, draft):
    browser = signed_in(approver)
    address = at("transfer_take_over", draft.pk)
    assert address in browser.get(reverse("admin:catalog_edition_change", args=[draft.pk])).content.decode()
    page = browser.get(address)
    assert {finding["code"] for finding in page.context["findings"]} == {"R1i"}
    response = browser.post(address, {"since": "2025-01-01", "document": "委托事项清单"}, follow=True)
    told = [str(message) for message in response.context["messages"]]
    assert "4" in told[0]
    assert "R1i (2)" in told[-1]
    rows = TransferTownship.objects.all()
    # Exercised since the day their paper is valid, not before.
    assert {(row.valid_from, row.is_as_found, row.found_in) for row in rows} == {(DAY, True, "委托事项清单")}
    again = browser.post(address, {"since": "2025-01-01", "document": "委托事项清单"})
    assert again.context["form"].errors


def test_day_one_is_for_the_county_that_decides(signed_in, stranger, clerk_of_forestry, auditor, draft):
    data = {"since": "2025-01-01", "document": "清单"}
    for person, status in [(stranger, 404), (clerk_of_forestry, 403), (auditor, 403)]:
        assert signed_in(person).post(at("transfer_take_over", draft.pk), data).status_code == status
    assert not TransferTownship.objects.put_in_force().exists()


def test_an_unconfirmed_import_is_not_taken_over(signed_in, approver, catalogue):
    assert signed_in(approver).get(at("transfer_take_over", catalogue.pk)).status_code == 404


def test_notes_are_given_in_the_preview(signed_in, editor, catalogue):
    browser = signed_in(editor)
    page = browser.get(reverse("admin:catalog_edition_preview", args=[catalogue.pk]))
    fields = page.context["notes_form"].fields
    assert "R1d" in fields
    browser.post(reverse("admin:catalog_edition_answer", args=[catalogue.pk]), {"R1d": "见委托书", "E5": "x"})
    edition = Edition.objects.get()
    assert edition.report["notes"] == {"R1d": "见委托书"}
    publishing.confirm(edition=edition, by=editor)
    assert all(transfer.notes["R1d"] == "见委托书" for transfer in Transfer.objects.all())


# --- Desk, lists, filters ---


def test_the_desk_counts_what_waits_for_this_person(entrusted, clerk_of_elm, editor, stranger, auditor):
    def waiting(person):
        return [count for _task, count in desk.waiting_for(person, DAY)]

    assert waiting(editor) == [2]
    assert waiting(clerk_of_elm) == [1]
    assert waiting(stranger) == waiting(auditor) == []


@pytest.mark.parametrize(
    ("query", "moment", "count"),
    [
        ("standing=in_force", "2025-04-01 12:00", 2),
        ("standing=expired", "2028-03-01 12:00", 2),
        ("due=ending90", "2028-01-01 12:00", 2),
        ("due=ending90", "2027-11-01 12:00", 0),
        ("due=ending30", "2028-01-01 12:00", 0),
        ("due=ending30", "2028-02-10 12:00", 2),
        ("due=evaluation", "2025-04-01 12:00", 0),
        ("due=record", "2025-04-01 12:00", 0),
        ("standing=nonsense", "2025-04-01 12:00", 2),
    ],
)
def test_filters_draw_the_lines_of_the_day(query, moment, count, signed_in, auditor, running, clock):
    clock(moment)
    page = signed_in(auditor).get(at("transfertownship_changelist") + f"?{query}")
    assert page.context["cl"].result_count == count


MODELS = [
    "power",
    "instrument",
    "transfer",
    "transfertownship",
    "evaluation",
    "assessment",
    "admission",
    "opinion",
]


@pytest.mark.parametrize("name", MODELS)
def test_another_county_sees_none_of_it(name, signed_in, stranger, running, draft, editor, elm, forestry):
    fill_watch(running, editor, elm, forestry)
    model = {model._meta.model_name: model for model in ALL}[name]
    row = model.objects.first()
    browser = signed_in(stranger)
    assert browser.get(at(f"{name}_changelist")).context["cl"].result_count == 0
    assert browser.get(at(f"{name}_change", row.pk)).status_code == 302
    assert browser.post(at(f"{name}_change", row.pk), {}).status_code in (302, 403)


@pytest.mark.parametrize("name", MODELS)
def test_every_row_opens_for_who_reads(name, signed_in, editor, auditor, running, elm, forestry):
    fill_watch(running, editor, elm, forestry)
    model = {model._meta.model_name: model for model in ALL}[name]
    for person in (auditor, editor):
        browser = signed_in(person)
        assert browser.get(at(f"{name}_changelist")).context["cl"].result_count
        assert browser.get(at(f"{name}_change", model.objects.first().pk)).status_code == 200
    assert signed_in(auditor).post(at(f"{name}_change", model.objects.first().pk), {}).status_code == 403


ALL = (Power, Instrument, Transfer, TransferTownship, Evaluation, Assessment, Admission, Opinion)


def fill_watch(transfer, editor, elm, forestry):
    evaluation = Evaluation(transfer=transfer, evaluated_on=DAY, cases=1, quality="good", verdict="keep")
    lifecycle.evaluate(evaluation=evaluation, by=editor)
    admission = Admission(
        county=elm.county, department=forestry, name="新事项", reason="就近", requested_on=DAY
    )
    lifecycle.request_admission(admission=admission, townships=[elm], by=editor)
    opinion = Opinion(admission=admission, township=elm, verdict="agrees", given_on=DAY)
    lifecycle.give_opinion(opinion=opinion, by=editor)


@pytest.mark.parametrize("name", ["power", "transfer", "transfertownship", "instrument"])
def test_a_changelist_costs_the_same_for_2_rows_and_22(
    name, signed_in, editor, forestry, county, elm, django_assert_max_num_queries
):
    browser = signed_in(editor)

    def grow(first, last):
        for number in range(first, last):
            paper = make_paper(
                county, InstrumentKind.ENTRUSTMENT, f"北林委字〔2025〕{number}号", valid_to=END
            )
            power = make_power(forestry, f"第{number}项检查", PowerType.INSPECTION)
            transfer = Transfer(power=power, instrument=paper, mode=Mode.ENTRUSTED)
            lifecycle.prepare(transfer=transfer, townships=[elm], by=editor)

    grow(1, 3)
    browser.get(at(f"{name}_changelist"))
    with django_assert_max_num_queries(40) as few:
        browser.get(at(f"{name}_changelist"))
    grow(3, 23)
    with django_assert_max_num_queries(len(few)):
        browser.get(at(f"{name}_changelist"))


def test_acts_leave_their_events(desk_of, editor, entrusted, ready):
    ready(entrusted)
    desk_of(editor, "transfer")(sent("put_in_force", [entrusted], valid_from="2025-03-03"))
    assert Event.objects.about(entrusted).filter(action="hand_down", by=editor).exists()
