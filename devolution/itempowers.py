"""By which powers an item of the lists is done; shown on pages of the catalogue, which knows nothing of powers."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Township
from catalog.models import Item

from .choices import Mode
from .models import Power, TransferTownship


@dataclass(frozen=True)
class PowerBehind:
    """A power by which townships do an item, in one mode, with the names of these townships."""

    power: Power
    mode: Mode
    townships: list[str]


def powers_behind(item: Item, on: date, township: Township | None = None) -> list[PowerBehind]:
    """The powers handed down and in force on the day by which the item is done, in all townships or in one."""
    rows = TransferTownship.objects.in_force(on).filter(power__power_items__item=item)
    if township is not None:
        rows = rows.of_township(township)
    rows = rows.select_related("power__department", "township").order_by(
        "power__number", "mode", "township__code"
    )
    found = {}
    for row in rows:
        behind = found.setdefault((row.power_id, row.mode), PowerBehind(row.power, Mode(row.mode), []))
        behind.townships.append(row.township.name)
    return list(found.values())
