"""Tables whose rows stand on public pages: every way of writing them in the admin has those pages asked for anew."""

from ..models import County
from ..scope import county_of
from .scoped import ScopedAdmin


class PublicTableAdmin(ScopedAdmin):
    """An admin of what residents read at once; a table that all counties share is read on the pages of all."""

    def show(self, county):
        """Make a stored change public; the county is None where the row belongs to all of them."""
        County.objects.note_publication(county)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.show(county_of(form.instance))

    def delete_model(self, request, obj):
        county = county_of(obj)
        super().delete_model(request, obj)
        self.show(county)

    def delete_queryset(self, request, queryset):
        counties = {county_of(row) for row in queryset}
        super().delete_queryset(request, queryset)
        for county in counties:
            self.show(county)
