"""A county's catalogues of powers: judged at import, prepared on confirmation, undone with their draft."""

import json
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import Event, Township, TownshipSuccession
from catalog import publishing
from catalog.importing.planning import make_plan
from catalog.importing.report import report_of
from catalog.models import ItemList, Law
from devolution import lifecycle
from devolution.catalogues.receivers import Townships
from devolution.choices import InstrumentKind, Mode
from devolution.models import Instrument, Power, Transfer, TransferTownship
from tests.catalog.workbooks import real, written
from tests.devolution.catalogues import entrusted
from tests.devolution.conftest import TODAY, make_power

pytestmark = pytest.mark.django_db
REFUSED_NAMES = {"扣押、没收非法采砂船舶、机具", "查封不符合安全生产标准的设施、设备"}


def rows_with(intake, verdict=None, code=None):
    """The rows of which something was found with this verdict or code."""
    return [
        taken
        for taken in intake.rows
        if any(
            (verdict is None or found.values.get("verdict") == verdict)
            and (code is None or found.code == code)
            for found in taken.findings
        )
    ]


def departments(rows):
    return Counter(taken.fields["department"] for taken in rows)


def counts():
    models = (Power, Instrument, Transfer, TransferTownship, Transfer.history.model, Power.history.model)
    return [model.objects.count() for model in models]


# --- The two catalogues as counties publish them ---


def test_of_44_entrusted_powers_two_are_refused(read):
    intake = read(real("entrusted_powers"))
    refused = intake.refused
    assert len(intake.rows) == 44
    assert {taken.fields["name"] for taken in refused} == REFUSED_NAMES
    for taken in refused:
        (message,) = taken.refusals
        assert (message.level, message.code) == ("error", "E5")
        assert "行政强制法" in message.values["sentence"]
        assert message.cell == taken.row.address("name")


def test_entrusted_powers_without_number_or_term_are_incomplete(read):
    intake = read(real("entrusted_powers"))
    # Past their term the rows of one more department are incomplete as well: nothing is in force any more.
    lacking = [
        taken for taken in rows_with(intake, "incomplete") if taken not in rows_with(intake, code="R2")
    ]
    found = departments(taken for taken in lacking if not taken.is_refused)
    assert found == {"县应急管理局": 6, "县住房和城乡建设局": 9}
    assert departments(rows_with(intake, code="R1c")) == {"县应急管理局": 7}
    assert departments(rows_with(intake, code="R1g")) == {"县住房和城乡建设局": 9}
    assert departments(rows_with(intake, code="R1f")) == {"县应急管理局": 3}
    assert departments(rows_with(intake, code="R2")) == {"县民政局": 7}


def test_what_is_over_depends_on_the_day(read):
    assert not rows_with(read(real("entrusted_powers"), on=date(2025, 12, 31)), code="R2")
    assert len(rows_with(read(real("entrusted_powers"), on=date(2026, 1, 1)), code="R2")) == 7
    assert not rows_with(read(real("entrusted_powers"), on=None), code="R2")


def test_49_delegated_penalties_want_their_provincial_decision(read):
    intake = read(real("delegated_powers"), "delegated_powers")
    assert len(intake.rows) == 53
    assert not intake.refused
    assert len(rows_with(intake, "incomplete")) == len(rows_with(intake, code="R3a")) == 49
    sentences = [
        found.values["sentence"] for taken in intake.rows for found in taken.findings if found.code == "R3a"
    ]
    assert all("行政处罚法" in sentence and "24" in sentence for sentence in sentences)


def test_the_report_names_rule_verdict_and_cell(read):
    report = report_of(make_plan(read(real("entrusted_powers"), notes={"R1d": "见委托书"}), None))
    told = next(message for message in report["messages"] if message["code"] == "R1g")
    assert (told["level"], told["verdict"], told["sheet"]) == ("warning", "incomplete", "Sheet1")
    assert told["cell"].startswith("I")
    assert next(message for message in report["messages"] if message["code"] == "R1d")["note"] == "见委托书"
    assert {"code": "E5", "verdict": "refused"} in report["rows"][26]["findings"]
    json.dumps(report)


@pytest.mark.parametrize("first", ["delegated_powers", "entrusted_powers"])
def test_powers_named_alike_in_both_are_flagged_where_both_reach(first, keep, read):
    second = {"delegated_powers": "entrusted_powers", "entrusted_powers": "delegated_powers"}[first]
    keep(real(first), first)
    intake = read(real(second), second)
    same = rows_with(intake, code="R4a")
    assert {taken.fields["name"] for taken in same} == {
        "对森林防火期内未经批准擅自在森林防火区内野外用火的处罚",
        "对森林、林木、林地的经营单位或者个人未履行森林防火责任的处罚",
        "对饲养的犬只未按照规定定期进行狂犬病免疫接种的处罚",
        "对随意倾倒、抛撒、堆放或者焚烧生活垃圾的处罚",
    }
    sentences = {
        found.values["sentence"] for taken in same for found in taken.findings if found.code == "R4a"
    }
    # One of them goes to towns only.
    assert sum("青山乡" in sentence for sentence in sentences) == 1
    assert sum("青山乡" not in sentence and "榆树镇、柳河镇" in sentence for sentence in sentences) == 1
    similar = {taken.fields["name"] for taken in rows_with(intake, code="R4b")}
    assert any("阻碍行洪" in name for name in similar)


# --- Confirming, again, undoing ---


def test_confirming_prepares_transfers_to_the_townships_named(keep, beiyuan):
    edition = keep(real("entrusted_powers"))
    assert edition.entries.count() == Power.objects.count() == Transfer.objects.count() == 42
    rows = TransferTownship.objects.all()
    assert rows.count() == rows.prepared().count() == 33 * 4 + 9 * 2
    forestry = Instrument.objects.get(number="北林委字〔2024〕1号")
    assert (forestry.kind, forestry.valid_from) == (InstrumentKind.ENTRUSTMENT, date(2024, 1, 1))
    assert forestry.last_day == date(2026, 12, 31)
    emergency = Instrument.objects.get(number="")
    assert (emergency.is_open_ended, emergency.term_text) == (True, "长期")
    housing = Instrument.objects.get(number="北建委〔2024〕5号")
    assert (housing.valid_from, housing.valid_to, housing.term_text) == (None, None, "自签订之日起、三年")
    assert set(housing.transfers.first().townships.values_list("kind", flat=True)) == {"town"}


@pytest.mark.parametrize("kind", ["delegated_powers", "entrusted_powers"])
def test_the_same_file_again_changes_nothing(kind, keep):
    keep(real(kind), kind)
    before = counts()
    edition = keep(real(kind), kind)
    assert edition.report["counts"]["unchanged"] == edition.entries.count()
    assert counts() == before


def test_what_a_newer_file_leaves_out_is_reported_and_stays(keep, read):
    keep(entrusted())
    intake = read(entrusted("林木采伐监督检查", "行政检查", "《森林法》第六十七条"))
    plan = make_plan(intake, ItemList.objects.get().editions.get())
    assert [one["name"] for one in report_of(plan)["gone"]] == ["对滥伐林木的处罚"]
    keep(entrusted("林木采伐监督检查", "行政检查", "《森林法》第六十七条"))
    assert TransferTownship.objects.prepared().count() == 2


def test_what_was_taken_back_is_not_handed_down_by_the_same_file(keep, approver, beiyuan, withdrawal):
    keep(entrusted())
    transfer = Transfer.objects.get()
    taken = lifecycle.take_over_as_found(
        transfers=[transfer], by=approver, since=date(2026, 1, 1), document="清单"
    )
    department = transfer.power.department
    lifecycle.withdraw(
        rows=taken.rows,
        by=approver,
        reason="law_change",
        instrument=withdrawal,
        on=TODAY,
        department=department,
    )
    keep(entrusted())
    assert not TransferTownship.objects.prepared().exists()


def test_discarding_a_draft_removes_what_only_it_prepared(keep, editor):
    publishing.discard(edition=keep(real("entrusted_powers")), by=editor)
    assert counts()[:4] == [0, 0, 0, 0]


def test_discarding_leaves_what_another_edition_names(keep, editor):
    first = keep(entrusted())
    second = keep(entrusted())
    publishing.discard(edition=first, by=editor)
    transfer = Transfer.objects.get()
    assert transfer.entry.edition == second
    publishing.discard(edition=second, by=editor)
    assert counts()[:4] == [0, 0, 0, 0]


def test_discarding_leaves_a_power_that_was_there_before(keep, editor, beiyuan):
    department = beiyuan.departments.get(name="县林业和草原局")
    power = make_power(department)
    publishing.discard(edition=keep(entrusted()), by=editor)
    assert Power.objects.get() == power
    assert not Transfer.objects.exists()


def test_a_power_on_record_is_joined_and_gains_what_it_did_not_cite(keep, beiyuan):
    power = make_power(beiyuan.departments.get(name="县林业和草原局"), bases=[("森林法", "76")])
    keep(entrusted(" 对滥伐林木的 处罚"))
    assert Transfer.objects.get().power == power
    assert [basis.law_title for basis in power.bases.all()] == ["森林法", "行政处罚法"]


def test_notes_of_the_import_answer_the_transfers_warnings(keep):
    keep(entrusted(), notes={"R1d": "见委托书落款", "W3": "无关"})
    assert Transfer.objects.get().notes == {"R1d": "见委托书落款"}


def test_a_mended_sheet_completes_the_paper_on_record(keep, read):
    lacking = {"委托书编号": "", "终止日期": "长期"}
    keep(entrusted(**lacking))
    assert not rows_with(read(entrusted()), code="R1c")
    keep(entrusted())
    paper = Instrument.objects.get()
    assert (paper.number, paper.last_day) == ("北林委字〔2026〕1号", date(2028, 12, 31))
    assert not paper.is_open_ended
    assert TransferTownship.objects.count() == 1


def test_another_term_of_the_same_paper_is_noted_and_changes_nothing(keep, read):
    keep(entrusted())
    intake = read(entrusted(终止日期="2029.12.31"))
    assert [found.code for found in intake.rows[0].findings if found.level == "note"] == ["term_differs"]
    keep(entrusted(终止日期="2029.12.31"))
    assert Instrument.objects.get().last_day == date(2028, 12, 31)


def test_announcing_fills_in_what_the_papers_lacked(keep, approver):
    edition = keep(real("delegated_powers"), "delegated_powers")
    edition.document_number, edition.made_on = "北政发〔2024〕1号", date(2023, 12, 20)
    edition.save()
    publishing.announce(
        edition=edition, by=approver, published_on=date(2023, 12, 28), effective_on=date(2024, 1, 1)
    )
    notice = Instrument.objects.get()
    assert (notice.number, notice.published_on) == ("北政发〔2024〕1号", date(2023, 12, 28))
    assert (notice.made_on, notice.valid_from) == (date(2023, 12, 20), date(2024, 1, 1))


def test_the_draft_remembers_what_it_made(keep):
    event = Event.objects.about(keep(entrusted())).get(action="prepare_catalogue")
    assert event.details["rows"] == {str(Transfer.objects.get().pk): ["990102100"]}


# --- Row by row ---


@pytest.mark.parametrize(
    ("cells", "code", "verdict"),
    [
        ({}, None, None),
        ({"委托书编号": ""}, "R1c", "incomplete"),
        ({"终止日期": "长期"}, "R1f", "incomplete"),
        ({"终止日期": "三年"}, "R1g", "incomplete"),
        ({"委托权限": ""}, "R1h", "incomplete"),
        ({"终止日期": "2026.10.31"}, "R2", "incomplete"),
        ({"委托依据": "《森林法》第七十六条"}, "W8", "warning"),
        ({"委托依据": "北政发〔2020〕1号"}, "I5", "incomplete"),
        ({"委托依据": "《没有这部的管理条例》第一条；《行政处罚法》第二十条"}, "R12a", "warning"),
        ({"委托依据": "《旧林业条例》第一条；《行政处罚法》第二十条"}, "R12b", "warning"),
        ({"事项名称": "林木争议裁决", "权力类别": "行政裁决"}, "E7", "refused"),
        ({"事项名称": "强制拆除违法建筑", "权力类别": "行政强制"}, "E6", "refused"),
        ({"受委托单位": "榆树镇、榆东村村民委员会"}, "R7a", "refused"),
    ],
)
def test_each_row_hears_its_own_rule(cells, code, verdict, read):
    Law.objects.create(title="旧林业条例", level="行政法规", abolished_on=date(2020, 1, 1))
    published = {"published_on": date(2026, 1, 10)}
    found = {one.code: one for one in read(entrusted(**cells), stated=published).rows[0].findings}
    found.pop("R1d")  # no sheet names the day of signing
    if code is None:
        assert not found
    else:
        assert found[code].values["verdict"] == verdict
        assert found[code].level == ("error" if verdict == "refused" else "warning")


def test_an_unknown_receiver_is_refused_with_the_nearest(read):
    intake = read(entrusted(受委托单位="榆树镇、柳和镇"))
    message = intake.rows[0].refusals[0]
    assert message.code == "unknown_township"
    assert message.values["printed"] == "柳和镇"
    assert message.cell == "G3"


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("各乡镇人民政府", ["100", "101", "200", "201"]),
        ("全县各乡镇", ["100", "101", "200", "201"]),
        ("建制镇人民政府", ["100", "101"]),
        ("各乡人民政府", ["200", "201"]),
        ("各街道办事处", ["001"]),
        ("各乡镇（街道）", ["001", "100", "101", "200", "201"]),
        ("榆树镇、青山乡人民政府", ["100", "200"]),
        ("榆树镇、柳河镇、青山乡、\n红旗满族乡", ["100", "101", "200", "201"]),
        ("城关街道办事处", ["001"]),
    ],
)
def test_receivers_are_the_countys_townships(text, serials, beiyuan):
    Township.objects.create(county=beiyuan, code="990102001", name="城关街道", kind="subdistrict")
    Township.objects.create(county=beiyuan, code="990102400", name="国营农场", kind="quasi_unit")
    found = Townships(beiyuan).named_in(text)
    assert [township.code[6:] for township in found.townships] == serials
    assert not found.unknown


def test_a_township_that_has_given_way_is_meant_by_its_name_alone(beiyuan):
    elm, willow = (beiyuan.townships.get(name=name) for name in ("榆树镇", "柳河镇"))
    TownshipSuccession.objects.create(predecessor=willow, successor=elm, effective_on=date(2026, 1, 1))
    before, after = (Townships(beiyuan, day) for day in (date(2025, 12, 31), date(2026, 1, 1)))
    assert willow in before.named_in("各乡镇人民政府").townships
    assert willow not in after.named_in("各乡镇人民政府").townships
    assert after.named_in("柳河镇").townships == [willow]


def test_a_quasi_unit_named_as_receiver_is_refused(read, beiyuan):
    Township.objects.create(county=beiyuan, code="990102400", name="国营农场", kind="quasi_unit")
    assert rows_with(read(entrusted(受委托单位="国营农场")), "refused", "R9")


def test_the_name_of_a_posted_unit_alone_is_no_power(keep, beiyuan):
    heading = ["序号", "派驻部门", "派驻机构名称", "派驻乡镇", "派驻人数"]
    keep(
        written([[1, "县司法局", "司法所", "榆树镇", 3]], title="派驻机构目录", heading=heading),
        "seconded_powers",
    )
    assert not Power.objects.exists()


# --- The command ---


@pytest.fixture
def command(beiyuan, tmp_path, capsys):
    """Run the command on one of the catalogues; the exit status and the report."""

    def command(name, *arguments):
        (tmp_path / "list.xlsx").write_bytes(real(name))
        out = tmp_path / "report.json"
        options = ["--county", beiyuan.code, "--kind", name, "--report", str(out), *arguments]
        with pytest.raises(SystemExit) as end:
            call_command("import_list", str(tmp_path / "list.xlsx"), *options)
        capsys.readouterr()
        return end.value.code, json.loads(out.read_text(encoding="utf-8"))

    return command


def test_the_command_stores_nothing_while_rows_are_refused(command, clock):
    clock("2026-11-22 12:00")
    status, report = command("entrusted_powers")
    assert (status, report["counts"]["refused"], len(report["rows"])) == (1, 2, 44)
    assert len({message["cell"] for message in report["messages"] if message["code"] == "R2"}) == 7
    assert not Power.objects.exists()


def test_the_command_leaves_out_the_refused_when_told(command, clock):
    clock("2026-11-22 12:00")
    status, _ = command("entrusted_powers", "--leave-out-refused", "--note", "R1d=见委托书")
    assert status == 1
    assert Transfer.objects.filter(mode=Mode.ENTRUSTED).count() == 42
    assert Transfer.objects.first().notes == {"R1d": "见委托书"}


def test_a_note_to_a_rule_that_warns_of_nothing_is_said(command, clock):
    """Nobody warned by W99; R1c is raised, but as a missing fact that no note makes good."""
    clock("2026-11-22 12:00")
    notes = ("--note", "R1d=见委托书", "--note", "W99=笔误", "--note", "R1c=后补")
    _, report = command("entrusted_powers", "--leave-out-refused", "--dry-run", *notes)
    idle = [message for message in report["messages"] if message["code"] == "note_without_warning"]
    assert [message["level"] for message in idle] == ["warning", "warning"]
    assert "R1c" in idle[0]["text"]
    assert "W99" in idle[1]["text"]


def test_the_command_reads_53_delegated_powers(command):
    status, report = command("delegated_powers")
    assert (status, len(report["rows"]), report["counts"]["refused"]) == (0, 53, 0)
    assert sum(message["code"] == "R3a" for message in report["messages"]) == 49
