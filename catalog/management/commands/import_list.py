"""Read a county's workbook and keep it as a draft edition, by the same road as the admin."""

import json
import sys
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import County, Township, User
from accounts.terminal import TerminalProgress
from catalog import publishing
from catalog.importing.collecting import collection_paused
from catalog.importing.drafts import store_draft
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.importing.report import report_of, report_of_unreadable
from catalog.kinds import kind_called, kinds
from catalog.models import Edition, ItemList
from catalog.reading.grid import UnreadableWorkbook

NOTHING_REFUSED, ROWS_REFUSED, NOT_READ = 0, 1, 2
# What the sheet may lack and the caller can say with --set.
SETTABLE = (
    "title",
    "document_number",
    "index_number",
    "issuing_body",
    "made_on",
    "published_on",
    "effective_on",
    "notes",
)
MESSAGES_SHOWN = 50


class Command(BaseCommand):
    help = (
        "Read a county's workbook into a draft edition. "
        "Exit status: 0 nothing was refused, 1 rows were refused (nothing is stored), 2 the file was not read."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--county", required=True, metavar="CODE")
        parser.add_argument("--kind", required=True, help=", ".join(kind.code for kind in kinds))
        parser.add_argument("--township", metavar="CODE", help="for a list of one township")
        parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", dest="stated")
        parser.add_argument("--only", action="append", default=[], metavar="DEPARTMENT")
        parser.add_argument(
            "--note",
            action="append",
            default=[],
            metavar="RULE=TEXT",
            dest="notes",
            help="what is said to the warnings of one rule, in all its rows",
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="HEADING=FIELD",
            dest="mapping",
            help="what a column of this file is, by its heading or letter: a field of the kind, nothing to keep "
            "the column under its heading, or - to leave it out",
        )
        parser.add_argument("--user", metavar="NAME", help="the member of staff in whose name it is imported")
        parser.add_argument(
            "--leave-out-refused", action="store_true", help="store the other rows when some are refused"
        )
        parser.add_argument("--quiet", action="store_true", help="no progress on standard error")
        parser.add_argument("--dry-run", action="store_true", help="read and report, store nothing")
        parser.add_argument("--report", type=Path, metavar="OUT.json")

    @collection_paused()
    def handle(self, *args, **options):
        kind = self._kind(options["kind"])
        county = self._one(County.objects.filter(code=options["county"]), "county", options["county"])
        township = None
        if options["township"]:
            townships = Township.objects.filter(county=county, code=options["township"])
            township = self._one(townships, "township", options["township"])
        if not options["dry_run"]:
            self._check_kept(kind, township)
        settings = self._settings(options["stated"])
        by = self._user(options["user"], county)
        self._check_report(options["report"])
        content, name = self._content(options["file"]), options["file"].name
        progress = TerminalProgress(sys.stderr, is_quiet=options["quiet"])
        try:
            intake = take_in(
                content,
                name,
                kind=kind,
                county=county,
                only=self._departments(options["only"], county),
                mapping=self._mapping(options["mapping"], kind),
                stated=settings,
                notes=self._notes(options["notes"]),
                on=timezone.localdate(),
                progress=progress,
            )
        except UnreadableWorkbook as problem:
            report = report_of_unreadable(problem.message, name, kind.code)
            self._tell(report, options["report"])
            sys.exit(NOT_READ)
        if options["leave_out_refused"]:
            intake.leave_out_refused()
        item_list = ItemList.objects.filter(county=county, kind=kind.code, township=township).first()
        plan = make_plan(
            intake, publishing.edition_before(item_list) if item_list else None, progress=progress
        )
        report = report_of(plan)
        if not options["dry_run"] and not intake.has_errors:
            edition = self._store(plan, item_list, township, by, progress)
            self.stdout.write(f"Draft {edition.pk}: {edition}")
        self._tell(report, options["report"])
        sys.exit(self._status(intake))

    def _store(self, plan, item_list, township, by, progress) -> Edition:
        """Keep the plan as a confirmed draft: nobody stands at the command line to look at a preview."""
        try:
            with transaction.atomic():
                if item_list is None:
                    item_list = ItemList(
                        county=plan.intake.county, kind=plan.intake.kind.code, township=township
                    )
                    item_list.full_clean()
                    item_list.save()
                edition = store_draft(
                    plan=plan, item_list=item_list, by=by, is_confirmed_at_once=True, progress=progress
                )
                return publishing.confirm(edition=edition, by=by, progress=progress)
        except ValidationError as problem:
            raise CommandError("; ".join(problem.messages), returncode=NOT_READ) from problem

    def _check_report(self, path):
        """Say that the report has no place before anything is stored."""
        if path and not path.parent.is_dir():
            raise CommandError(f"The folder of {path} does not exist.", returncode=NOT_READ)

    def _tell(self, report, path):
        """Write the report to its file, and what a person at the terminal needs."""
        if path:
            path.write_text(json.dumps(report, ensure_ascii=False, indent=1, default=str), encoding="utf-8")
        for message in report["messages"][:MESSAGES_SHOWN]:
            place = "!".join(part for part in (message["sheet"], message["cell"]) if part)
            self.stderr.write(f"{message['level']}: {place}: {message['text']}")
        if len(report["messages"]) > MESSAGES_SHOWN:
            self.stderr.write(
                f"… {len(report['messages']) - MESSAGES_SHOWN} more messages stand in the report."
            )
        if report["suggested_only"]:
            only = " ".join(f"--only {name}" for name in report["suggested_only"])
            self.stderr.write(
                "note: The file names few of the departments of the edition before; "
                f"if it speaks for these alone: {only}"
            )
        counts = ", ".join(f"{count} {name}" for name, count in report["counts"].items())
        self.stdout.write(f"{report['title'] or report['file']}: {len(report['rows'])} rows; {counts}")

    def _status(self, intake) -> int:
        if not intake.rows and not intake.left_out:
            return NOT_READ
        is_without_some = any(taken.reason == "refused" for taken in intake.left_out)
        return ROWS_REFUSED if intake.has_errors or is_without_some else NOTHING_REFUSED

    def _kind(self, code):
        try:
            return kind_called(code)
        except KeyError:
            known = ", ".join(kind.code for kind in kinds)
            raise CommandError(f"No list kind “{code}”; there are: {known}.", returncode=NOT_READ) from None

    def _check_kept(self, kind, township):
        if not kind.is_kept:
            raise CommandError(
                f"Lists of the kind {kind.code} are read but not kept yet; use --dry-run.",
                returncode=NOT_READ,
            )
        if kind.is_of_one_township and township is None:
            raise CommandError(
                f"A list of the kind {kind.code} is of one township: name it with --township.",
                returncode=NOT_READ,
            )

    def _one(self, queryset, what, code):
        found = queryset.first()
        if found is None:
            raise CommandError(f"There is no {what} with the code {code}.", returncode=NOT_READ)
        return found

    def _user(self, name, county):
        if name is None:
            return None
        return self._one(User.objects.filter(username=name, county=county), "member of staff", name)

    def _departments(self, names, county):
        """The departments' full names, whatever of their names the caller used."""
        known = {
            name: department.name for department in county.departments.all() for name in department.names
        }
        unknown = [name for name in names if name not in known]
        if unknown:
            raise CommandError(f"The county has no department {'、'.join(unknown)}.", returncode=NOT_READ)
        return [known[name] for name in names]

    def _settings(self, pairs):
        settings = {}
        for pair in pairs:
            name, equals, value = pair.partition("=")
            if not equals or name not in SETTABLE:
                raise CommandError(
                    f"--set takes FIELD=VALUE with a field of: {', '.join(SETTABLE)}; not “{pair}”.",
                    returncode=NOT_READ,
                )
            settings[name] = self._value(name, value)
        return settings

    def _notes(self, pairs):
        notes = dict(pair.partition("=")[::2] for pair in pairs)
        if not all(code and text.strip() for code, text in notes.items()):
            raise CommandError("--note takes RULE=TEXT, with the code of a rule.", returncode=NOT_READ)
        return notes

    def _mapping(self, pairs, kind):
        fields = {column.field for column in kind.resource.columns()}
        mapping = {}
        for pair in pairs:
            heading, equals, name = pair.rpartition("=")
            if not equals or not heading or name not in fields | {"", "-"}:
                raise CommandError(
                    f"--map takes HEADING=FIELD with a field of: {', '.join(sorted(fields))}; not “{pair}”.",
                    returncode=NOT_READ,
                )
            mapping[heading] = None if name == "-" else name
        return mapping

    def _value(self, name, value):
        try:
            return Edition._meta.get_field(name).to_python(value)
        except ValidationError as problem:
            raise CommandError(
                f"--set {name}: {' '.join(problem.messages)}", returncode=NOT_READ
            ) from problem

    def _content(self, path):
        try:
            return path.read_bytes()
        except OSError as problem:
            raise CommandError(
                f"{path} cannot be read: {problem.strerror}.", returncode=NOT_READ
            ) from problem
