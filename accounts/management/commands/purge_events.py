from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts import journal
from accounts.models import Event
from accounts.sealing import KEPT_AT_LEAST


class Command(BaseCommand):
    help = "Remove events older than EVENTS_KEPT_DAYS that nothing in the portal reads again."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, remove nothing")

    def handle(self, *, dry_run, **options):
        if settings.EVENTS_KEPT_DAYS < KEPT_AT_LEAST:
            raise CommandError(f"Events are kept for at least {KEPT_AT_LEAST} days: set EVENTS_KEPT_DAYS.")
        before = timezone.now() - timedelta(days=settings.EVENTS_KEPT_DAYS)
        lasting = journal.lasting_acts()
        if dry_run:
            count = Event.objects.older_than(before).exclude(action__in=lasting).count()
            self.stdout.write(f"{count} events would be removed.")
            return
        with transaction.atomic():
            count = Event.objects.purge(before, lasting)
            journal.record("purge", None, by=None, county=None, before=before, count=count)
        self.stdout.write(f"{count} events removed.")
