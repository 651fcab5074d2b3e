"""Powers: what an authority may do, with its legal basis; and handing many of them to many townships."""

from collections import Counter

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.scoped import ScopedInline
from catalog.countywords import CountyWords

from .. import lifecycle
from ..choices import TransferState
from ..citing import understand
from ..forms import PrepareForm
from ..models import Power, PowerBasis, PowerItem, Transfer
from ..rules import Finding, Verdict, rule_called
from .acting import RegisterAdmin, act_page, do, said, was_sent
from .roles import EVERYONE, KEEPERS


class PowerBasisInline(ScopedInline, admin.TabularInline):
    """What the power rests on; law and article are read from the words."""

    model = PowerBasis
    fields = ["text", "law", "article", "names_townships", "names_subdistricts", "permits_entrusting"]
    readonly_fields = ["law", "article"]


class PowerItemInline(ScopedInline, admin.TabularInline):
    """Items of the lists that are done by this power."""

    model = PowerItem
    autocomplete_fields = ["item"]


@admin.register(Power)
class PowerAdmin(RegisterAdmin):
    """Powers of the county's departments. Who exercises one where stands under transfers."""

    readers = EVERYONE
    writers = KEEPERS
    list_display = ["number", "name", "department", "power_type", "category"]
    list_display_links = ["name"]
    list_filter = ["department", "power_type", "category"]
    list_select_related = ["department", "category"]
    search_fields = ["name", "main_name", "=number"]
    inlines = [PowerBasisInline, PowerItemInline]
    actions = ["prepare_transfers", "link"]
    fieldsets = [
        (
            gettext_lazy("What it is"),
            {"fields": ["county", "department", "main_name", "name", "power_type", "category"]},
        ),
        (gettext_lazy("Who answers for what"), {"fields": ["responsibilities", "accountability"]}),
        (
            gettext_lazy("What the law asks"),
            {
                "fields": ["coercion", "restricts_liberty", "is_heavy", "includes_enforcement"],
                "description": gettext_lazy("Proposed from the name; correct it where the name misleads."),
            },
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).current()

    def act(self, row, form, user):
        lifecycle.record_power(power=row, by=user)

    def save_formset(self, request, form, formset, change):
        """Citations get their place and are understood; the power is recorded with them."""
        changed = formset.save(commit=False)
        if not (changed or formset.deleted_objects):
            return
        if formset.model is PowerItem:
            gone = {link.item_id for link in formset.deleted_objects}
            known = [item for item in form.instance.items.all() if item.pk not in gone]
            items = [*known, *(link.item for link in changed)]
            lifecycle.write_items(power=form.instance, items=items, by=request.user)
            return
        gone = {basis.pk for basis in formset.deleted_objects}
        words = CountyWords(form.instance.county)
        touched = {basis.pk: basis for basis in changed if basis.pk}
        kept = [touched.get(basis.pk, basis) for basis in form.instance.bases.all() if basis.pk not in gone]
        bases = [*kept, *(basis for basis in changed if not basis.pk)]
        bases = [understand(basis, words) if basis in changed else basis for basis in bases]
        lifecycle.record_power(power=form.instance, by=request.user, bases=bases)

    def has_prepare_permission(self, request):
        return request.user.role in self.writers

    @admin.action(description=gettext_lazy("Hand the chosen powers to townships"), permissions=["prepare"])
    def prepare_transfers(self, request, queryset):
        """Ask for mode, paper and townships, show what the law says to it, then prepare: all or nothing."""
        powers = list(queryset.select_related("county", "department").prefetch_related("bases__law"))
        form = PrepareForm(request.POST if is_filled(request) else None, user=request.user)
        findings = []
        if is_filled(request) and form.is_valid():
            findings = examined(powers, form)
            form.add_notes([finding for finding, _count in findings if finding.verdict == Verdict.WARNING])
            form.full_clean()
            if was_sent(request) and do(form, prepare_all, powers=powers, form=form, by=request.user):
                messages.success(request, _("%(count)s powers are prepared.") % {"count": len(powers)})
                return None
        return act_page(
            self,
            request,
            form,
            title=_("Hand powers to townships"),
            intro=_(
                "What is refused is not stored; what is incomplete waits until the missing fact is on record."
            ),
            submit=_("Prepare"),
            look_label=_("See what the law says"),
            rows=powers,
            action="prepare_transfers",
            findings=said(findings),
        )

    @admin.action(description=gettext_lazy("Say that the two chosen powers are one"), permissions=["prepare"])
    def link(self, request, queryset):
        """The power with the older code is kept; the other one leads there."""
        powers = list(queryset.select_related("county", "department").order_by("number")[:3])
        try:
            if len(powers) != 2:
                raise ValidationError(_("Choose two powers."))
            kept = lifecycle.link_powers(keep=powers[0], other=powers[1], by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("Both are power %(code)s now.") % {"code": kept.code})


def is_filled(request) -> bool:
    """Whether the page's form was sent, for looking or for doing."""
    return was_sent(request) or "_look" in request.POST


def examined(powers, form) -> list[tuple[Finding, int]]:
    """What the law says to handing these powers down, by rule, with the number of powers."""
    found: Counter[str] = Counter()
    for power in powers:
        transfer = Transfer(power=power, **form.of_transfer)
        findings = lifecycle.examine(transfer, form.cleaned_data["townships"], on=timezone.localdate())
        found.update(finding.code for finding in findings)
    return [(Finding(rule_called(code)), count) for code, count in sorted(found.items())]


@transaction.atomic
def prepare_all(*, powers, form, by) -> list[Transfer]:
    """Prepare a transfer of each power, or name further townships where the paper hands it down already."""
    done = []
    for power in powers:
        townships = list(form.cleaned_data["townships"])
        transfer = Transfer.objects.filter(
            power=power, instrument=form.cleaned_data["instrument"], mode=form.cleaned_data["mode"]
        ).first()
        if transfer is None:
            transfer = Transfer(power=power, notes=form.notes, **form.of_transfer)
            done.append(lifecycle.prepare(transfer=transfer, townships=townships, by=by))
            continue
        held = transfer.receipts.exclude(state=TransferState.WITHDRAWN).values_list("township", flat=True)
        further = [township for township in townships if township.pk not in set(held)]
        lifecycle.add_townships(transfer=transfer, townships=further, by=by)
        done.append(transfer)
    return done
