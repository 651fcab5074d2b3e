"""The public site as files, for publishing platforms that take nothing else."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import County
from accounts.terminal import TerminalProgress
from catalog.caching import publications_seen

from ...filing.placing import NotOurs, leave_mark, whole_folder
from ...filing.site import Site

SHOWN_EVERY = 20  # pages; a terminal is slower than a page


class Command(BaseCommand):
    help = (
        "Write the public site into a folder as files that link to each other, readable from any folder or disk. "
        "The folder is replaced as a whole at the end, and only if an earlier export made it."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("--county", metavar="CODE", help="only this county, by its six-digit code")
        parser.add_argument(
            "--address",
            metavar="ORIGIN",
            help="where the files will be read, such as https://www.example.gov.cn: for QR codes, feeds, data and "
            "what search engines are told. Without it, the first of ALLOWED_HOSTS.",
        )
        parser.add_argument("--quiet", action="store_true", help="no bar")

    def handle(self, *, folder, county, address, quiet, **options):
        origin = origin_of(address)
        county = county_called(county)
        check_static_files()
        bar = TerminalProgress(self.stderr, is_quiet=quiet)

        def progress(done, total):
            if done % SHOWN_EVERY == 0 or done == total:
                bar("pages", done, total)

        try:
            with whole_folder(folder.absolute()) as made:
                before = what_is_public(county)
                site = Site(made, origin, county)
                site.write(progress)
                if what_is_public(county) != before:
                    raise CommandError(
                        "Something was published, or a day began, meanwhile. Please run it again."
                    )
                leave_mark(made, made_at=timezone.now().isoformat(), origin=origin, pages=site.written)
        except NotOurs as error:
            raise CommandError(
                f"{error} holds files that no export has written; name another folder."
            ) from error
        self.stdout.write(f"{site.written} pages and files in {folder}")


def origin_of(address: str | None) -> str:
    if address is None:
        host = next((host for host in settings.ALLOWED_HOSTS if "*" not in host), "localhost").lstrip(".")
        return f"{'https' if settings.PORTAL_HTTPS else 'http'}://{host}"
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise CommandError("--address is a scheme and a host, such as https://www.example.gov.cn")
    return f"{parts.scheme}://{parts.netloc}"


def county_called(code: str | None) -> County | None:
    if code is None:
        return None
    county = County.objects.filter(code=code).first()
    if county is None:
        raise CommandError(f"There is no county with the code {code}.")
    return county


def check_static_files() -> None:
    try:
        staticfiles_storage.url("css/portal.css")
    except ValueError as error:
        raise CommandError(
            "Style sheets are not collected yet: run manage.py collectstatic first."
        ) from error


def what_is_public(county: County | None) -> tuple:
    """What changes when somebody publishes and at midnight."""
    return publications_seen({"county_code": county.code} if county else {}), timezone.localdate()
