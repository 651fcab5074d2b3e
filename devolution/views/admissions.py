"""What departments have asked to bring to townships, and what the county has decided."""

from collections import Counter

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import County
from catalog.caching import stored
from catalog.paging import page_of
from catalog.views.showing import show

from ..choices import OpinionVerdict
from ..models import Admission, TransferTownship

REQUESTS = 25  # each with its reason and the words of the decision


@stored
def admissions(request, county_code):
    county = get_object_or_404(County, code=county_code)
    decided = Admission.objects.filter(county=county).decided(timezone.localdate()).for_reading()
    page = page_of(request, decided.order_by("-decided_on", "-pk"), size=REQUESTS)
    return show(
        request,
        "admissions.html",
        county=county,
        page=page,
        opinions={admission.pk: opinions_on(admission) for admission in page},
        exercised=exercised_of(page),
    )


def opinions_on(admission):
    """How many of the townships said what, in the order of the verdicts."""
    said = Counter(opinion.verdict for opinion in admission.opinions.all())
    return [(verdict.label, said[verdict]) for verdict in OpinionVerdict if said[verdict]]


def exercised_of(admissions):
    """Keys of the transfers to which requests have led and that residents can read of."""
    transfers = [admission.transfer_id for admission in admissions if admission.transfer_id]
    return set(
        TransferTownship.objects.put_in_force()
        .filter(transfer__in=transfers)
        .values_list("transfer", flat=True)
    )
