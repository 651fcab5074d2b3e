from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who: counties, departments, townships, and the people who work for them."""

    name = "accounts"
    verbose_name = _("Organisations and people")
