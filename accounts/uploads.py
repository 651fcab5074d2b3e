"""Keeps an uploaded sheet between its preview and its confirmation.

What the browser brings back is a signed token that names its owner, the table it is for and the digest of
the content; it names no file, so nobody confirms another's upload or has a file of the server read.
"""

import hashlib
from datetime import timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

FOLDER = "uploads"
SALT = "accounts.uploads"
# As long as an import may wait for its confirmation.
LIFETIME = timedelta(days=1)


class Gone(LookupError):
    """The upload was used, has expired or is not this person's; the message says what to do."""


def place(user, purpose: str, digest: str) -> str:
    return f"{FOLDER}/{user.pk}-{purpose}-{digest}"


def keep(data: bytes, *, by, purpose: str) -> str:
    """Store the content privately and return the token that takes it out again, once."""
    sweep()
    digest = hashlib.sha256(data).hexdigest()
    where = place(by, purpose, digest)
    if default_storage.exists(where):
        default_storage.delete(where)
    default_storage.save(where, ContentFile(data))
    kept = {"user": by.pk, "purpose": purpose, "digest": digest}
    return signing.dumps(kept, salt=SALT, compress=True)


def take(token: str, *, by, purpose: str) -> bytes:
    """The content, once: it is removed from the storage."""
    gone = Gone(_("This upload has been used or has expired. Upload the file again."))
    try:
        kept = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise gone from error
    if (kept["user"], kept["purpose"]) != (by.pk, purpose):
        raise gone
    try:
        with default_storage.open(place(by, purpose, kept["digest"])) as file:
            data = file.read()
    except FileNotFoundError as error:
        raise gone from error
    if hashlib.sha256(data).hexdigest() != kept["digest"]:
        raise gone
    default_storage.delete(place(by, purpose, kept["digest"]))
    return data


def sweep() -> None:
    """Remove what was uploaded and never confirmed."""
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        try:
            if default_storage.get_modified_time(path) < timezone.now() - LIFETIME:
                default_storage.delete(path)
        except FileNotFoundError:
            continue  # its owner has just confirmed it
