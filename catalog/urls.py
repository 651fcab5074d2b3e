"""The public addresses; they stay what they are, because papers and notice boards print them."""

from django.urls import path

from . import addresses, views  # noqa: F401  # the converters below are registered by `addresses`

urlpatterns = [
    path("", views.home, name="home"),
    path("preview/<str:token>/", views.preview, name="preview"),
    path("preview/<str:token>/<item:item_code>/", views.preview_entry, name="preview_entry"),
    path("search/", views.search, name="search"),
    path("search/missing/", views.missing_item, name="missing_item"),
    path("open-data/", views.open_data, name="open_data"),
    path("display/", views.choose_display, name="choose_display"),
    path("townships/", views.townships, name="townships"),
    path("townships/forget/", views.forget_township, name="forget_township"),
    path("t/<township:township_code>/choose/", views.choose_township, name="choose_township"),
    path("t/<township:township_code>/", views.township, name="township"),
    path(
        "t/<township:township_code>/categories/<category:category_code>/",
        views.township_category,
        name="township_category",
    ),
    path("t/<township:township_code>/items/<item:item_code>/", views.township_item, name="township_item"),
    path(
        "t/<township:township_code>/items/<item:item_code>/report/",
        views.township_report,
        name="township_report",
    ),
    path("t/<township:township_code>/items/<item:item_code>/notice/", views.notice, name="notice"),
    path("t/<township:township_code>/wall/", views.wall, name="wall"),
    path("<county:county_code>/", views.county, name="county"),
    path("<county:county_code>/categories/<category:category_code>/", views.category, name="category"),
    path("<county:county_code>/items/<item:item_code>/", views.item, name="item"),
    path("<county:county_code>/items/<item:item_code>/report/", views.report, name="report"),
    path("<county:county_code>/drafts/<draft:token>/", views.draft, name="draft"),
    path("<county:county_code>/drafts/<draft:token>/comment/", views.comment, name="comment"),
    path(
        "<county:county_code>/drafts/<draft:token>/<item:item_code>/", views.draft_entry, name="draft_entry"
    ),
    path("<county:county_code>/receipts/", views.receipts, name="receipts"),
    path("<county:county_code>/receipts/<receipt:receipt>/", views.receipt, name="receipt"),
    path(
        "<county:county_code>/items/<item:item_code>/papers/<position:position>-<paper:paper>/",
        views.item_file,
        name="item_file",
    ),
    path("<county:county_code>/open-data/", views.county_open_data, name="county_open_data"),
    path("<county:county_code>/lists/", views.lists, name="lists"),
    path("<county:county_code>/lists/<list:list_slug>/", views.item_list, name="list"),
    path("<county:county_code>/lists/<list:list_slug>/compare/", views.compare_list, name="compare_list"),
    path(
        "<county:county_code>/lists/<list:list_slug>/compare/<table:ending>/",
        views.compare_list_table,
        name="compare_list_table",
    ),
    path("<county:county_code>/lists/<list:list_slug>/<edition:day>/", views.edition, name="edition"),
    path(
        "<county:county_code>/lists/<list:list_slug>/<edition:day>/<item:item_code>/",
        views.entry,
        name="entry",
    ),
]
