"""Lists: what a county keeps, with the way into a new edition."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.admin.public import PublicTableAdmin

from .. import publishing
from ..exporting.names import CONTENT_TYPES, fit_name
from ..exporting.template import template_for
from ..forms import UploadForm
from ..models import Edition, ImportRun, ItemList
from ..running import runs
from .downloads import attachment
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY
from .runs import after, without_result


@admin.register(ItemList)
class ItemListAdmin(PublicTableAdmin):
    """Lists of a county; editions are begun from here, by a workbook or by hand."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS
    list_display = ["kind", "holder", "county", "edition_count"]
    list_filter = ["kind"]
    list_select_related = ["county", "township", "township_class"]
    autocomplete_fields = ["township"]
    fields = ["county", "kind", "township_class", "township"]
    change_form_template = "admin/catalog/itemlist/change_form.html"

    @admin.display(description=gettext_lazy("for"))
    def holder(self, item_list):
        return item_list.holder

    @admin.display(description=gettext_lazy("editions"))
    def edition_count(self, item_list):
        return item_list.edition_count

    def get_queryset(self, request):
        return super().get_queryset(request).with_edition_count()

    def get_readonly_fields(self, request, obj=None):
        """What a list is for decides its address, so it does not change afterwards."""
        return self.fields if obj else ()

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.editions.exists())

    def get_urls(self):
        own = [
            path("<int:pk>/import/", self._page(self.import_view), name="catalog_itemlist_import"),
            path("<int:pk>/begin/", self._page(self.begin_view), name="catalog_itemlist_begin"),
            path("<int:pk>/revise/", self._page(self.revise_view), name="catalog_itemlist_revise"),
            path("<int:pk>/template/", self._page(self.template_view), name="catalog_itemlist_template"),
        ]
        return own + super().get_urls()

    def _page(self, view):
        return self.admin_site.admin_view(view)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        item_list = self.get_object(request, object_id)
        editions = Edition.objects.none()
        if item_list is not None:
            editions = item_list.editions.visible_to(request.user).latest_first().with_entry_count()
        context = {
            "editions": editions,
            "runs": without_result(ImportRun.objects.filter(list=item_list), request.user),
            # What a list is for never changes, so there is nothing to save.
            "show_save": item_list is None,
            "show_save_and_continue": item_list is None,
            "show_save_and_add_another": item_list is None,
            "can_revise": item_list is not None and item_list.editions.announced().not_withdrawn().exists(),
            "can_import": item_list is not None
            and item_list.list_kind.is_kept
            and self.has_change_permission(request, item_list),
        }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def import_view(self, request, pk):
        """Take a workbook: read at once, or in a process of its own that its page follows."""
        item_list = self._list_to_write(request, pk)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            publishing.sweep_unconfirmed()
            runs.sweep_runs()
            file = form.cleaned_data["file"]
            try:
                run = runs.ask(
                    item_list=item_list,
                    content=file.read(),
                    name=file.name,
                    wishes=form.wishes,
                    by=request.user,
                    on=timezone.localdate(),
                )
            except ValidationError as problem:
                form.add_error(None, problem.messages)
            else:
                return after(request, run)
        context = {**self._context(request, item_list), "form": form}
        return TemplateResponse(request, "admin/catalog/itemlist/import.html", context)

    def template_view(self, request, pk):
        """A blank list of this kind to fill in, with the county's own departments and offices to choose from."""
        item_list = self.get_object(request, str(pk))
        if item_list is None or not self.has_view_permission(request, item_list):
            raise Http404
        name = fit_name(f"{item_list.county.name}{item_list.get_kind_display()}（模板）.xlsx")
        return attachment(template_for(item_list.list_kind, item_list.county), name, CONTENT_TYPES["xlsx"])

    @method_decorator(require_POST)
    def begin_view(self, request, pk):
        """Open an empty draft, to be typed by hand."""
        item_list = self._list_to_write(request, pk)
        edition = publishing.begin_draft(item_list=item_list, by=request.user)
        messages.success(request, _("An empty draft has been opened; add its entries one by one."))
        return redirect("admin:catalog_edition_change", edition.pk)

    @method_decorator(require_POST)
    def revise_view(self, request, pk):
        """Open a draft that says what the latest announced edition says."""
        item_list = self._list_to_write(request, pk)
        try:
            edition = publishing.begin_revision(item_list=item_list, by=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
            return redirect("admin:catalog_itemlist_change", pk)
        messages.success(request, _("A draft has been opened that says what the edition before says."))
        return redirect("admin:catalog_edition_change", edition.pk)

    def _list_to_write(self, request, pk):
        item_list = self.get_object(request, str(pk))
        if item_list is None:
            raise Http404
        if not self.has_change_permission(request, item_list) or not item_list.list_kind.is_kept:
            raise PermissionDenied
        return item_list

    def _context(self, request, item_list):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "item_list": item_list,
            "title": _("Import a workbook"),
            "back": reverse("admin:catalog_itemlist_change", args=[item_list.pk]),
            "others": item_list.editions.begun_by_others(request.user),
            "runs": without_result(item_list.runs, request.user),
        }
