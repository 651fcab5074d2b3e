from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    """What: lists, their editions, and the items a resident asks for."""

    name = "catalog"
    verbose_name = _("Lists and items")

    def ready(self):
        from . import listkinds

        listkinds.register()
