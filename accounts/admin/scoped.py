"""The one mechanism of reach in the admin; a test walks the registry and wants every model under it."""

import re
from types import SimpleNamespace

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.forms import BaseInlineFormSet
from django.urls import path
from django.utils.translation import gettext as _

from ..choices import Role
from ..filters import parameter_of, scoped
from ..forms import ScopedForm
from ..scope import bodies_given_by, reaches, within_reach

# What an address may ask of a filter's field; `regex` and its like are a way to make a database sweat.
LOOKUPS = frozenset({"exact", "isnull", "gt", "gte", "lt", "lte", "year", "month", "day", "id", "pk", "code"})
HISTORY_PAGE = 50


class ScopedOptions:
    """What a model's admin and its inlines have in common: rows, choices and permissions by role."""

    form = ScopedForm
    # Roles; whoever writes also reads. Adding and removing are for writers unless narrowed.
    readers: frozenset[Role] = frozenset()
    writers: frozenset[Role] = frozenset()
    makers: frozenset[Role] | None = None
    removers: frozenset[Role] | None = None

    def get_queryset(self, request):
        return within_reach(super().get_queryset(request), request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs["queryset"] = self.choices_within_reach(db_field, request, kwargs.get("queryset"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["queryset"] = self.choices_within_reach(db_field, request, kwargs.get("queryset"))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def choices_within_reach(self, db_field, request, queryset=None):
        """What a select may offer and a post may name: a forged id is no valid choice."""
        if queryset is None:
            queryset = self.get_field_queryset(None, db_field, request)
        if queryset is None:
            queryset = db_field.remote_field.model._default_manager.all()
        if hasattr(queryset, "for_choosing"):
            queryset = queryset.for_choosing()
        return within_reach(queryset, request.user)

    def get_exclude(self, request, obj=None):
        return [*(super().get_exclude(request, obj) or ()), *bodies_given_by(request.user, self.model)]

    def get_fieldsets(self, request, obj=None):
        """Without the bodies that follow from the person; with the version of what is shown."""
        unseen = {"version", *bodies_given_by(request.user, self.model)}
        fieldsets = [
            (title, {**options, "fields": [name for name in options["fields"] if name not in unseen]})
            for title, options in super().get_fieldsets(request, obj)
        ]
        if obj is not None and fieldsets and self.has_change_permission(request, obj):
            fieldsets[0][1]["fields"].append("version")
        return fieldsets

    def is_allowed(self, request, roles, obj=None) -> bool:
        """Whether the person's role is among these and the row, if there is one, is theirs to reach."""
        if getattr(request.user, "role", None) not in roles:
            return False
        if obj is None or obj.pk is None:
            return True
        # A page asks a dozen times about its row; one request has one answer.
        known = request.__dict__.setdefault("_reached", {})
        key = (type(obj), obj.pk)
        if key not in known:
            known[key] = reaches(request.user, obj)
        return known[key]

    def has_view_permission(self, request, obj=None):
        return self.is_allowed(request, self.readers | self.writers, obj)

    def has_change_permission(self, request, obj=None):
        return self.is_allowed(request, self.writers, obj)

    def has_add_permission(self, request, obj=None):
        return self.is_allowed(request, self.writers if self.makers is None else self.makers, obj)

    def has_delete_permission(self, request, obj=None):
        roles = self.writers if self.makers is None else self.makers
        return self.is_allowed(request, roles if self.removers is None else self.removers, obj)


class ScopedAdmin(ScopedOptions, admin.ModelAdmin):
    """An admin in which a person meets only the rows of their own county, department or township."""

    def has_add_permission(self, request):
        return super().has_add_permission(request)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def pages_of_rows(self, views):
        """Addresses of pages about one row: each view of the mapping at `<pk>/<name>/`, as `<app>_<model>_<name>`."""
        model = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"{model}_{name}")
            for name, view in views.items()
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_list_display(self, request):
        given = bodies_given_by(request.user, self.model)
        return [column for column in super().get_list_display(request) if column not in given]

    def get_list_filter(self, request):
        return [scoped(self.model, item) for item in super().get_list_filter(request)]

    def get_changeform_initial_data(self, request):
        """What the address of an empty form fills in; a relation named by no number is left out, not an error."""
        relations = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {
            name: value
            for name, value in super().get_changeform_initial_data(request).items()
            if name not in relations or isinstance(value, list) or re.fullmatch(r"[0-9]{1,18}", value)
        }

    def lookup_allowed(self, lookup, value, request):
        """Only what a side filter or the date line itself would ask."""
        known = {parameter_of(item) for item in self.get_list_filter(request)} | {self.date_hierarchy}
        parts = lookup.split("__")
        while parts:
            if "__".join(parts) in known:
                return True
            if parts.pop() not in LOOKUPS:
                return False
        return False

    def history_view(self, request, object_id, extra_context=None):
        """Who changed what: from the record that imports and commands write too, not the admin's own log."""
        row = self.get_object(request, unquote(object_id))
        manager = getattr(self.model._meta, "simple_history_manager_attribute", None)
        if row is not None and manager:
            extra_context = {**self.history_context(request, getattr(row, manager)), **(extra_context or {})}
        return super().history_view(request, object_id, extra_context)

    def history_context(self, request, records):
        """One page of history in the shape that Django's template reads."""
        records = records.select_related("history_user").order_by("-history_date", "-history_id")
        page = Paginator(records, HISTORY_PAGE).get_page(request.GET.get("p"))
        page.object_list = [self.history_line(record) for record in page.object_list]
        return {
            "action_list": page,
            "page_range": page.paginator.get_elided_page_range(page.number),
            "page_var": "p",
            "pagination_required": page.paginator.num_pages > 1,
        }

    def history_line(self, record):
        """One change: moment, person, and the fields with their values before and after."""
        before = record.prev_record if record.history_type == "~" else None
        message = record.get_history_type_display()
        if before is not None:
            changes = record.diff_against(before, foreign_keys_are_objs=True).changes
            message = "; ".join(
                _("%(field)s: “%(old)s” → “%(new)s”")
                % {"field": self.label_of(change.field), "old": change.old, "new": change.new}
                for change in changes
            ) or _("Saved without a change")
        if record.history_change_reason:
            message = f"{record.history_change_reason}: {message}"
        return SimpleNamespace(
            action_time=record.history_date,
            user=record.history_user or "",
            get_change_message=message,
        )

    def label_of(self, name):
        try:
            return self.model._meta.get_field(name).verbose_name
        except FieldDoesNotExist:
            return name


class LabelledFormSet(BaseInlineFormSet):
    """Rows whose fields say their names: a table's headings are no labels to who hears the page."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)  # what Django wraps for its links
            widget.attrs.setdefault("aria-label", str(field.label))


class ScopedInline(ScopedOptions):
    """The inline counterpart: mix it in before TabularInline or StackedInline.

    Roles not stated here are those of the admin the inline stands in.
    """

    extra = 0
    formset = LabelledFormSet

    def __init__(self, parent_model, admin_site):
        super().__init__(parent_model, admin_site)
        if not (self.readers or self.writers) and admin_site.is_registered(parent_model):
            parent = admin_site.get_model_admin(parent_model)
            for name in ("readers", "writers", "makers", "removers"):
                setattr(self, name, getattr(parent, name))

    def has_change_permission(self, request, obj=None):
        """Rows of an inline are shown, not changed, where the row they belong to cannot be changed."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or not self.admin_site.is_registered(self.parent_model):
            return True
        return self.admin_site.get_model_admin(self.parent_model).has_change_permission(request, obj)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        return formset
