from django.apps import AppConfig


class TownshipPortalConfig(AppConfig):
    """The wiring, as an app, so that it can hold management commands and checks."""

    name = "township_portal"

    def ready(self):
        from . import checks  # noqa: F401  # registers itself
