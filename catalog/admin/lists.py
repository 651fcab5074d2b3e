"""Lists: what a county keeps, with the way into a new edition."""

from pathlib import PurePath

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

from accounts import uploads
from accounts.admin.scoped import ScopedAdmin

from .. import publishing
from ..exporting.names import CONTENT_TYPES, fit_name
from ..exporting.reports import marked_workbook
from ..exporting.template import template_for
from ..forms import UploadForm
from ..importing.drafts import store_draft
from ..importing.intake import take_in
from ..importing.planning import make_plan
from ..importing.report import report_of, report_of_unreadable, told
from ..models import Edition, ItemList
from ..reading.grid import UnreadableWorkbook
from .downloads import attachment
from .preview import shown_messages
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY


@admin.register(ItemList)
class ItemListAdmin(ScopedAdmin):
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
            path("<int:pk>/refused/", self._page(self.refused_view), name="catalog_itemlist_refused"),
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
        """Read a workbook: refused with its messages, or stored for a preview."""
        item_list = self._list_to_write(request, pk)
        form = UploadForm(request.POST or None, request.FILES or None)
        context = {**self._context(request, item_list), "form": form}
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            publishing.sweep_unconfirmed()
            try:
                edition, report = self._import(file, item_list, request.user, form)
            except ValidationError as problem:
                form.add_error(None, problem.messages)
            else:
                if edition is not None:
                    return redirect("admin:catalog_edition_preview", edition.pk)
                context |= {"report": report, **shown_messages(report, request.GET.get("level"))}
                context["token"] = self._kept(request, item_list, file, report)
        return TemplateResponse(request, "admin/catalog/itemlist/import.html", context)

    @method_decorator(require_POST)
    def refused_view(self, request, pk):
        """A refused file back with what was said of its cells; it is kept for its uploader, for a day."""
        item_list = self._list_to_write(request, pk)
        kind, county = item_list.list_kind, item_list.county
        try:
            content, name = uploads.look(request.POST.get("token", ""), by=request.user, purpose=_purpose(pk))
            said = [told(message) for message in take_in(content, name, kind=kind, county=county).messages]
            marked = marked_workbook(content, name, said)
        except uploads.Gone as problem:
            messages.error(request, str(problem))
            return redirect("admin:catalog_itemlist_import", pk)
        except UnreadableWorkbook as problem:
            messages.error(request, told(problem.message)["text"])
            return redirect("admin:catalog_itemlist_import", pk)
        marked_name = fit_name(f"{PurePath(name).stem}（导入提示）.xlsx")
        return attachment(marked, marked_name, CONTENT_TYPES["xlsx"])

    def template_view(self, request, pk):
        """A blank list of this kind to fill in, with the county's own departments and offices to choose from."""
        item_list = self.get_object(request, str(pk))
        if item_list is None or not self.has_view_permission(request, item_list):
            raise Http404
        name = fit_name(f"{item_list.county.name}{item_list.get_kind_display()}（模板）.xlsx")
        return attachment(template_for(item_list.list_kind, item_list.county), name, CONTENT_TYPES["xlsx"])

    def _kept(self, request, item_list, file, report) -> str:
        """The token by which a refused file comes back marked; none where its cells could not be read."""
        if not report["sheets"]:
            return ""
        file.seek(0)
        return uploads.keep(file.read(), by=request.user, purpose=_purpose(item_list.pk), name=file.name)

    def _import(self, file, item_list, user, form):
        """The stored edition and the report, or no edition where something was refused."""
        try:
            intake = take_in(
                file.read(),
                file.name,
                kind=item_list.list_kind,
                county=item_list.county,
                stated=form.stated,
                on=timezone.localdate(),
            )
        except UnreadableWorkbook as problem:
            return None, report_of_unreadable(problem.message, file.name, item_list.kind)
        if form.cleaned_data["leave_out_refused"]:
            intake.leave_out_refused()
        plan = make_plan(intake, publishing.edition_before(item_list))
        if intake.has_errors:
            return None, report_of(plan)
        return store_draft(plan=plan, item_list=item_list, by=user), None

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
        }


def _purpose(list_pk) -> str:
    """What a refused file is kept for: it comes back from the list it was uploaded to."""
    return f"list-{list_pk}"
