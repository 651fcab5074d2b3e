"""Once a day, if one likes: what an editor would carry out by hand on the day of a reorganisation."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from ...models import County, Reorganisation
from ...succession import carry_out_due


class Command(BaseCommand):
    help = "Change names, villages, offices and holders for every reorganisation whose day has come."

    def handle(self, **options):
        today = timezone.localdate()
        for county in County.objects.filter(reorganisations__in=Reorganisation.objects.due(today)).distinct():
            try:
                done = carry_out_due(county=county, on=today, by=None)
            except ValidationError as problem:
                self.stderr.write(f"{county}: {' '.join(problem.messages)}")
            else:
                self.stdout.write(f"{county}: {len(done)}")
