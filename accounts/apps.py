from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _

from .acts import ACTS, DETAILS, LASTING


class AccountsConfig(AppConfig):
    """Who: counties, departments, townships, and the people who work for them."""

    default = True
    name = "accounts"
    verbose_name = _("Organisations and people")
    acts = ACTS
    act_details = DETAILS
    lasting_acts = LASTING

    def ready(self):
        from . import desktasks

        desktasks.register()


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site in the place of its own; stands for it in INSTALLED_APPS."""

    default = False
    default_site = "accounts.sites.PortalAdminSite"
