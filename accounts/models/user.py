from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..choices import Role
from ..scope import Scope


class AccountHistory(HistoricalRecords):
    """Who changed an account; signing in changes none."""

    def post_save(self, instance, created, using=None, **kwargs):
        if kwargs.get("update_fields") != frozenset({"last_login"}):
            super().post_save(instance, created, using=using, **kwargs)


class UserManager(DjangoUserManager):
    def create_user(self, username, email=None, password=None, **extra_fields):
        """Make a member of staff; residents have no accounts."""
        extra_fields |= {"is_staff": True, "is_superuser": False}
        return self._create_user(username, email, password, **extra_fields)

    def create_superuser(self, username, email=None, password=None, **extra_fields):
        """Make a site administrator; nobody here stands above the roles. A weak password is a ValidationError."""
        extra_fields |= {"role": Role.SITE_ADMIN, "is_staff": True, "is_superuser": False}
        if password is not None:
            # The command that calls this takes one from the environment, or one it has warned of, unseen.
            validate_password(password, self.model(username=username, **extra_fields))
        return self._create_user(username, email, password, **extra_fields)


class User(AbstractUser):
    """A member of staff: one role, bound to one county, department or township."""

    scope = Scope(county="county")

    role = models.CharField(_("role"), max_length=20, choices=Role)
    county = models.ForeignKey(
        "County", models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("county")
    )
    department = models.ForeignKey(
        "Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("department"),
    )
    township = models.ForeignKey(
        "Township", models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("township")
    )

    password_set_at = models.DateTimeField(_("password set"), default=timezone.now, editable=False)

    # Everyone with an account works here; `is_active` is what suspends.
    is_staff = models.BooleanField(_("may sign in"), default=True, editable=False)

    objects = UserManager()
    history = AccountHistory(excluded_fields=["password", "last_login", "password_set_at"])

    class Meta(AbstractUser.Meta):
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=Role.SITE_ADMIN, county__isnull=True)
                | (~models.Q(role=Role.SITE_ADMIN) & models.Q(county__isnull=False)),
                name="accounts_user_county_fits_role",
                violation_error_message=_(
                    "Everyone but a site administrator belongs to a county; a site administrator to none."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.DEPARTMENT, department__isnull=False)
                | (~models.Q(role=Role.DEPARTMENT) & models.Q(department__isnull=True)),
                name="accounts_user_department_fits_role",
                violation_error_message=_("Department staff, and only they, are bound to a department."),
            ),
            models.CheckConstraint(
                condition=models.Q(role=Role.TOWNSHIP, township__isnull=False)
                | (~models.Q(role=Role.TOWNSHIP) & models.Q(township__isnull=True)),
                name="accounts_user_township_fits_role",
                violation_error_message=_("Township staff, and only they, are bound to a township."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False),
                name="accounts_user_stands_under_a_role",
                violation_error_message=_("Nobody stands above the roles: leave superuser status empty."),
            ),
        ]

    def set_password(self, raw_password):
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def get_full_name(self):
        """Family name first, nothing in between."""
        return f"{self.last_name}{self.first_name}".strip()

    def clean(self):
        super().clean()
        for field in ("department", "township"):
            body = getattr(self, field)
            if body is not None and body.county_id != self.county_id:
                raise ValidationError({field: _("This body belongs to another county.")})
