"""
Every address of the portal.

Chinese, the default language, has no prefix; English stands under /en/. The admin stays outside of the
language prefixes, so that a rule of the web server for /admin/ ("only from the office network") has no
second door to forget.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    # The same in every language: what programs read.
    path("", include("catalog.dataurls")),
]

# Last, because county codes answer right below the root.
urlpatterns += i18n_patterns(
    path("", include("devolution.urls")),
    path("", include("catalog.urls")),
    prefix_default_language=False,
)

handler404 = "catalog.views.not_found"
