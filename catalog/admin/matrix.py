"""The matrix of items and townships on the staff's screens; township staff see their own column."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Township
from accounts.scope import within_reach

from .. import publishing
from ..choices import HandlingRule
from ..matrix import entries_of, rows_of, services_of
from ..paging import page_of
from .roles import EDITORS

ITEMS_A_PAGE = 40
READERS = EDITORS | {Role.APPROVER, Role.TOWNSHIP, Role.AUDITOR}
WRITERS = EDITORS | {Role.TOWNSHIP}


class HandlingMatrix:
    """One page: the rule of each item, what each township inherits, and its exceptions; mixed into an admin."""

    change_list_template = "admin/catalog/handling/change_list.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.matrix_view)
        return [path("matrix/", view, name="catalog_handling_matrix"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        """The list leads to the matrix for whom it is open."""
        may_see = {"may_see_matrix": self.is_allowed(request, READERS)}
        return super().changelist_view(request, {**(extra_context or {}), **may_see})

    def matrix_view(self, request):
        """Show the matrix; store the rule for the cells that are ticked."""
        if not self.is_allowed(request, READERS):
            raise PermissionDenied
        today = timezone.localdate()
        county = request.user.county
        standing = within_reach(Township.objects.governments(), request.user)
        townships = standing.exclude(successions__effective_on__lte=today).order_by("code")
        counting = services_of(county, townships.select_related("county"), today)
        page = page_of(request, entries_of(counting), size=ITEMS_A_PAGE)
        rows = rows_of(page.object_list, counting, today)
        may_write = self.is_allowed(request, WRITERS)
        if request.method == "POST":
            if not may_write:
                raise PermissionDenied
            self._store(request, rows, today)
            return redirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Where items are handled"),
            "page": page,
            "townships": list(counting),
            "rows": rows,
            "rules": HandlingRule.choices,
            "may_write": may_write,
        }
        return TemplateResponse(request, "admin/catalog/handling/matrix.html", context)

    def _store(self, request, rows, today):
        """Only cells of this page count: what is not shown to the person cannot be ticked."""
        ticked = set(request.POST.getlist("cell"))
        rule = request.POST.get("rule", "")
        if rule not in {"", *HandlingRule.values}:
            messages.error(request, _("Choose one of the offered rules."))
            return
        cells = [
            (row.entry.item, cell.township)
            for row in rows
            for cell in row.cells
            if cell is not None and cell.key in ticked
        ]
        count = publishing.set_rule(cells=cells, rule=rule, by=request.user, on=today)
        messages.success(request, _("Changed: %(count)s.") % {"count": count})
