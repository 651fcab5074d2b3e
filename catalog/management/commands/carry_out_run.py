"""Carry out an import that was asked for in the admin: begun by the server in a process of its own."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalog.models import ImportRun
from catalog.running.processes import AlreadyHeld
from catalog.running.runs import carry_out_watched


class Command(BaseCommand):
    help = "Carry out one import that was asked for in the admin; the server begins it by itself."

    def add_arguments(self, parser):
        parser.add_argument("run", type=int)

    def handle(self, *args, **options):
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(f"There is no import {options['run']}.")
        try:
            carry_out_watched(run=run, on=timezone.localdate())
        except AlreadyHeld:
            raise CommandError(f"Import {run.pk} is under way already, or has ended.") from None
