"""The public addresses of powers, in the same style as those of items and lists."""

from django.urls import path

from catalog import addresses  # noqa: F401  # registers the converters below

from . import views

urlpatterns = [
    path("t/<township:township_code>/powers/", views.township_powers, name="township_powers"),
    path("t/<township:township_code>/powers/list/", views.power_list, name="power_list"),
    path(
        "t/<township:township_code>/powers/list/download/",
        views.power_list_workbook,
        name="power_list_workbook",
    ),
    path("<county:county_code>/compare/", views.compare_townships, name="compare_townships"),
    path(
        "<county:county_code>/compare/<table:ending>/",
        views.compare_townships_table,
        name="compare_townships_table",
    ),
    path("<county:county_code>/powers/", views.powers, name="powers"),
    path("<county:county_code>/admissions/", views.admissions, name="admissions"),
    path("<county:county_code>/powers/<item:power_code>/", views.power, name="power"),
]
