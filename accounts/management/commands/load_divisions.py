from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.divisions.loading import load_divisions
from accounts.divisions.reading import Untaken, read_divisions
from accounts.terminal import TerminalProgress

REFUSED, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Says on standard output what became of every row that was not simply taken; how far it is, on standard error."""

    help = (
        "Load the official division codes from the folder of their tables: provinces.csv, cities.csv, areas.csv, "
        "streets.csv. Stores all or nothing, deletes nothing, and can be run again for a newer year. "
        "Exit status: 0 loaded, 1 refused and nothing is stored, 2 the tables cannot be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder with the four tables")
        parser.add_argument(
            "--within",
            action="append",
            default=[],
            metavar="CODE",
            help="only codes that begin so; repeatable",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, store nothing")
        parser.add_argument("--quiet", action="store_true", help="no progress on standard error")

    def handle(self, *, folder, within, dry_run, quiet, **options):
        within = tuple(within)
        progress = TerminalProgress(self.stderr, is_quiet=quiet)
        try:
            divisions = read_divisions(folder, within)
            outcome = load_divisions(divisions, within=within, progress=progress, is_trial=dry_run)
        except Untaken as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        except ValidationError as error:
            raise CommandError(
                f"Nothing was stored: {' '.join(error.messages)}", returncode=REFUSED
            ) from error
        self.tell("Left out", outcome.left_out)
        self.tell("Odd, and loaded", divisions.doubtful)
        self.tell("Renamed", outcome.changed)
        self.tell("Changed by staff, and kept", outcome.kept)
        self.tell("Here, and not in the tables; nothing was deleted", outcome.gone)
        self.stdout.write(
            f"Counties: {len(divisions.counties)}, townships: {len(divisions.townships)}; "
            f"new: {outcome.new}, renamed: {len(outcome.changed)}, unchanged: {outcome.unchanged}, "
            f"left out: {len(outcome.left_out)}, outside: {divisions.outside}."
        )
        if dry_run:
            self.stdout.write("A trial: nothing was stored.")

    def tell(self, heading, lines):
        """One heading with its lines; nothing where there are none."""
        if lines:
            self.stdout.write(f"{heading}: {len(lines)}")
            for line in lines:
                self.stdout.write(f"  {line}")
