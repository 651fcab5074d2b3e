"""Items with their guides, and what townships do differently."""

from django.contrib import admin

from accounts.admin.scoped import ScopedAdmin, ScopedInline
from accounts.choices import Role

from .. import publishing
from ..models import Channel, Guide, Handling, Item, Material, Step
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY


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

    @admin.display(ordering="latest_name")
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
class GuideAdmin(PublicRowAdmin):
    """How to get an item done, beside the paper."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS
    list_display = ["item", "rule", "valid_from", "valid_to", "verified_on"]
    list_filter = ["rule"]
    list_select_related = ["item"]
    autocomplete_fields = ["item"]
    search_fields = ["item__entries__name", "popular_names"]
    exclude = ["verified_by"]
    inlines = [MaterialInline, StepInline, ChannelInline]

    def save_model(self, request, obj, form, change):
        note_verifier(obj, form, request.user)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        publishing.keep_guide(guide=form.instance, by=request.user)


@admin.register(Handling)
class HandlingAdmin(PublicRowAdmin):
    """What one township does differently; empty fields follow the guide."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS | {Role.TOWNSHIP}
    list_display = ["item", "township", "rule", "is_suspended", "valid_from", "valid_to"]
    list_filter = ["township", "is_suspended"]
    list_select_related = ["item", "township"]
    autocomplete_fields = ["item", "office"]
    exclude = ["verified_by"]

    def save_model(self, request, obj, form, change):
        note_verifier(obj, form, request.user)
        publishing.write_handling(handling=obj, by=request.user)


def note_verifier(row, form, user):
    """Who sets the day of a verification is the one who verified."""
    if "verified_on" in form.changed_data:
        row.verified_by = user if row.verified_on else None
