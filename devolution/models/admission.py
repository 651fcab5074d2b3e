from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import County, Department, Township
from accounts.scope import Scope
from catalog.models import Edition

from ..choices import AdmissionState, OpinionVerdict
from .transfer import Transfer

DECIDED = (AdmissionState.ADMITTED, AdmissionState.REFUSED)


class AdmissionQuerySet(models.QuerySet):
    def waiting(self):
        """Requests the county has not decided."""
        return self.filter(state=AdmissionState.REQUESTED)

    def decided(self, on: date):
        """What the public sees on the day."""
        return self.filter(state__in=DECIDED, decided_on__lte=on)

    def for_reading(self):
        """Join what the public page shows of each."""
        return self.select_related(
            "department", "transfer__power", "edition__list__township", "edition__list__township_class"
        ).prefetch_related("townships", "opinions")

    def awaiting_opinion_of(self, township: Township):
        """Undecided requests this township is asked about and has not answered."""
        return self.waiting().filter(townships=township).exclude(opinions__township=township)


class Admission(models.Model):
    """A department's request to bring work to townships that stands on no list (乡镇工作事项准入)."""

    scope = Scope(county="county", department="department")

    county = models.ForeignKey(County, models.PROTECT, related_name="admissions", verbose_name=_("county"))
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="admissions", verbose_name=_("department")
    )
    name = models.CharField(_("work"), max_length=500)
    reason = models.TextField(_("reason"))
    basis = models.TextField(_("legal basis"), blank=True)
    means = models.TextField(_("money and people that come with it"), blank=True)
    townships = models.ManyToManyField(Township, related_name="admissions", verbose_name=_("townships"))
    requested_on = models.DateField(_("requested on"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("requested by"),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AdmissionState,
        default=AdmissionState.REQUESTED,
        editable=False,
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decision recorded by"),
    )
    document_number = models.CharField(
        _("number of the decision"), max_length=100, blank=True, editable=False
    )
    decision = models.TextField(_("words of the decision"), blank=True, editable=False)
    transfer = models.ForeignKey(
        Transfer,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="admissions",
        verbose_name=_("led to the transfer"),
    )
    edition = models.ForeignKey(
        Edition,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="admissions",
        verbose_name=_("led to the edition"),
    )

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for admission")
        verbose_name_plural = _("requests for admission")
        ordering = ["county", "-requested_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_on__isnull=False)
                | Q(state=AdmissionState.REQUESTED, decided_on__isnull=True, decided_by__isnull=True),
                name="devolution_admission_decision_has_its_day",
                violation_error_message=_("A decided request has a day of decision; an open one has none."),
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=models.F("requested_on")),
                name="devolution_admission_is_decided_after_the_request",
                violation_error_message=_("A request is decided after it is made."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.department_id and self.department.county_id != self.county_id:
            raise ValidationError({"department": _("This department belongs to another county.")})


class Opinion(models.Model):
    """What a township says to work that a department asks to bring."""

    scope = Scope(county="admission__county", township="township")

    admission = models.ForeignKey(
        Admission, models.CASCADE, related_name="opinions", verbose_name=_("request for admission")
    )
    township = models.ForeignKey(
        Township, models.PROTECT, related_name="opinions", verbose_name=_("township")
    )
    verdict = models.CharField(_("opinion"), max_length=10, choices=OpinionVerdict)
    text = models.TextField(_("words"), blank=True)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("opinion of a township")
        verbose_name_plural = _("opinions of townships")
        ordering = ["admission", "township"]
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "township"],
                name="devolution_opinion_is_one_for_each_township",
                violation_error_message=_("This township has stated its opinion already."),
            ),
        ]

    def __str__(self):
        return f"{self.township} · {self.get_verdict_display()}"
