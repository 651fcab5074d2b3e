"""The one-time link by which a person sets their password; whoever hands it over never learns one."""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from . import journal, secondstep
from .models import User


@transaction.atomic
def make_link(*, person: User, by: User, also_second_step: bool = False) -> str:
    """The address of a page that takes a new password once, within LINK_HOURS.

    The old password ends with it, and so do the person's sessions and any link made before.
    """
    person.set_unusable_password()  # random, so what was signed with the state before no longer holds
    person.save(update_fields=["password", "password_set_at"])
    if also_second_step:
        secondstep.end(user=person, by=by)
    journal.record("link_made", person, by=by, county=person.county, second_step=also_second_step)
    token = default_token_generator.make_token(person)
    return reverse("admin:set_password", args=[urlsafe_base64_encode(force_bytes(person.pk)), token])


def hours() -> int:
    """How long a link is good for."""
    return settings.PASSWORD_RESET_TIMEOUT // 3600
