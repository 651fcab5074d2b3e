"""The addresses of what programs read; one for all languages, because it says what the paper prints."""

from django.urls import path

from . import addresses, views  # noqa: F401  # the converters below are registered by `addresses`

urlpatterns = [
    path("<county:county_code>/lists.json", views.county_data, name="county_data"),
    path("<county:county_code>/lists/<list:list_slug>.<form:form>", views.list_data, name="list_data"),
    path(
        "<county:county_code>/lists/<list:list_slug>/<edition:day>.<form:form>",
        views.edition_data,
        name="edition_data",
    ),
]
