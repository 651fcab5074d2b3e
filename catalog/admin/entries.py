"""Entries: typed by hand into a draft, read for ever once it is announced."""

from functools import partial

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.acting import ActingAdmin
from accounts.admin.scoped import ScopedInline
from accounts.scope import within_reach

from .. import publishing
from ..entryforms import detail_columns, form_for
from ..models import Basis, Edition, Entry
from ..models.edition import HEAVY_OF_EDITION
from ..settingforms import EntryValuesForm
from .filters import OfficeFilter
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY
from .setting import ask_and_set

NAMES = ["serial", "main_serial", "main_name", "name", "power_type"]
PLACE = ["category", "category_name", "department", "department_name", "responsible_unit", "receiving_body"]
SUBSTANCE = ["service_target", "requirements", "legal_basis", "remark"]


class BasisInline(ScopedInline, admin.TabularInline):
    """The citations as they were understood; they follow the text of the legal basis."""

    model = Basis
    fields = ["text", "law", "document_number", "article", "is_parsed"]
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Entry)
class EntryAdmin(ActingAdmin):
    """Entries of an edition. A new one is begun from its draft, which is named in the address."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS
    list_display = ["serial", "name", "power_type", "category_name", "responsible_unit", "edition"]
    list_display_links = ["name"]
    list_filter = [OfficeFilter, "edition", "power_type", "category"]
    list_select_related = ["edition__list__county"]
    search_fields = ["name", "main_name"]
    autocomplete_fields = ["department"]
    actions = ["set_values"]
    inlines = [BasisInline]
    fieldsets = [
        (gettext_lazy("Name"), {"fields": ["edition", *NAMES]}),
        (gettext_lazy("Where it belongs"), {"fields": PLACE}),
        (gettext_lazy("What the paper says"), {"fields": SUBSTANCE}),
    ]

    def get_queryset(self, request):
        entries = super().get_queryset(request).select_related("edition__list__county", "item__county")
        entries = entries.defer(*HEAVY_OF_EDITION)  # heavier than a page of entries
        return entries.filter(edition__in=Edition.objects.visible_to(request.user))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "edition":
            kwargs["queryset"] = Edition.objects.drafts().visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs.setdefault("form", form_for(self._kind(request, obj)))
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        """With what only this kind of list has; as printed, where it is no longer typed."""
        fieldsets, kind = super().get_fieldsets(request, obj), self._kind(request, obj)
        if kind is None:
            return fieldsets
        is_typed = obj is None or self.has_change_permission(request, obj)
        names = list(detail_columns(kind)) if is_typed else ["printed_details"]
        return [*fieldsets, (_("What only this kind of list has"), {"fields": names})]

    def _kind(self, request, obj):
        """The kind of the entry's list; of a new one, of the draft that its address or its post names."""
        if obj is not None:
            return obj.edition.list.list_kind
        named = str(request.POST.get("edition") or request.GET.get("edition") or "")
        if not named.isdecimal() or len(named) > 18:
            return None
        drafts = within_reach(Edition.objects.drafts().visible_to(request.user), request.user)
        edition = drafts.with_list().filter(pk=named).first()
        return edition.list.list_kind if edition else None

    @admin.display(description=gettext_lazy("further columns"))
    def printed_details(self, entry):
        return format_html_join("", "<div>{}: {}</div>", entry.printed_details) or "-"

    def get_readonly_fields(self, request, obj=None):
        """An entry stays in its edition."""
        return ["edition", "printed_details"] if obj else []

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.edition.is_editable)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def get_view_on_site_url(self, obj=None):
        """Only what residents can see has a public page."""
        is_public = obj is not None and obj.edition.is_public
        return super().get_view_on_site_url(obj) if is_public else None

    def get_actions(self, request):
        """No deleting in bulk: an entry leaves a draft through `publishing`, with an event."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.action(description=gettext_lazy("Set category or department"), permissions=["change"])
    def set_values(self, request, queryset):
        """Ask once what all chosen entries of drafts are to say."""
        act = partial(publishing.set_in_entries, entries=queryset, by=request.user)
        title = _("Set category or department for many entries")
        return ask_and_set(self, request, queryset, EntryValuesForm, act, action="set_values", title=title)

    def act(self, row, form, user):
        publishing.write_entry(entry=row, by=user)

    def delete_model(self, request, obj):
        publishing.remove_entry(entry=obj, by=request.user)

    def response_post_save_add(self, request, obj):
        return redirect(self._entries_of(obj))

    def response_post_save_change(self, request, obj):
        return redirect(self._entries_of(obj))

    def _entries_of(self, entry):
        return f"{reverse('admin:catalog_entry_changelist')}?edition__id__exact={entry.edition_id}"
