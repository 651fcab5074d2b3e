"""Tables that all counties share."""

from django.contrib import admin

from accounts.admin.public import PublicTableAdmin
from accounts.admin.scoped import ScopedInline
from accounts.admin.sheets import ScopedImportExportAdmin

from ..models import Category, Holiday, Law, LawVersion
from ..resources.holidays import HolidayResource
from .roles import EVERYONE_OF_THE_COUNTY, SITE


@admin.register(Category)
class CategoryAdmin(PublicTableAdmin):
    """The policy's fields, and the wordings of lists that mean the same."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = SITE
    list_display = ["name", "parent", "is_basic", "aliases"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]


class LawVersionInline(ScopedInline, admin.TabularInline):
    model = LawVersion


@admin.register(Law)
class LawAdmin(PublicTableAdmin):
    """Laws that lists cite; their titles stand without 中华人民共和国."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = SITE
    list_display = ["title", "level", "abolished_on"]
    list_filter = ["level"]
    search_fields = ["title", "short_titles"]
    inlines = [LawVersionInline]


@admin.register(Holiday)
class HolidayAdmin(ScopedImportExportAdmin):
    """Days on which offices are closed or open against the week, as the State Council announces them."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = SITE
    resource_classes = [HolidayResource]
    list_display = ["day", "name", "is_workday"]
    list_filter = ["is_workday"]
    search_fields = ["name"]
    date_hierarchy = "day"
    fields = ["day", "name", "is_workday"]
