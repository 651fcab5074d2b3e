"""
Every address of the portal.

Chinese, the default language, has no prefix; English stands under /en/. The admin stays outside of the
language prefixes, so that a rule of the web server for /admin/ ("only from the office network") has no
second door to forget.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from catalog import addresses  # noqa: F401  # registers the converters below

from . import feeds, sitemaps
from .publicservice import item_as_public_service

urlpatterns = [
    path("admin/", admin.site.urls),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemaps/portal.xml", sitemaps.portal_sitemap, name="portal_sitemap"),
    path("sitemaps/<county:county_code>-<position:part>.xml", sitemaps.county_sitemap, name="county_sitemap"),
    path(
        "<county:county_code>/items/<item:item_code>.jsonld",
        item_as_public_service,
        name="item_as_public_service",
    ),
    # The same in every language: what programs read.
    path("", include("catalog.dataurls")),
]

# Last, because county codes answer right below the root.
urlpatterns += i18n_patterns(
    path("<county:county_code>/changes.atom", feeds.county_changes, name="county_changes"),
    path("t/<township:township_code>/changes.atom", feeds.township_changes, name="township_changes"),
    path("", include("devolution.urls")),
    path("", include("catalog.urls")),
    prefix_default_language=False,
)

handler404 = "catalog.views.not_found"
