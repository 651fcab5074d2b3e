from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import County, Department
from accounts.scope import Scope
from catalog.models import Holiday
from catalog.reading.values.documents import document_number
from catalog.reading.words import mend

from ..choices import InstrumentKind
from ..rules import Paper, publication_due


class Instrument(models.Model):
    """A paper by which powers move: provincial decision, county notice, entrustment, secondment plan, withdrawal.

    Its days are half-open: `valid_to` is the first day on which it no longer holds. A term that names
    no day is kept in `term_text` as printed.
    """

    scope = Scope(county="county")

    county = models.ForeignKey(County, models.PROTECT, related_name="instruments", verbose_name=_("county"))
    kind = models.CharField(_("kind"), max_length=20, choices=InstrumentKind)
    title = models.CharField(_("title"), max_length=200, blank=True)
    number = models.CharField(
        _("document number"), max_length=100, blank=True, help_text=_("Such as 青政办发〔2025〕12号.")
    )
    issuing_body = models.CharField(_("issuing body"), max_length=100, blank=True)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("issuing department"),
    )
    made_on = models.DateField(_("made or signed on"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    publication = models.CharField(
        _("where it was published"), max_length=300, blank=True, help_text=_("Gazette, page or address.")
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(
        _("no longer valid from"), null=True, blank=True, help_text=_("The day after its last day.")
    )
    is_open_ended = models.BooleanField(
        _("open-ended"), default=False, help_text=_("The paper says “for the long term”.")
    )
    term_text = models.CharField(_("term as printed"), max_length=200, blank=True)
    file = models.FileField(_("scanned file"), upload_to="instruments/", blank=True)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["county", "-made_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "number"],
                condition=~Q(number=""),
                name="devolution_instrument_number_is_unique_in_county",
                violation_error_message=_("The county already has an instrument of this kind and number."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="devolution_instrument_ends_after_it_begins",
                violation_error_message=_("An instrument ends after the day from which it is valid."),
            ),
            models.CheckConstraint(
                condition=Q(is_open_ended=False) | Q(valid_to__isnull=True),
                name="devolution_instrument_open_ended_has_no_last_day",
                violation_error_message=_("An open-ended instrument has no last day."),
            ),
            models.CheckConstraint(
                condition=Q(file="", file_sha256="") | ~(Q(file="") | Q(file_sha256="")),
                name="devolution_instrument_file_has_its_digest",
                violation_error_message=_("A stored file is known by its SHA-256."),
            ),
        ]

    def __str__(self):
        return self.number or self.title or str(self.get_kind_display())

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as papers print it."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None

    @property
    def publication_due(self) -> date | None:
        """Until when it is published: 20 working days after it is made (政府信息公开条例 26)."""
        return publication_due(self.made_on, Holiday.objects.calendar(self.made_on))

    @property
    def paper(self) -> Paper:
        """What the law asks of it."""
        return Paper(
            number=self.number,
            made_on=self.made_on,
            published_on=self.published_on,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            is_open_ended=self.is_open_ended,
        )

    def clean(self):
        super().clean()
        # A number has no blanks, wherever a typist has put some.
        self.number = document_number("".join(self.number.split())) or mend(self.number)
        if self.department_id and self.department.county_id != self.county_id:
            raise ValidationError({"department": _("This department belongs to another county.")})
