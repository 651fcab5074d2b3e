from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from ... import hearing
from ...models import Feedback


class Command(BaseCommand):
    help = "Remove reports of readers that were answered more than REPORTS_KEPT_DAYS ago."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, remove nothing")

    def handle(self, *, dry_run, **options):
        before = timezone.now() - timedelta(days=settings.REPORTS_KEPT_DAYS)
        if dry_run:
            self.stdout.write(f"{Feedback.objects.answered_before(before).count()} reports would be removed.")
            return
        self.stdout.write(f"{hearing.purge_reports(before=before)} reports removed.")
