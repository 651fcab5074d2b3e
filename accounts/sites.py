"""The admin as this portal's staff meet it."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from . import desk


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

    def admin_view(self, view, cacheable=False):
        def inner(request, *args, **kwargs):
            speak_to(request)
            return view(request, *args, **kwargs)

        inner.csrf_exempt = getattr(view, "csrf_exempt", False)
        return super().admin_view(inner, cacheable)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        speak_to(request)
        return super().login(request, extra_context)

    def index(self, request, extra_context=None):
        waiting = desk.waiting_for(request.user, timezone.localdate())
        tasks = [(task.label, count, task.address(request.user)) for task, count in waiting]
        return super().index(request, {"tasks": tasks, **(extra_context or {})})

    def get_urls(self):
        """Ours first: Django's own shortcut tells anyone on the staff that a draft exists."""
        shortcut = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        return [shortcut, *super().get_urls()]

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
