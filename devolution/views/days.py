"""Pages of powers on a day: today, or any day of the register."""

from django.db.models import Min

from catalog.days import AskedDay, asked_day

from ..models import TransferTownship


def day_of(request, county) -> AskedDay:
    """The day asked for, within the county's register of powers."""
    receipts = TransferTownship.objects.put_in_force().of_county(county)
    return asked_day(request, lambda: receipts.aggregate(first=Min("valid_from"))["first"])
