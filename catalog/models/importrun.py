import secrets

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.scope import Scope

from ..choices import RunAct, RunState
from .edition import Edition
from .itemlist import ItemList

UNDER_WAY = (RunState.WAITING, RunState.RUNNING)


def new_lock() -> str:
    """A name for the lock by which a run's process is known to live."""
    return secrets.token_hex(16)


class ImportRunQuerySet(models.QuerySet):
    def under_way(self):
        """Runs that have not come to a result; those of a process that is gone are among them."""
        return self.filter(state__in=UNDER_WAY)

    def asked_by(self, user):
        """A person's own runs; nobody else sees them."""
        return self.filter(asked_by=user)


class ImportRun(models.Model):
    """A workbook on its way into a list, or an import on its way to a draft: asked for, under way, done or refused.

    Small files are read while the clerk waits; large ones in a process of their own, which outlives the page.
    `wishes` is what the clerk says beside the file; `report` what there is to say of a refused one.
    """

    scope = Scope(county="list__county")

    list = models.ForeignKey(ItemList, models.CASCADE, related_name="runs", verbose_name=_("list"))
    act = models.CharField(_("what is done"), max_length=10, choices=RunAct, default=RunAct.IMPORT)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.WAITING)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    file = models.FileField(_("workbook"), upload_to="lists/", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    wishes = models.JSONField(_("wishes"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    edition = models.ForeignKey(
        Edition, models.SET_NULL, null=True, blank=True, related_name="runs", verbose_name=_("edition")
    )
    replaces = models.ForeignKey(
        Edition,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("takes the place of"),
    )
    stage = models.CharField(_("stage"), max_length=20, blank=True)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows altogether"), default=0)
    host = models.CharField(_("machine"), max_length=255, blank=True)
    lock = models.CharField(_("lock"), max_length=32, unique=True, default=new_lock, editable=False)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    report = models.JSONField(_("report of the import"), null=True, blank=True, encoder=DjangoJSONEncoder)
    problem = models.TextField(_("why it was refused"), blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")),
                name="catalog_importrun_does_no_more_than_all",
                violation_error_message=_("An import cannot have done more rows than there are."),
            ),
            models.CheckConstraint(
                condition=~Q(state=RunState.REFUSED) | ~Q(problem="") | Q(report__isnull=False),
                name="catalog_importrun_refused_says_why",
                violation_error_message=_("An import that is refused says why."),
            ),
        ]

    def __str__(self):
        return self.file_name or str(self.list)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY
