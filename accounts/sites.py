"""The admin as this portal's staff meet it."""

from http import HTTPStatus

from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from . import desk, journal, signing
from .passwords import is_due

# Texts of Django's own pages that its Chinese lacks; ours is looked up first.
UNTRANSLATED_BY_DJANGO = (_("Model name"), _("Add link"), _("Change or view list link"), _("Search %(name)s"))

# What somebody whose password has served its time may still open.
OPEN_TO_OLD_PASSWORDS = frozenset({"admin:password_change", "admin:password_change_done", "admin:jsi18n"})


def speak_to(request):
    """Take the language from the reader's cookie or browser: addresses of the admin carry none."""
    language = translation.get_language_from_request(request)
    translation.activate(language)
    request.LANGUAGE_CODE = language


class PortalAdminSite(admin.AdminSite):
    """Django's admin, with what waits on a person's desk on its first page."""

    site_title = _("Township services")
    site_header = _("Township service catalogue: staff pages")
    index_title = _("Desk")
    index_template = "admin/desk.html"

    def has_permission(self, request):
        """A password alone is not enough for who has a second step before them."""
        return super().has_permission(request) and signing.step_to_do(request.user) is None

    def admin_view(self, view, cacheable=False):
        def inner(request, *args, **kwargs):
            speak_to(request)
            if request.resolver_match.view_name not in OPEN_TO_OLD_PASSWORDS and is_due(request.user):
                messages.warning(request, _("Your password has served its time. Choose another one."))
                return redirect("admin:password_change")
            return view(request, *args, **kwargs)

        inner.csrf_exempt = getattr(view, "csrf_exempt", False)
        return super().admin_view(inner, cacheable)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        speak_to(request)
        if request.method != "POST" and signing.is_half_way(request):
            step = signing.step_to_do(request.user)
            if step is not None:
                query = {"next": request.GET["next"]} if "next" in request.GET else None
                return redirect(reverse(step, query=query))
        response = super().login(request, extra_context)
        if request.method == "POST":
            if response.status_code == HTTPStatus.FOUND:
                if self.has_permission(request):
                    signing.note_entrance(request)
            else:
                signing.note_refusal(request, response.context_data["form"])
        return response

    @method_decorator(require_POST)
    @method_decorator(csrf_protect)
    @login_not_required
    def leave(self, request):
        """Sign out, also from half the way in."""
        speak_to(request)
        if request.user.is_authenticated:
            journal.record("sign_out", request.user, by=request.user, county=request.user.county)
        return super().logout(request)

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            journal.record("password_changed", request.user, by=request.user, county=request.user.county)
        return response

    def _on_the_way(self, view):
        """A page for who has shown a password and no more."""

        def inner(request):
            speak_to(request)
            return view(request, self)

        return never_cache(csrf_protect(login_not_required(inner)))

    def index(self, request, extra_context=None):
        waiting = desk.waiting_for(request.user, timezone.localdate())
        tasks = [(task.label, count, task.address(request.user)) for task, count in waiting]
        return super().index(request, {"tasks": tasks, **(extra_context or {})})

    def get_urls(self):
        """Ours first: Django's own shortcut tells anyone on the staff that a draft exists."""
        road = [
            path("logout/", self.leave, name="logout"),
            path("second-step/", self._on_the_way(signing.second_step), name="second_step"),
            path("second-step/setup/", self._on_the_way(signing.second_step_setup), name="second_step_setup"),
            path("link/<uidb64>/<token>/", self.set_password, name="set_password"),
        ]
        shortcut = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        return [*road, shortcut, *super().get_urls()]

    @login_not_required
    def set_password(self, request, **kwargs):
        speak_to(request)
        page = signing.SetPassword.as_view(extra_context=self.each_context(request))
        return page(request, **kwargs)

    def view_on_site(self, request, content_type_id, object_id):
        """Lead to the public page of a row within the person's reach; anything else does not exist."""
        kind = ContentType.objects.filter(pk=content_type_id).first() if content_type_id.isdecimal() else None
        model = kind and kind.model_class()
        if model is None or not self.is_registered(model):
            raise Http404
        model_admin = self.get_model_admin(model)
        row = model_admin.get_object(request, object_id)
        if row is None or not model_admin.has_view_permission(request, row):
            raise Http404
        if not hasattr(row, "get_absolute_url"):
            raise Http404
        if model_admin.get_view_on_site_url(row) is None:
            raise Http404  # a draft has no public page
        return redirect(row)
