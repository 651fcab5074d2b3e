from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.terminal import TerminalProgress
from catalog.models import Category

from ...provinces import Size, make_province

SIZE = Size()


class Command(BaseCommand):
    help = (
        "Make up a whole province with lists in force, for measuring and for looking at; the same seed gives the same "
        "province, and what is there already stays. Needs PORTAL_DEMO=1. A nation: --counties 2800 --townships 37800 "
        "--items 420000."
    )

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--counties", type=int, default=SIZE.counties)
        parser.add_argument("--townships", type=int, default=SIZE.townships, help="of all counties together")
        parser.add_argument("--items", type=int, default=SIZE.items, help="of all counties together")
        parser.add_argument("--quiet", action="store_true", help="no progress on standard error")

    def handle(self, *, seed, counties, townships, items, quiet, **options):
        if not settings.PORTAL_DEMO:
            raise CommandError("This installation is no demo: PORTAL_DEMO is not set.")
        if not Category.objects.exists():
            call_command("loaddata", "categories", "laws", verbosity=0)
        progress = TerminalProgress(self.stderr, is_quiet=quiet)
        try:
            made = make_province(Size(counties, townships, items), seed=seed, progress=progress)
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made} of {counties} counties made, with {townships} townships and {items} items in all."
        )
