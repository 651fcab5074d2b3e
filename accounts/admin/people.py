"""Accounts: made, changed and suspended by who may, within `rules.MAY_GRANT`; never deleted."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import Group
from django.contrib.auth.forms import BaseUserCreationForm
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.plugins.otp_static.admin import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDevice

from .. import journal, secondstep
from ..choices import Role
from ..forms import ScopedForm
from ..links import hours, make_link
from ..models import User
from ..resources import UserResource
from ..rules import grantable_by
from .sheets import ScopedExportAdmin

# Nobody here is in a group: a person has a role. Secrets of second steps are nobody's to look at.
admin.site.unregister([Group, StaticDevice, TOTPDevice])


class AccountForm(ScopedForm):
    """Who somebody is and what they do here; no password is ever typed by another."""

    class Meta:
        model = User
        fields = [
            "username",
            "is_active",
            "last_name",
            "first_name",
            "role",
            "county",
            "department",
            "township",
        ]
        field_classes = BaseUserCreationForm.Meta.field_classes

    def clean_username(self):
        """Names that differ only in capital letters would be taken for each other."""
        name = self.cleaned_data["username"]
        if User.objects.exclude(pk=self.instance.pk).filter(username__iexact=name).exists():
            raise forms.ValidationError(_("Somebody has this user name, if in other letters."))
        return name


class LinkForm(forms.Form):
    """What the keeper says when making a one-time link."""

    also_second_step = forms.BooleanField(
        label=gettext_lazy("also take the second step away"),
        required=False,
        help_text=gettext_lazy("When the phone and the recovery codes are lost."),
    )


@admin.register(User)
class AccountAdmin(ScopedExportAdmin):
    """Who works here. Accounts are suspended, not deleted: the record of events names them."""

    readers = frozenset({Role.AUDITOR})
    writers = frozenset({Role.KEEPER, Role.SITE_ADMIN})
    removers = frozenset()
    form = AccountForm
    change_form_template = "admin/accounts/user/change_form.html"
    resource_classes = [UserResource]
    list_display = ["username", "full_name", "role", "county", "department", "township", "is_active"]
    list_filter = ["role", "is_active", "county"]
    list_select_related = ["county", "department", "township"]
    search_fields = ["username", "last_name", "first_name"]
    ordering = ["username"]
    autocomplete_fields = ["county", "department", "township"]
    readonly_fields = ["signing_in"]
    fieldsets = [
        (None, {"fields": ["username", "is_active", "signing_in"]}),
        (gettext_lazy("Person"), {"fields": ["last_name", "first_name"]}),
        (
            gettext_lazy("Role and reach"),
            {
                "fields": ["role", "county", "department", "township"],
                "description": gettext_lazy(
                    "A department for department staff, a township for township staff; nothing for others."
                ),
            },
        ),
    ]

    @admin.display(description=gettext_lazy("name"))
    def full_name(self, person):
        return person.get_full_name()

    @admin.display(description=gettext_lazy("signing in"))
    def signing_in(self, person):
        """Whether there is a password, and a second step."""
        if person.pk is None:
            return _("After saving you make a one-time link, by which the person sets a password.")
        state = _("has a password") if person.has_usable_password() else _("has set no password yet")
        return "、".join([state, _("has a second step")] if secondstep.has_begun(person) else [state])

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
        if not change:
            obj.set_unusable_password()
        changes = journal.changes_in(obj)
        super().save_model(request, obj, form, change)
        act = "account_changed" if change else "account_made"
        journal.record(act, obj, by=request.user, county=obj.county, changes=changes)

    def response_add(self, request, obj, post_url_continue=None):
        """A new account is of no use without a link."""
        messages.success(request, _("The account “%(name)s” is made.") % {"name": obj})
        return redirect("admin:accounts_user_link", obj.pk)

    def get_urls(self):
        view = self.admin_site.admin_view(self.link_view)
        return [path("<int:pk>/link/", view, name="accounts_user_link"), *super().get_urls()]

    def link_view(self, request, pk):
        """Make a link, to be handed over in person; it is shown once."""
        person = self.get_object(request, str(pk))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        form = LinkForm(request.POST if request.method == "POST" else None)
        link = ""
        if request.method == "POST" and form.is_valid():
            link = request.build_absolute_uri(make_link(person=person, by=request.user, **form.cleaned_data))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("One-time link"),
            "person": person,
            "form": form,
            "link": link,
            "hours": hours(),
        }
        return TemplateResponse(request, "admin/accounts/link.html", context)
