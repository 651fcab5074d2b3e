"""The township somebody has chosen: in the address of what they ask, and in a cookie for the next time.

Only choosing sets the cookie, and no stored page reads it: what a page says follows from its address alone.
"""

from django.conf import settings

from accounts.models import Township

from ..addresses import TOWNSHIP_CODE

COOKIE = "township"
YEAR = 365 * 24 * 3600


def remembered_code(request) -> str:
    """The division code in the cookie; empty for none, and for what is no code."""
    code = request.COOKIES.get(COOKIE, "")
    return code if TOWNSHIP_CODE.fullmatch(code) else ""


def remembered(request) -> Township | None:
    """The township chosen before, if it is still there."""
    code = remembered_code(request)
    return Township.objects.select_related("county").filter(code=code).first() if code else None


def remember(response, township: Township) -> None:
    response.set_cookie(
        COOKIE, township.code, YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def forget(response) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
