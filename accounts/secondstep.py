"""The second step of signing in: a code from the person's phone, or one of their recovery codes."""

import base64
import io

import segno
from django.conf import settings
from django.db import transaction
from django.utils.safestring import mark_safe
from django_otp import login, verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import journal

RECOVERY_CODES = 10
PHONE, PAPER = "phone", "recovery codes"


def has_begun(user) -> bool:
    """Whether the person has set it up."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def is_taken(user) -> bool:
    """Whether this session has shown a code; who has just typed a password has no such attribute yet."""
    return getattr(user, "otp_device", None) is not None


def is_required(user) -> bool:
    """Whether nobody of this role works without it."""
    return user.role in settings.SECOND_STEP_ROLES


def new_phone(user) -> TOTPDevice:
    """The secret shown while somebody sets it up; the same until a code of it was typed in."""
    device, _is_new = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": PHONE})
    return device


def drawing(device: TOTPDevice) -> str:
    """The secret as a QR code, drawn in the page: our pages load no images but their own."""
    out = io.BytesIO()
    segno.make(device.config_url, error="m").save(
        out, kind="svg", border=4, xmldecl=False, svgns=False, light="white", omitsize=True
    )
    return mark_safe(out.getvalue().decode())


def spelt(device: TOTPDevice) -> str:
    """The secret in groups of four, for who cannot take a picture of it."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


@transaction.atomic
def begin(*, request, device: TOTPDevice, code: str) -> list[str] | None:
    """Take a phone into use once it has shown a right code; the recovery codes, or None."""
    user = request.user
    device = TOTPDevice.objects.select_for_update().get(pk=device.pk, user=user)
    if not device.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save()
    codes = draw_codes(user)
    login(request, device)
    journal.record("second_step_begun", user, by=user, county=user.county)
    return codes


def draw_codes(user) -> list[str]:
    """New recovery codes in the place of the old ones."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name=PAPER)
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=paper, token=code) for code in codes])
    return codes


def take(*, request, code: str) -> bool:
    """Whether the code is right; then the session is a verified one. A recovery code is used up."""
    user, code = request.user, code.replace(" ", "").lower()
    # Phones show digits alone, so a wrong one is not tried on the paper, nor the other way round.
    model = TOTPDevice if code.isdecimal() else StaticDevice
    for device in model.objects.devices_for_user(user, confirmed=True):
        found = verify_token(user, device.persistent_id, code)
        if found is not None:
            request.session.cycle_key()
            login(request, found)
            if model is StaticDevice:
                journal.record("recovery_code_used", user, by=user, county=user.county)
            return True
    journal.record("second_step_refused", user, by=None, county=user.county)
    return False


@transaction.atomic
def end(*, user, by) -> None:
    """Take phone and recovery codes away; where the role requires them, they are set up anew."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    journal.record("second_step_ended", user, by=by, county=user.county)
