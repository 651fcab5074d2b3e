"""Official division codes: what is taken, what is named as left out, and what staff keep through a newer year."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.choices import TownshipKind
from accounts.divisions.reading import kind_of, read_divisions
from accounts.models import County, Event, Township
from catalog.models import SearchRow

PUBLISHED = Path(__file__).resolve().parents[3] / "shared" / "data"
HEADINGS = {
    "provinces": "code,name",
    "cities": "code,name,provinceCode",
    "areas": "code,name,cityCode,provinceCode",
    "streets": "code,name,areaCode,provinceCode,cityCode",
}
STREETS = (
    '990101001,"城东街道",990101,99,9901',
    '990101100,"谷雨镇",990101,99,9901',
    '990101198,"青禾县直辖村级区划",990101,99,9901',
    '990101200,"柳溪乡",990101,99,9901',
    '990101201,"山前回族乡",990101,99,9901',
    '990101202,"草原苏木",990101,99,9901',
    '990101400,"青禾农场",990101,99,9901',
    '990101450,"新区街道",990101,99,9901',
    '990101700,"无类办事处",990101,99,9901',
    '990199100,"无县镇",990199,99,9901',
    '990101100,"谷雨二镇",990101,99,9901',
    '990101101,"",990101,99,9901',
    '99010110,"短码镇",990101,99,9901',
)
TAKEN = {
    "990101001": TownshipKind.SUBDISTRICT,
    "990101100": TownshipKind.TOWN,
    "990101200": TownshipKind.TOWNSHIP,
    "990101201": TownshipKind.ETHNIC_TOWNSHIP,
    "990101202": TownshipKind.SUMU,
    "990101400": TownshipKind.QUASI_UNIT,
    "990101450": TownshipKind.QUASI_UNIT,
}


@pytest.fixture
def tables(tmp_path):
    """Write the four tables with these townships; the folder."""

    def tables(streets=STREETS, county="青禾县"):
        rows = {
            "provinces": ['99,"示例省"'],
            "cities": ['9901,"示例市",99', '9990,"省直辖县级行政区划",99'],
            "areas": [f'990101,"{county}",9901,99', '999001,"直属市",9990,99'],
            "streets": streets,
        }
        for name, heading in HEADINGS.items():
            text = "\n".join([heading, *rows[name], ""])
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return tables


@pytest.fixture
def load(db, capsys):
    """Run the command: what it said."""

    def load(folder, *arguments):
        call_command("load_divisions", str(folder), "--quiet", *arguments)
        return capsys.readouterr().out

    return load


def test_kinds_follow_code_and_name(tables, load):
    load(tables())
    assert dict(Township.objects.values_list("code", "kind")) == TAKEN
    county = County.objects.get(code="990101")
    assert (county.province, county.prefecture) == ("示例省", "示例市")
    assert County.objects.get(code="999001").prefecture == ""


def test_every_row_left_out_is_named_with_its_line(tables):
    divisions = read_divisions(tables())
    assert len(divisions.townships) + len(divisions.left_out) == len(STREETS)
    assert [(remark.line, remark.code) for remark in divisions.left_out] == [
        (4, "990101198"),
        (10, "990101700"),
        (11, "990199100"),
        (12, "990101100"),
        (13, "990101101"),
        (14, "99010110"),
    ]
    assert all(remark.text for remark in divisions.left_out)
    assert [remark.code for remark in divisions.doubtful] == ["990101450"]


def test_the_same_tables_twice_change_nothing(tables, load):
    load(tables())
    before = list(Township.history.values_list("history_id"))
    assert "new: 0, renamed: 0, unchanged: 9" in load(tables())
    assert list(Township.history.values_list("history_id")) == before


def test_newer_year_renames_adds_and_deletes_nothing(tables, load):
    load(tables())
    Township.objects.filter(code="990101100").update(centre_phone="0000-1234")
    newer = ('990101100,"大雪镇",990101,99,9901', '990101102,"谷雨镇",990101,99,9901')
    said = load(tables(newer))
    renamed = Township.objects.get(code="990101100")
    assert (renamed.name, renamed.centre_phone) == ("大雪镇", "0000-1234")
    assert Township.objects.get(code="990101102").name == "谷雨镇"
    assert Event.objects.about(renamed).get().details["changes"] == {"name": ["谷雨镇", "大雪镇"]}
    assert "  990101200 柳溪乡\n" in said
    assert Township.objects.filter(code="990101200").exists()


def test_what_staff_renamed_stays_until_the_tables_change_it(tables, load):
    load(tables())
    town = Township.objects.get(code="990101100")
    town.name = "谷雨古镇"
    town.save()
    assert "谷雨古镇" in load(tables())
    town.refresh_from_db()
    assert town.name == "谷雨古镇"
    load(tables(['990101100,"谷雨新镇",990101,99,9901']))
    town.refresh_from_db()
    assert town.name == "谷雨新镇"


def test_what_staff_keep_outlives_a_change_of_something_else(tables, load):
    load(tables())
    township = Township.objects.get(code="990101200")
    township.kind = TownshipKind.ETHNIC_TOWNSHIP
    township.save()
    newer = tables(['990101200,"柳岸乡",990101,99,9901'])
    for _again in range(2):
        load(newer)
        township.refresh_from_db()
        assert (township.name, township.kind) == ("柳岸乡", TownshipKind.ETHNIC_TOWNSHIP)


def test_name_borne_by_a_code_that_is_gone_is_left_out_with_the_way_on(tables, load):
    load(tables())
    said = load(tables(['990101002,"柳溪乡",990101,99,9901', '990101003,"柳岸街道",990101,99,9901']))
    assert "streets.csv:2: 990101002 柳溪乡" in said
    assert "990101200, which is no longer in the tables" in said
    assert Township.objects.filter(code="990101003").exists()


def test_townships_are_found_and_pages_are_asked_for_anew(tables, load):
    load(tables())
    assert set(SearchRow.objects.values_list("code", flat=True)) == set(TAKEN)
    assert County.objects.get(code="990101").publications == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("streets.csv", b"code,name\n990101100,x\n"),
        ("streets.csv", "code,name,areaCode\n990101100,谷雨镇,990101\n".encode("gb18030")),
        ("areas.csv", None),
    ],
)
def test_tables_that_cannot_be_read_store_nothing(tables, load, name, content):
    path = tables() / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(CommandError, match=name) as refused:
        load(path.parent)
    assert refused.value.returncode == 2
    assert not County.objects.exists()


def test_trial_and_other_places_store_nothing(tables, load):
    assert "A trial" in load(tables(), "--dry-run")
    assert "outside: 15" in load(tables(), "--within", "88")
    assert not County.objects.exists()


@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published tables are not beside the project")
def test_published_tables_are_read_whole():
    divisions = read_divisions(PUBLISHED)
    assert len(divisions.townships) + len(divisions.left_out) == 41_352
    assert len(divisions.counties) == 2_978
    assert all(kind_of(row.code, row.name) == row.kind for row in divisions.townships.values())
