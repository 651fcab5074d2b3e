from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.institutions import import_institutions
from accounts.models import County
from accounts.spreadsheets import Unreadable

REFUSED, UNREADABLE = 1, 2


class Command(BaseCommand):
    """The way in of the admin's import pages, for a workbook with one sheet each."""

    help = (
        "Import the departments, townships, offices and villages of a county. "
        "Exit status: 0 all stored, 1 rows were refused and nothing is stored, 2 the file cannot be read."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="a workbook (.xlsx)")
        parser.add_argument("--county", required=True, metavar="CODE", help="the county's six digits")

    def handle(self, *, file, county, **options):
        try:
            outcomes = import_institutions(file.read_bytes(), county=County.objects.get(code=county))
        except County.DoesNotExist:
            raise CommandError(
                _("There is no county %(code)s.") % {"code": county}, returncode=UNREADABLE
            ) from None
        except (OSError, Unreadable) as error:
            raise CommandError(str(error), returncode=UNREADABLE) from error
        for outcome in outcomes:
            self.stdout.write(
                _("%(sheet)s: %(new)s new, %(changed)s changed, %(unchanged)s unchanged") % vars(outcome)
            )
        problems = [f"{outcome.sheet}, {problem}" for outcome in outcomes for problem in outcome.problems]
        if problems:
            sentence = _("Nothing has been stored: %(count)s refusals.") % {"count": len(problems)}
            raise CommandError("\n".join([*problems, sentence]), returncode=REFUSED)
