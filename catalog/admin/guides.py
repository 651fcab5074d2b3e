"""Items with their guides."""

from functools import partial

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.scoped import ScopedAdmin, ScopedInline
from accounts.choices import Role

from .. import publishing
from ..choices import GuideState
from ..models import Channel, Entry, Guide, Item, Material, Step
from ..settingforms import GuidePhoneForm
from .filters import GuideWaitingFilter
from .proposals import GuideProposals
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY
from .setting import ask_and_set


@admin.register(Item)
class ItemAdmin(ScopedAdmin):
    """Items by their codes; they come and go with editions and are never typed."""

    readers = EVERYONE_OF_THE_COUNTY
    list_display = ["number", "latest_name", "basic_code"]
    list_display_links = ["latest_name"]
    search_fields = ["=number", "entries__name"]
    fields = ["county", "number", "basic_code", "implementation_code"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_latest_name()

    @admin.display(description=gettext_lazy("name"), ordering="latest_name")
    def latest_name(self, item):
        return item.latest_name


class ChannelInline(ScopedInline, admin.TabularInline):
    model = Channel


class MaterialInline(ScopedInline, admin.TabularInline):
    model = Material


class StepInline(ScopedInline, admin.TabularInline):
    model = Step


class PublicRowAdmin(ScopedAdmin):
    """Rows that residents read at once: taking one away is on record and has pages asked for anew."""

    def delete_model(self, request, obj):
        publishing.take_away(row=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            publishing.take_away(row=row, by=request.user)


@admin.register(Guide)
class GuideAdmin(GuideProposals, PublicRowAdmin):
    """How to get an item done, beside the paper.

    What residents read is changed by a proposal; in a county that wants no second person an editor may also
    change it in place.
    """

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS | {Role.DEPARTMENT}
    list_display = ["item_name", "state", "rule", "valid_from", "valid_to", "verified_on"]
    list_filter = [GuideWaitingFilter, "state", "rule"]
    actions = ["confirm_correct", "set_phone"]
    list_select_related = ["item__county", "proposed_by"]
    autocomplete_fields = ["item"]
    search_fields = ["item__entries__name", "popular_names"]
    exclude = ["verified_by"]
    readonly_fields = ["state", "proposed_by", "answered_by", "refusal"]
    inlines = [MaterialInline, StepInline, ChannelInline]

    def get_queryset(self, request):
        return super().get_queryset(request).with_item_name()

    @admin.display(description=gettext_lazy("item"), ordering="item__number")
    def item_name(self, guide):
        return f"{guide.item_name or ''} ({guide.item.code})"

    @admin.action(description=gettext_lazy("Confirm: still correct today"), permissions=["change"])
    def confirm_correct(self, request, queryset):
        """Note day and person on every chosen guide that residents read; it is not a change of the guide."""
        if request.user.role == Role.DEPARTMENT:
            own = Entry.objects.filter(department=request.user.department_id)
            queryset = queryset.filter(item__in=own.values("item"))
        confirm_rows(request, queryset.approved())

    @admin.action(description=gettext_lazy("Set the phone for questions"), permissions=["change"])
    def set_phone(self, request, queryset):
        """Ask once for the phone of all chosen guides; where a second person is wanted, each becomes a proposal."""
        act = partial(publishing.set_phone, guides=queryset, by=request.user, on=timezone.localdate())
        title = _("Set the phone for questions in many guides")
        return ask_and_set(self, request, queryset, GuidePhoneForm, act, action="set_phone", title=title)

    def get_exclude(self, request, obj=None):
        """Verifying is an act of its own on what residents read, and a new guide ends with the next one."""
        unsaid = [] if obj is not None and obj.state == GuideState.APPROVED else ["verified_on", "valid_to"]
        return [*super().get_exclude(request, obj), *unsaid, *(["item"] if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["item_name"] if obj else [])]

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or self.is_writable(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Who wrote a proposal may throw it away; what residents read is deleted by editors."""
        if not super().has_delete_permission(request, obj):
            return False
        if obj is None:
            return request.user.role in EDITORS
        return self.is_writable(request, obj)

    def is_writable(self, request, guide):
        if guide.state == GuideState.APPROVED:
            return request.user.role in EDITORS and not guide.item.county.needs_second_person
        return guide.state != GuideState.PROPOSED and guide.proposed_by_id == request.user.pk

    def save_model(self, request, obj, form, change):
        note_verifier(obj, form, request.user)
        if not change and not self.is_writable(request, obj):
            obj.state, obj.proposed_by = GuideState.WRITING, request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.instance.state == GuideState.APPROVED:
            publishing.keep_guide(guide=form.instance, by=request.user)


def confirm_rows(request, rows):
    """Confirm many rows at once, and say how many."""
    count = publishing.confirm_correct(rows=rows, by=request.user, on=timezone.localdate())
    messages.success(request, _("Confirmed as still correct: %(count)s.") % {"count": count})


def note_verifier(row, form, user):
    """Who sets the day of a verification is the one who verified."""
    if "verified_on" in form.changed_data:
        row.verified_by = user if row.verified_on else None
