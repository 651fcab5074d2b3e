"""Tables that all counties share."""

from django.contrib import admin

from accounts.admin.scoped import ScopedAdmin, ScopedInline

from ..models import Category, Law, LawVersion
from .roles import EVERYONE_OF_THE_COUNTY, SITE


@admin.register(Category)
class CategoryAdmin(ScopedAdmin):
    """The policy's fields, and the wordings of lists that mean the same."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = SITE
    list_display = ["name", "parent", "is_basic", "aliases"]
    list_select_related = ["parent"]
    search_fields = ["name", "aliases"]


class LawVersionInline(ScopedInline, admin.TabularInline):
    model = LawVersion


@admin.register(Law)
class LawAdmin(ScopedAdmin):
    """Laws that lists cite; their titles stand without 中华人民共和国."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = SITE
    list_display = ["title", "level", "abolished_on"]
    list_filter = ["level"]
    search_fields = ["title", "short_titles"]
    inlines = [LawVersionInline]
