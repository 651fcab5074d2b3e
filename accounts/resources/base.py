"""The import and export counterpart of `ScopedAdmin`: a sheet of one county, read by its headings."""

import logging
import re
import unicodedata
from dataclasses import dataclass

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, ModelResource

from ..scope import bodies_given_by, scope_of, within_reach
from ..spreadsheets import Unreadable
from .widgets import BodyWidget, TextWidget, nearest, text_of

logger = logging.getLogger(__name__)

ROW = "\0row"  # the column in which a row carries its number in the sheet; no heading can be called so
UNREAD = {"序号", "备注", "说明"}  # headings that every form has and no record needs
LOOK_FOR_HEADER = 10
IMPORTED = "导入表格"  # why a row changed, in its history; stored as it is, so in the language of the county


def folded(heading) -> str:
    """A heading as it is compared: without blanks and line breaks, one kind of brackets."""
    return re.sub(r"[\s*]", "", unicodedata.normalize("NFKC", text_of(heading)))


class Column(Field):
    """One column: its heading, how a cell becomes a value, and a line for the person who fills it in."""

    def __init__(self, attribute, heading, widget=None, *, is_required=False, explanation="", **kwargs):
        super().__init__(attribute=attribute, column_name=heading, widget=widget or TextWidget(), **kwargs)
        self.is_required = is_required
        self.explanation = explanation

    def clean(self, row, **kwargs):
        value = super().clean(row, **kwargs)
        if self.is_required and value in self.empty_values:
            raise ValueError(_("This cell must not be empty."))
        return value


@dataclass(frozen=True)
class Problem:
    """Why a row was refused: where it stands in the sheet, under which heading, and a sentence."""

    row: int
    heading: str
    text: str

    def __str__(self):
        place = _("row %(row)s, %(heading)s") if self.heading else _("row %(row)s")
        return f"{place % {'row': self.row, 'heading': self.heading}}: {self.text}"


class WholeTableLoader(BaseInstanceLoader):
    """Finds the known row by its key among all rows within reach, read at once."""

    def __init__(self, resource, dataset=None):
        super().__init__(resource, dataset)
        keys = [resource.fields[name] for name in resource.get_import_id_fields()]
        bodies = [name for name, field in resource.fields.items() if isinstance(field.widget, BodyWidget)]
        rows = resource.get_queryset().select_related(*bodies) if bodies else resource.get_queryset()
        self.known = {tuple(field.get_value(row) for field in keys): row for row in rows}

    def get_instance(self, row):
        try:
            return self.known.get(self.resource.key_of(row))
        except ValueError:
            return None  # said again, as a sentence about its cell, when the row is filled in


class PlainDiff(Diff):
    """Before and after in `del` and `ins`; the library's own needs inline styles, which our pages forbid."""

    def as_html(self):
        return [self.cell(old, new) for old, new in zip(self.left, self.right, strict=True)]

    def cell(self, old, new):
        if self.new or old == new:
            return format_html("{}", "" if new is None else new)
        return format_html("<del>{}</del> <ins>{}</ins>", *("" if v is None else v for v in (old, new)))


class ScopedResource(ModelResource):
    """A table that a person fills in for their own county, department or township.

    Either `user` or, on the command line, `county` says whose rows these are; the file never does.
    """

    sheet = ""  # the name of the sheet in the workbook with all tables

    class Meta:
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        instance_loader_class = WholeTableLoader

    def __init__(self, *, user=None, county=None, **kwargs):
        super().__init__(**kwargs)
        self.user = user
        self.county = county
        self.seen = {}
        for field in self.fields.values():
            if isinstance(field.widget, BodyWidget):
                field.widget.within = self.within

    @classmethod
    def get_diff_class(cls):
        return PlainDiff

    def within(self, queryset):
        """The rows of the queryset that this sheet may name or change."""
        if self.user is not None:
            return within_reach(queryset, self.user)
        county = scope_of(queryset.model).county
        if not county:
            return queryset
        return queryset.filter(**{county: self.county.pk}) if self.county else queryset.none()

    def given(self) -> dict:
        """What a new row has from whoever brings the sheet."""
        if self.user is not None:
            return bodies_given_by(self.user, self._meta.model)
        return {"county": self.county} if scope_of(self._meta.model).county == "county" else {}

    def get_queryset(self):
        return self.within(super().get_queryset())

    def key_of(self, row) -> tuple:
        return tuple(self.fields[name].clean(row) for name in self.get_import_id_fields())

    def dataset(self, tables: dict[str, list]) -> tablib.Dataset:
        """Our sheet of the file, its columns under our headings; `Unreadable` says what is wrong with it."""
        rows = tables.get(self.sheet)
        if rows is None:
            rows = next((rows for rows in tables.values() if rows), [])
        place, headings = self.header(rows)
        dataset = tablib.Dataset(headers=[*headings.values(), ROW])
        for number, values in rows[place + 1 :]:
            padded = [*values, *[None] * (max(headings) + 1 - len(values))]
            self.refuse_values_without_heading(number, values, place, rows)
            picked = [padded[index] for index in headings]
            if any(value is not None for value in picked):
                dataset.append([*picked, number])
        if not dataset:
            raise Unreadable(_("The sheet has headings, but no rows below them."))
        return dataset

    def header(self, rows) -> tuple[int, dict[int, str]]:
        """Where the headings stand, and which of ours each column bears."""
        ours = {folded(field.column_name): field for field in self.get_import_fields()}
        required = {text for text, field in ours.items() if field.is_required}
        best = max(
            range(min(len(rows), LOOK_FOR_HEADER)),
            key=lambda place: len({folded(value) for value in rows[place][1]} & set(ours)),
            default=None,
        )
        found = [] if best is None else [folded(value) for value in rows[best][1]]
        if not set(found) & set(ours):
            raise Unreadable(
                _("No row of headings was found. Expected: %(headings)s.") % {"headings": "、".join(ours)}
            )
        for place, text in enumerate(found):
            if text and text not in ours and text not in UNREAD:
                raise Unreadable(
                    _("The heading “%(heading)s” is not known.") % {"heading": text} + nearest(text, ours)
                )
            if text in ours and text in found[:place]:
                raise Unreadable(_("The heading “%(heading)s” stands there twice.") % {"heading": text})
        if missing := [text for text in ours if text in required - set(found)]:
            raise Unreadable(_("The sheet lacks: %(headings)s.") % {"headings": "、".join(missing)})
        return best, {place: ours[text].column_name for place, text in enumerate(found) if text in ours}

    def refuse_values_without_heading(self, number, values, place, rows):
        headings = rows[place][1]
        for index, value in enumerate(values):
            if value is not None and (index >= len(headings) or headings[index] is None):
                raise Unreadable(
                    _("Row %(row)s has a value in column %(column)s, which has no heading.")
                    % {"row": number, "column": index + 1}
                )

    def before_import_row(self, row, **kwargs):
        """The same key twice is a question to the clerk, not a matter of which comes last."""
        try:
            key = self.key_of(row)
        except ValueError:
            return
        first = self.seen.setdefault(key, row[ROW])
        if first != row[ROW]:
            raise ValidationError(_("Row %(row)s names the same already.") % {"row": first})

    def after_init_instance(self, instance, new, row, **kwargs):
        if new:
            for name, body in self.given().items():
                setattr(instance, name, body)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """A row that names what is out of reach is not told whether its code is taken elsewhere."""
        super().validate_instance(
            instance, import_validation_errors, validate_unique and not import_validation_errors
        )

    def before_save_instance(self, instance, row, **kwargs):
        instance._history_user = self.user
        instance._change_reason = IMPORTED

    def do_instance_save(self, instance, is_create):
        with transaction.atomic():  # a refusal by the database spoils this row alone
            super().do_instance_save(instance, is_create)

    def preview(self, dataset):
        """What the sheet would do; reads only, and holds no lock that a sign-in would wait for."""
        self.seen = {}
        return self.import_data_inner(
            dataset, dry_run=True, raise_errors=False, using_transactions=False, collect_failed_rows=False
        )

    def store(self, dataset):
        """Store the sheet as a whole or not at all."""
        self.seen = {}
        return self.import_data(dataset, use_transactions=True, rollback_on_validation_errors=True)

    def problems(self, dataset, result) -> list[Problem]:
        """Every refusal, in the order of the sheet."""
        numbers = dataset[ROW]
        headings = {field.attribute: field.column_name for field in self.fields.values()}
        found = []
        for invalid in result.invalid_rows:
            for name, sentences in invalid.error_dict.items():
                heading = "" if name == NON_FIELD_ERRORS else headings.get(name, "")
                found += [Problem(numbers[invalid.number - 1], heading, text) for text in sentences]
        for refused in result.error_rows:
            for error in refused.errors:
                logger.error("A row could not be stored", exc_info=error.error)
                found.append(Problem(numbers[refused.number - 1], "", _("This row could not be stored.")))
        for error in result.base_errors:
            logger.error("A sheet could not be stored", exc_info=error.error)
            found.append(Problem(0, "", _("The sheet could not be stored.")))
        return sorted(found, key=lambda problem: problem.row)
