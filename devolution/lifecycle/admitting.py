"""Bringing unlisted work to townships: a department asks, the townships state their opinion, the county decides."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.journal import record
from accounts.models import County, Township, User
from catalog.models import Edition

from ..choices import AdmissionState
from ..models import Admission, Opinion, Transfer
from .people import check_decides, check_keeps, check_speaks_for


@transaction.atomic
def request_admission(*, admission: Admission, townships: Iterable[Township], by: User) -> Admission:
    """Ask to bring work to these townships."""
    check_keeps(by, admission.county, admission.department)
    townships = list(townships)
    if not townships:
        raise ValidationError({"townships": _("Name the townships the work is to go to.")})
    if any(township.county_id != admission.county_id for township in townships):
        raise ValidationError({"townships": _("This township belongs to another county.")})
    admission.requested_by = by
    admission.full_clean()
    admission.save()
    admission.townships.set(townships)
    _record("request", admission, by=by, townships=sorted(township.code for township in townships))
    return admission


@transaction.atomic
def give_opinion(*, opinion: Opinion, by: User) -> Opinion:
    """State what a township says; it can say it anew until the county decides."""
    check_speaks_for(by, opinion.township)
    admission = Admission.objects.select_for_update(of=("self",)).get(pk=opinion.admission_id)
    if admission.state != AdmissionState.REQUESTED:
        raise ValidationError(_("The county has decided already."))
    if not admission.townships.filter(pk=opinion.township_id).exists():
        raise ValidationError({"township": _("This township is not asked.")})
    before = Opinion.objects.filter(admission=admission, township=opinion.township).first()
    if before is not None:
        before.verdict, before.text, before.given_on = opinion.verdict, opinion.text, opinion.given_on
        opinion = before
    opinion.given_by = by
    opinion.full_clean()
    opinion.save()
    _record("opinion", admission, by=by, township=opinion.township.code, verdict=opinion.verdict)
    return opinion


@transaction.atomic
def decide_admission(
    *,
    admission: Admission,
    by: User,
    is_admitted: bool,
    on: date,
    document_number: str = "",
    decision: str = "",
) -> Admission:
    """Decide a request after every township has been heard; the public sees what is decided."""
    check_decides(by, admission.county)
    admission = Admission.objects.select_for_update(of=("self",)).get(pk=admission.pk)
    if admission.state != AdmissionState.REQUESTED:
        raise ValidationError(_("The county has decided already."))
    unheard = admission.townships.exclude(opinions__admission=admission)
    if unheard.exists():
        names = "、".join(unheard.values_list("name", flat=True))
        raise ValidationError(_("Not heard yet: %(townships)s.") % {"townships": names})
    if not is_admitted and not decision.strip():
        raise ValidationError({"decision": _("A refusal says why.")})
    admission.state = AdmissionState.ADMITTED if is_admitted else AdmissionState.REFUSED
    admission.decided_on, admission.decided_by = on, by
    admission.document_number, admission.decision = document_number, decision
    admission.full_clean()
    admission.save()
    County.objects.note_publication(admission.county)
    _record("decide", admission, by=by, state=admission.state, number=document_number)
    return admission


@transaction.atomic
def lead_into(
    *, admission: Admission, by: User, transfer: Transfer | None = None, edition: Edition | None = None
) -> Admission:
    """Note what an admitted request has led to: a transfer, or an edition of a list."""
    check_keeps(by, admission.county, admission.department)
    admission = Admission.objects.select_for_update(of=("self",)).get(pk=admission.pk)
    if admission.state != AdmissionState.ADMITTED:
        raise ValidationError(_("Only admitted work goes on a list or into a transfer."))
    admission.transfer, admission.edition = transfer or admission.transfer, edition or admission.edition
    admission.full_clean()
    admission.save()
    County.objects.note_publication(admission.county)
    _record(
        "lead", admission, by=by, transfer=getattr(transfer, "pk", None), edition=getattr(edition, "pk", None)
    )
    return admission


def _record(action: str, admission: Admission, *, by: User | None, **details) -> None:
    record(action, admission, by=by, county=admission.county, **details)
