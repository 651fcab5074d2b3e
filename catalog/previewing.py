"""Links that show a draft to somebody without an account: signed, and good for some days."""

from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from .models import Edition

SALT = "catalog.preview"
GOOD_FOR = timedelta(days=7)


class Expired(LookupError):
    """The link is over, was changed, or its draft is gone."""


def link_to(edition: Edition) -> str:
    """The last part of the address of a preview."""
    until = timezone.now() + GOOD_FOR
    return signing.dumps([edition.pk, int(until.timestamp())], salt=SALT)


def draft_behind(token: str) -> tuple[Edition, datetime]:
    """The draft a link shows, and until when it does; `Expired` otherwise."""
    try:
        key, moment = signing.loads(token, salt=SALT)
        until = datetime.fromtimestamp(moment, timezone.get_current_timezone())
    except (signing.BadSignature, ValueError, TypeError) as problem:
        raise Expired from problem
    edition = Edition.objects.with_list().filter(pk=key).first()
    if edition is None or timezone.now() >= until:
        raise Expired
    return edition, until
