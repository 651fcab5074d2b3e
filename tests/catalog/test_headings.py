"""One vocabulary: within a kind no wording means two columns, and every column keeps its official heading."""

from collections import Counter

import pytest

from catalog.kinds import kinds
from catalog.reading.words import fold
from catalog.resources.headings import HEADINGS

CODES = [kind.code for kind in kinds]
COLUMNS = {kind.code: kind.resource.columns() for kind in kinds}
everywhere = pytest.mark.parametrize("code", CODES)


@everywhere
def test_no_wording_means_two_columns(code):
    wordings = Counter(fold(heading) for column in COLUMNS[code] for heading in set(column.headings))
    assert {wording: count for wording, count in wordings.items() if count > 1} == {}


@everywhere
def test_every_column_keeps_its_official_heading(code):
    resource = next(kind.resource for kind in kinds if kind.code == code)
    for column in COLUMNS[code]:
        if column.field in resource.fields:
            assert column.heading == resource.fields[column.field].column_name


def test_every_entry_of_the_table_is_used():
    read = {column.field for columns in COLUMNS.values() for column in columns}
    assert set(HEADINGS) - read == {"level_one", "level_two", "level_three", "seconded_to", "provider"}


@pytest.mark.parametrize(
    ("code", "heading", "field"),
    [
        ("delegated_powers", "上级部门", "department"),
        ("cooperating_duties", "上级部门", "superior_departments"),
        ("cooperating_duties", "牵头部门", "superior_departments"),
        ("withdrawn_matters", "对应上级部门", "taking_over_department"),
        ("purchase_guide", "承接主体", "receiving_body"),
        ("delegated_powers", "承接主体", "receiving_body"),
        ("seconded_powers", "派驻乡镇", "receiving_body"),
        ("village_matters", "办理方式", "village_handling"),
        ("public_services", "办理方式", "channels"),
    ],
)
def test_a_wording_means_what_the_kind_says(code, heading, field):
    (column,) = (column for column in COLUMNS[code] if heading in column.headings)
    assert column.field == field
