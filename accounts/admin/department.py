from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..choices import COUNTY_ROLES, Role
from ..models import Department
from ..resources import DepartmentResource
from .sheets import ScopedImportExportAdmin


@admin.register(Department)
class DepartmentAdmin(ScopedImportExportAdmin):
    """The departments that lists may name."""

    readers = COUNTY_ROLES
    writers = frozenset({Role.EDITOR})
    resource_classes = [DepartmentResource]
    list_display = ["name", "short_names", "nameplates", "line", "phone"]
    list_filter = ["line"]
    search_fields = ["name", "short_names", "nameplates"]
    fieldsets = [
        (None, {"fields": ["county", "name", "short_names", "nameplates", "line"]}),
        (_("Questions and complaints"), {"fields": ["phone", "complaint_phone"]}),
        (_("Remedies"), {"fields": ["review_organ", "court"]}),
    ]
