from django.core.management.base import BaseCommand, CommandError

from accounts.models import County

from ...search.indexing import rebuild


class Command(BaseCommand):
    """Publications keep the index up to date by themselves; this is for an upgrade, and for whoever doubts it."""

    help = "Make the search index anew, county by county. Residents find what they found before."

    def add_arguments(self, parser):
        parser.add_argument("--county", metavar="CODE", help="only the county of this division code")

    def handle(self, **options):
        counties = County.objects.order_by("code")
        if options["county"]:
            counties = counties.filter(code=options["county"])
            if not counties:
                raise CommandError(f"No county has the code {options['county']}.")
        for county in counties:
            self.stdout.write(f"{county}: {rebuild(county)} rows")
