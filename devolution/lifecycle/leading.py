"""Where admitted work leads: into a transfer that is prepared, or onto the draft of a list."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalog import publishing
from catalog.countywords import CountyWords
from catalog.models import Edition, Entry

from ..choices import AdmissionState
from ..citing import understand
from ..models import Admission, Instrument, Power, PowerBasis, Transfer
from .admitting import lead_into
from .preparing import prepare
from .recording import record_power


@transaction.atomic
def lead_into_transfer(
    *, admission: Admission, by: User, mode: str, instrument: Instrument, power_type: str = ""
) -> Admission:
    """Prepare a transfer of the admitted work to the townships that were heard, by a paper in a mode.

    A power of the department that is called the same is taken; otherwise one is recorded.
    """
    _check_leads_nowhere_yet(admission)
    called = {"department": admission.department, "name": admission.name}
    power = Power.objects.called_like(**called).first()
    if power is None:
        power = Power(county=admission.county, power_type=power_type, **called)
        record_power(power=power, by=by, bases=_bases_of(admission))
    transfer = Transfer(power=power, mode=mode, instrument=instrument)
    prepare(transfer=transfer, townships=admission.townships.all(), by=by)
    return lead_into(admission=admission, by=by, transfer=transfer)


@transaction.atomic
def lead_into_edition(*, admission: Admission, by: User, edition: Edition) -> Admission:
    """Write the admitted work into a draft of one of the county's lists, as an entry to be completed there."""
    _check_leads_nowhere_yet(admission)
    if edition.list.county_id != admission.county_id:
        raise ValidationError({"edition": _("This belongs to another county.")})
    entry = Entry(
        edition=edition,
        name=admission.name,
        department=admission.department,
        legal_basis=admission.basis,
        receiving_body="、".join(admission.townships.values_list("name", flat=True))[:500],
    )
    publishing.write_entry(entry=entry, by=by)
    return lead_into(admission=admission, by=by, edition=edition)


def _check_leads_nowhere_yet(admission: Admission) -> None:
    if admission.state != AdmissionState.ADMITTED:
        raise ValidationError(_("Only admitted work goes on a list or into a transfer."))
    if admission.transfer_id or admission.edition_id:
        raise ValidationError(_("This request has led somewhere already."))


def _bases_of(admission: Admission) -> list[PowerBasis]:
    words = CountyWords(admission.county)
    return [understand(PowerBasis(text=text), words) for text in admission.basis.splitlines() if text.strip()]
