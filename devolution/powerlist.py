"""The power and responsibility list of a township, made for any day: its own powers and those handed down."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date

from accounts.models import Township
from catalog.models import Edition, Entry
from catalog.resting import looked_up_once

from .choices import MODE_NAMES, Mode
from .models import Power, TransferTownship

KIND = "power_and_responsibility"
TITLE = "权力清单和责任清单"
# As offices publish it, in any interface language.
HEADINGS = ("序号", "权力类型", "项目编码", "项目名称", "子项", "实施依据", "责任事项", "追责情形")
WIDTHS = (6, 14, 12, 40, 30, 60, 60, 60)


@dataclass(frozen=True)
class Line:
    """One power as the list prints it, in the order of its columns."""

    serial: int
    power_type: str
    code: str
    name: str
    sub_name: str
    basis: str
    responsibilities: str
    accountability: str

    @property
    def cells(self) -> tuple:
        return astuple(self)


@dataclass(frozen=True)
class PowerList:
    """The list of one township on one day; `edition` is the published list its own powers stand in."""

    lines: list[Line]
    own: int
    edition: Edition | None = None


@looked_up_once
def power_list_of(township: Township, on: date, published_by: date | None = None) -> PowerList:
    """Own powers first, as published or else as recorded, then what was handed down, both by type."""
    edition = Edition.objects.counting_for(township, on, published_by).of_kind(KIND).with_list().first()
    own = [_of_entry(entry) for entry in _entries(edition)] if edition else []
    if not own:
        own = [_of_own_power(power) for power in _own_powers(township)]
    rows = TransferTownship.objects.in_force(on).of_township(township)
    rows = rows.select_related("power__department", "transfer__instrument").prefetch_related("power__bases")
    down = [
        _of_row(row) for row in rows.order_by("power__power_type", "power__department__name", "power__number")
    ]
    lines = [Line(serial, *cells) for serial, cells in enumerate([*own, *down], 1)]
    return PowerList(lines, len(own), edition)


def _entries(edition: Edition) -> Iterable[Entry]:
    return edition.entries.select_related("item").order_by("position")


def _own_powers(township: Township) -> Iterable[Power]:
    powers = Power.objects.filter(county=township.county_id).current().of_townships(township.kind)
    return powers.prefetch_related("bases").order_by("power_type", "number")


def _of_entry(entry: Entry) -> tuple:
    item = entry.item
    return (
        entry.power_type_name,
        item.implementation_code or item.basic_code or item.code,
        *_names(entry),
        entry.legal_basis,
        entry.details.get("responsibilities", ""),
        entry.details.get("accountability", ""),
    )


def _of_own_power(power: Power) -> tuple:
    basis = _cited(power)
    return (
        power.power_type_name,
        power.code,
        *_names(power),
        basis,
        power.responsibilities,
        power.accountability,
    )


def _of_row(row: TransferTownship) -> tuple:
    power, transfer = row.power, row.transfer
    paper = transfer.instrument
    basis = [
        _cited(power),
        f"{MODE_NAMES[Mode(row.mode)]}依据：{paper.title and f'《{paper.title}》'}{paper.number}",
    ]
    return (
        power.power_type_name,
        power.code,
        *_names(power),
        "\n".join(filter(None, basis)),
        transfer.township_responsibilities or power.responsibilities,
        power.accountability,
    )


def _names(thing: Power | Entry) -> tuple[str, str]:
    """Main item and sub item; what has no main item is one itself."""
    has_main = thing.main_name and thing.main_name != thing.name
    return (thing.main_name, thing.name) if has_main else (thing.name, "")


def _cited(power: Power) -> str:
    return "\n".join(basis.text for basis in power.bases.all())
