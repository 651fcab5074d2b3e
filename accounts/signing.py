"""The road into the staff pages: password, second step where there is one, and the one-time link."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView, redirect_to_login
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from . import journal, secondstep
from .addresses import client_address
from .models import Event, User

# An unknown name is noted once in this time for an address: whoever tries thousands fills no table for ever.
NOTED_ONCE_IN = timedelta(minutes=1)


class CodeForm(forms.Form):
    """Six digits of the phone, or a recovery code."""

    code = forms.CharField(
        label=gettext_lazy("One-time code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


def step_to_do(user) -> str | None:
    """The page that stands between somebody with the right password and the desk; None when nothing does."""
    if secondstep.is_taken(user):
        return None
    if secondstep.has_begun(user):
        return "admin:second_step"
    return "admin:second_step_setup" if secondstep.is_required(user) else None


def is_half_way(request) -> bool:
    """Whether somebody has shown a password, and wants to work here."""
    return request.user.is_active and request.user.is_staff


def onward(request):
    """Where the person wanted to go, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if is_ours else "admin:index")


# --- What is noted ---


def note_entrance(request) -> None:
    """Somebody is in: once, when nothing stands between them and the desk any more."""
    journal.record("sign_in", request.user, by=request.user, county=request.user.county)


def note_refusal(request, form) -> None:
    """A refused attempt; a name that nobody has may be a password typed in the wrong field, so it is not kept."""
    name = getattr(form, "cleaned_data", {}).get("username", "")
    person = User.objects.filter(username=name).first() if name else None
    county = person and person.county
    is_locked = getattr(request, "axes_locked_out", False)
    act = "locked_out" if is_locked else "sign_in_failed"
    within = settings.AXES_COOLOFF_TIME if is_locked else NOTED_ONCE_IN
    if (is_locked or person is None) and _is_noted(request, act, person, within):
        return
    journal.record(act, person, by=None, county=county)


def _is_noted(request, act, person, within) -> bool:
    lately = Event.objects.filter(at__gt=timezone.now() - within, action=act, subject_id=person and person.pk)
    return lately.filter(address=client_address(request)).exists()


# --- Pages ---


def second_step(request, site):
    """Ask for a code of the phone, or for a recovery code."""
    if not is_half_way(request):
        return redirect_to_login(request.get_full_path(), resolve_url("admin:login"))
    if step_to_do(request.user) != "admin:second_step":
        return onward(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if secondstep.take(request=request, code=form.cleaned_data["code"]):
            note_entrance(request)
            return onward(request)
        form.add_error("code", _("This code is not right. After a wrong one, wait for the next to appear."))
    return _page(request, site, "admin/second_step.html", _("Second step"), form=form)


def second_step_setup(request, site):
    """Show the secret as a QR code, and take it into use once a code of it was typed in."""
    if not is_half_way(request):
        return redirect_to_login(request.get_full_path(), resolve_url("admin:login"))
    user = request.user
    if secondstep.has_begun(user):
        return second_step_kept(request, site)
    was_waiting = step_to_do(user) is not None
    device = secondstep.new_phone(user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = secondstep.begin(request=request, device=device, code=form.cleaned_data["code"])
        if codes:
            if was_waiting:
                note_entrance(request)
            return _page(request, site, "admin/recovery_codes.html", _("Recovery codes"), codes=codes)
        form.add_error("code", _("This code is not right. After a wrong one, wait for the next to appear."))
    return _page(
        request,
        site,
        "admin/second_step_setup.html",
        _("Set up the second step"),
        form=form,
        drawing=secondstep.drawing(device),
        key=secondstep.spelt(device),
        is_required=was_waiting,
    )


def second_step_kept(request, site):
    """For who has it: new recovery codes, or without it again where the role leaves the choice."""
    if not secondstep.is_taken(request.user):
        return redirect("admin:second_step")
    if request.method == "POST" and "codes" in request.POST:
        codes = secondstep.draw_codes(request.user)
        return _page(request, site, "admin/recovery_codes.html", _("Recovery codes"), codes=codes)
    is_required = secondstep.is_required(request.user)
    if request.method == "POST" and not is_required:
        secondstep.end(user=request.user, by=request.user)
        messages.success(request, _("From now on your password alone signs you in."))
        return redirect("admin:index")
    return _page(request, site, "admin/second_step_kept.html", _("Second step"), is_required=is_required)


def _page(request, site, template, title, **context):
    context = {**site.each_context(request), "title": title, "next": request.GET.get("next", ""), **context}
    return TemplateResponse(request, template, context)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class SetPassword(PasswordResetConfirmView):
    """The page behind a one-time link; see `links`."""

    template_name = "admin/set_password.html"
    success_url = reverse_lazy("admin:login")
    title = gettext_lazy("Set your password")

    def get_user(self, uidb64):
        """Who is suspended sets no password."""
        person = super().get_user(uidb64)
        return person if person is not None and person.is_active else None

    def form_valid(self, form):
        answer = super().form_valid(form)
        journal.record("password_set", self.user, by=self.user, county=self.user.county)
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return answer
