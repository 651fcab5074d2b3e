"""What `check --deploy` has to say beyond Django's own checks."""

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

from accounts.choices import Role
from accounts.sealing import KEPT_AT_LEAST


@register(Tags.security, deploy=True)
def check_demo(app_configs, **kwargs):
    """A demo has accounts whose password was printed on a screen."""
    if not settings.PORTAL_DEMO:
        return []
    return [
        Error(
            "PORTAL_DEMO is on: this installation makes accounts with a known password.",
            hint="Take PORTAL_DEMO out of the environment and .env.",
            id="township_portal.E001",
        )
    ]


@register(Tags.security, deploy=True)
def check_https(app_configs, **kwargs):
    """Django warns of each missing piece; this says which one setting took them all away."""
    if settings.PORTAL_HTTPS:
        return []
    return [
        Error(
            "PORTAL_HTTPS is 0: passwords and sessions travel in the clear.",
            hint="Take PORTAL_HTTPS out of the environment and .env.",
            id="township_portal.E002",
        )
    ]


@register(Tags.security, deploy=True)
def check_hosts(app_configs, **kwargs):
    """Any host name accepted means that links in pages and mails can be made to lead elsewhere."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Warning(
            "ALLOWED_HOSTS accepts every host name.",
            hint="List the names residents type.",
            id="township_portal.W001",
        )
    ]


@register(Tags.security)
def check_kept_events(app_configs, **kwargs):
    """The database would refuse to remove younger events; better said when the portal starts."""
    if settings.EVENTS_KEPT_DAYS >= KEPT_AT_LEAST:
        return []
    return [
        Error(
            f"EVENTS_KEPT_DAYS is {settings.EVENTS_KEPT_DAYS}: the record of events is kept for at least "
            f"{KEPT_AT_LEAST} days.",
            hint="Raise EVENTS_KEPT_DAYS in the environment or .env, or take it out.",
            id="township_portal.E003",
        )
    ]


@register(Tags.security)
def check_second_step(app_configs, **kwargs):
    """A role misspelt would be one that nobody has: its people would go without."""
    unknown = sorted(set(settings.SECOND_STEP_ROLES) - set(Role.values))
    if not unknown:
        return []
    return [
        Error(
            f"SECOND_STEP_ROLES names no role of ours: {', '.join(unknown)}.",
            hint=f"Roles are {', '.join(Role.values)}.",
            id="township_portal.E004",
        )
    ]
