"""Accounts: made, changed and suspended by who may, within `rules.MAY_GRANT`; never deleted."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from .. import journal
from ..choices import Role
from ..forms import ScopedForm
from ..models import User
from ..resources import UserResource
from ..rules import grantable_by
from .sheets import ScopedExportAdmin

# Nobody here is in a group: a person has a role.
admin.site.unregister(Group)


class AccountForm(ScopedForm, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class AccountCreationForm(ScopedForm, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User


@admin.register(User)
class AccountAdmin(ScopedExportAdmin, UserAdmin):
    """Who works here. Accounts are suspended, not deleted: the record of events names them."""

    readers = frozenset({Role.AUDITOR})
    writers = frozenset({Role.KEEPER, Role.SITE_ADMIN})
    removers = frozenset()
    form = AccountForm
    add_form = AccountCreationForm
    add_form_template = None  # Django's speaks of a second step that there is not
    resource_classes = [UserResource]
    list_display = ["username", "full_name", "role", "county", "department", "township", "is_active"]
    list_filter = ["role", "is_active", "county"]
    list_select_related = ["county", "department", "township"]
    autocomplete_fields = ["county", "department", "township"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", "is_active"]}),
        (_("Person"), {"fields": ["last_name", "first_name"]}),
        (
            _("Role and reach"),
            {
                "fields": ["role", "county", "department", "township"],
                "description": _(
                    "A department for department staff, a township for township staff; nothing for others."
                ),
            },
        ),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        *fieldsets[1:],
    ]

    @admin.display(description=_("name"))
    def full_name(self, person):
        return person.get_full_name()

    def get_queryset(self, request):
        people = super().get_queryset(request)
        if request.user.role == Role.SITE_ADMIN:
            return people.filter(role__in=grantable_by(Role.SITE_ADMIN))
        return people

    def has_change_permission(self, request, obj=None):
        """Nobody changes their own account here, nor one whose role they could not give."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or (obj.pk != request.user.pk and obj.role in grantable_by(request.user.role))

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "role":
            roles = grantable_by(request.user.role)
            kwargs["choices"] = [("", "---------"), *((r.value, r.label) for r in Role if r in roles)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        journal.record(
            "account_changed" if change else "account_made",
            obj,
            by=request.user,
            county=obj.county,
            role=obj.role,
            is_active=obj.is_active,
            fields=form.changed_data if change else [],
        )

    @method_decorator(sensitive_post_parameters())
    def user_change_password(self, request, id, form_url=""):
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            person = self.get_object(request, id)
            journal.record("password_set", person, by=request.user, county=person.county)
        return response
