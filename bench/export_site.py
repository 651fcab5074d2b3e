"""How many pages a second one core writes when a county is exported as files.

Run on the database of DATABASE_URL, which has the county already, such as the demo's:

    python -m bench.export_site 990102

exports it into a temporary folder and prints pages and files, seconds of the processor, pages a second, and where
the time went: making pages (views, database, templates), leading their links to files, and writing. Seconds are
those of the process, so that what else runs on the machine counts little.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "township_portal.settings")
django.setup()

from accounts.models import County  # noqa: E402
from township_portal.filing import site as filing  # noqa: E402

GOAL = 200


class Timed:
    """A function with the seconds of the processor spent in it."""

    def __init__(self, function):
        self.function, self.seconds = function, 0.0

    def __call__(self, *args):
        start = time.process_time()
        try:
            return self.function(*args)
        finally:
            self.seconds += time.process_time() - start


def main(code: str) -> None:
    county = County.objects.get(code=code)
    filing.render = making = Timed(filing.render)
    filing.as_file = leading = Timed(filing.as_file)
    with tempfile.TemporaryDirectory() as folder:
        site = filing.Site(Path(folder), "https://www.example.gov.cn", county)
        start = time.process_time()
        site.write(lambda done, total: None)
        seconds = time.process_time() - start
    rate = site.written / seconds
    print(f"{site.written} pages and files of {county.name} in {seconds:.1f} s of one core")
    print(f"{rate:.0f} a second (goal {GOAL}): {'reached' if rate >= GOAL else 'not reached'}")
    for name, spent in (("making", making.seconds), ("links", leading.seconds)):
        print(f"  {name:<7} {spent / seconds:4.0%}  {1000 * spent / site.written:5.2f} ms a page")
    print(f"  writing {1 - (making.seconds + leading.seconds) / seconds:4.0%}")


if __name__ == "__main__":
    main(sys.argv[1])
