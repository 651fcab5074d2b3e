"""What people say, and what they looked for in vain."""

from django.contrib import admin

from accounts.admin.public import PublicTableAdmin
from accounts.admin.scoped import ScopedAdmin

from ..models import MissedSearch, Synonym, Topic
from .roles import EDITORS, EVERYONE_OF_THE_COUNTY, SITE


@admin.register(Synonym)
class SynonymAdmin(ScopedAdmin):
    """Popular words: those of everybody are kept by the site, a county adds its own."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS | SITE
    list_display = ["popular", "official", "county"]
    list_select_related = ["county"]
    search_fields = ["popular", "official", "spelt"]
    fields = ["county", "popular", "official"]


@admin.register(Topic)
class TopicAdmin(PublicTableAdmin):
    """What residents ask for most: links on the pages of the county and of searches that find nothing."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = EDITORS
    list_display = ["words", "position"]
    search_fields = ["words"]
    fields = ["county", "words", "position"]


@admin.register(MissedSearch)
class MissedSearchAdmin(ScopedAdmin):
    """Searches that found nothing: add a popular word for them, or the item that is missing."""

    readers = EVERYONE_OF_THE_COUNTY
    removers = EDITORS
    list_display = ["words", "township", "count", "told", "last_on"]
    list_filter = ["township"]
    list_select_related = ["township", "county"]
    search_fields = ["words"]
    date_hierarchy = "last_on"
