"""Where a request comes from, told by what cannot be forged."""

import ipaddress

from django.conf import settings


def client_address(request):
    """
    The address of the person's machine, or None.

    Each of our own proxies appends to X-Forwarded-For whom it heard from, so with n of them the n-th entry
    from the right is the first that we know; whatever stands further left was sent by the client and can be
    anything.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PORTAL_PROXIES:
        heard = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(heard) >= settings.PORTAL_PROXIES:
            address = heard[-settings.PORTAL_PROXIES]
    try:
        return str(ipaddress.ip_address(address.strip()))
    except ValueError:
        return None
