"""The road into the staff pages: password, lock-out, sessions, second step; and what is noted of it."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import secondstep
from accounts.choices import Role
from accounts.idling import LAST_SEEN, STEP
from accounts.models import Event, User
from accounts.sessions import SIGNED_IN_AT
from tests import factories
from township_portal.checks import check_second_step

PASSWORD = "a long enough password"
SIGN_IN = "/admin/login/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return User.objects.create_superuser("administrator", password=PASSWORD)


def sign_in(client, name, password, address="203.0.113.7"):
    return client.post(SIGN_IN, {"username": name, "password": password}, REMOTE_ADDR=address)


def test_right_password_signs_in(client, administrator):
    assert sign_in(client, "administrator", PASSWORD).status_code == 302
    assert SESSION_KEY in client.session


def test_guessing_locks_the_name_for_that_address_only(client, settings, administrator):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, "administrator", "wrong")
    assert answer.status_code == 429
    assert sign_in(client, "administrator", PASSWORD).status_code == 429
    assert sign_in(client, "somebody", "wrong").status_code == 200  # a colleague behind the same address
    assert sign_in(client, "administrator", PASSWORD, address="203.0.113.8").status_code == 302


def test_work_prolongs_a_session_once_a_minute(client, administrator):
    client.force_login(administrator)
    client.get("/admin/")
    seen = client.session[LAST_SEEN]
    assert "sessionid" not in client.get("/admin/").cookies

    session = client.session
    session[LAST_SEEN] = seen - STEP
    session.save()
    assert "sessionid" in client.get("/admin/").cookies


def test_an_idle_session_ends(client, settings, administrator):
    settings.SESSION_COOKIE_AGE = 0
    client.force_login(administrator)
    assert client.get("/admin/").status_code == 302


def test_a_visitor_gets_no_session(client):
    assert "sessionid" not in client.get(SIGN_IN).cookies


def test_a_session_ends_however_busy(client, settings, administrator):
    client.force_login(administrator)
    assert client.get("/admin/").status_code == 200
    session = client.session
    session[SIGNED_IN_AT] -= settings.SESSION_HOURS * 3600 + 1
    session.save()
    assert client.get("/admin/").status_code == 302
    assert SESSION_KEY not in client.session


def test_changing_the_password_ends_the_other_sessions(client, clerk):
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.force_login(clerk)
    new = "quite another phrase"
    post = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", post).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
    assert Event.objects.get().action == "password_changed"


def test_a_name_is_locked_for_all_addresses_at_its_ceiling(client, settings, administrator):
    settings.SIGN_IN_CEILING = 6
    for number in range(6):
        sign_in(client, "administrator", "wrong", address=f"203.0.113.{number}")
    assert sign_in(client, "administrator", PASSWORD, address="203.0.113.99").status_code == 429


def test_a_forged_forwarded_address_opens_no_lock(client, settings, administrator):
    """Without proxies of ours the header is the client's own words."""
    for number in range(settings.AXES_FAILURE_LIMIT):
        post = {"username": "administrator", "password": "wrong"}
        client.post(SIGN_IN, post, REMOTE_ADDR="203.0.113.7", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert sign_in(client, "administrator", PASSWORD).status_code == 429


# --- What is noted ---


def noted():
    return [(event.action, event.subject_text, event.address) for event in Event.objects.order_by("pk")]


def test_coming_and_going_is_noted(client, clerk):
    sign_in(client, "clerk", "wrong")
    sign_in(client, "clerk", factories.PASSWORD)
    client.post("/admin/logout/", REMOTE_ADDR="203.0.113.7")
    here = ("clerk", "203.0.113.7")
    assert noted() == [("sign_in_failed", *here), ("sign_in", *here), ("sign_out", *here)]
    assert {event.county for event in Event.objects.all()} == {clerk.county}


def test_a_password_in_the_wrong_field_is_not_kept_and_a_flood_leaves_one_line(client, county):
    for number in range(3):
        sign_in(client, f"my secret phrase {number}", "")
        sign_in(client, f"my secret phrase {number}", "x")
    sign_in(client, "nul\0", "x")
    assert noted() == [("sign_in_failed", "", "203.0.113.7")]


def test_a_lock_is_noted_once(client, settings, administrator):
    for _ in range(settings.AXES_FAILURE_LIMIT + 3):
        sign_in(client, "administrator", "wrong")
    assert [act for act, _subject, _address in noted()].count("locked_out") == 1


# --- The first administrator ---


@pytest.mark.parametrize("password", ["short", "administrator1", "123456789012", "password12345"])
def test_the_first_administrator_has_no_weak_password(password, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    with pytest.raises((CommandError, ValidationError)):
        call_command("createsuperuser", interactive=False, username="administrator", email="a@example.org")
    assert not User.objects.exists()


def test_the_first_administrator_comes_by_a_command(monkeypatch, capsys, client):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", interactive=False, username="administrator", email="a@example.org")
    person = User.objects.get()
    assert (person.role, person.is_superuser, person.county) == (Role.SITE_ADMIN, False, None)
    assert sign_in(client, "administrator", PASSWORD).status_code == 302


# --- The second step ---


def shown_by(device, steps=0):
    """The digits that the phone shows now, or some steps later."""
    device.refresh_from_db()
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = totp.time + steps * device.step
    return f"{totp.token():06d}"


@pytest.fixture
def phone(clerk):
    return TOTPDevice.objects.create(user=clerk, name="phone", confirmed=True)


def test_who_has_no_second_step_needs_none(client, clerk):
    sign_in(client, "clerk", factories.PASSWORD)
    assert client.get("/admin/").status_code == 200


def test_a_password_alone_leads_to_the_second_step_and_nowhere_else(client, clerk, phone):
    assert sign_in(client, "clerk", factories.PASSWORD).status_code == 302
    for address in ["/admin/", "/admin/accounts/department/", "/admin/password_change/", "/admin/jsi18n/"]:
        answer = client.get(address, follow=True)
        assert answer.request["PATH_INFO"] == "/admin/second-step/"
    assert client.get("/admin/second-step/setup/").status_code == 302  # no second phone past the first
    assert not Event.objects.filter(action="sign_in").exists()


def test_a_right_code_lets_in_once(client, clerk, phone):
    sign_in(client, "clerk", factories.PASSWORD)
    code = shown_by(phone)
    answer = client.post("/admin/second-step/", {"code": code, "next": "/admin/accounts/department/"})
    assert answer.url == "/admin/accounts/department/"
    assert client.get(answer.url).status_code == 200
    assert Event.objects.get().action == "sign_in"
    again = Client()
    sign_in(again, "clerk", factories.PASSWORD)
    assert again.post("/admin/second-step/", {"code": code}).status_code == 200


def test_a_wrong_code_is_noted_and_slows_down(client, clerk, phone):
    sign_in(client, "clerk", factories.PASSWORD)
    code = shown_by(phone)
    wrong = f"{(int(code) + 1) % 10**6:06d}"
    assert client.post("/admin/second-step/", {"code": wrong}).status_code == 200
    assert client.post("/admin/second-step/", {"code": code}).status_code == 200  # too soon after a wrong one
    assert [event.action for event in Event.objects.all()] == ["second_step_refused"] * 2


def test_nobody_is_sent_elsewhere_after_it(client, clerk, phone):
    sign_in(client, "clerk", factories.PASSWORD)
    answer = client.post("/admin/second-step/", {"code": shown_by(phone), "next": "https://example.invalid/"})
    assert answer.url == "/admin/"


def test_a_role_that_must_sets_it_up_and_gets_recovery_codes_for_once(client, clerk, settings):
    settings.SECOND_STEP_ROLES = ["editor"]
    sign_in(client, "clerk", factories.PASSWORD)
    page = client.get("/admin/", follow=True)
    assert page.request["PATH_INFO"] == "/admin/second-step/setup/"
    assert "<svg" in page.content.decode()
    device = TOTPDevice.objects.get(user=clerk)
    assert secondstep.spelt(device) in page.content.decode()
    assert client.post("/admin/second-step/setup/", {"code": "000000x"}).status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    codes = client.post("/admin/second-step/setup/", {"code": shown_by(device)}).context["codes"]
    assert len(codes) == secondstep.RECOVERY_CODES
    assert client.get("/admin/").status_code == 200
    # Whose role must cannot do without again.
    client.post("/admin/second-step/setup/", {"end": "x"})
    assert secondstep.has_begun(clerk)

    lost_phone = Client()
    for status in (302, 200):  # the second time it is used up
        sign_in(lost_phone, "clerk", factories.PASSWORD)
        answer = lost_phone.post("/admin/second-step/", {"code": codes[0].upper()})
        assert answer.status_code == status
        lost_phone.post("/admin/logout/")
    assert StaticToken.objects.count() == len(codes) - 1


def test_who_may_takes_it_up_and_leaves_it_again(client, clerk):
    client.force_login(clerk)
    client.get("/admin/second-step/setup/")
    device = TOTPDevice.objects.get(user=clerk)
    client.post("/admin/second-step/setup/", {"code": shown_by(device)})
    assert client.get("/admin/").status_code == 200
    client.post("/admin/second-step/setup/", {"end": "x"})
    assert not secondstep.has_begun(clerk)
    acts = Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["second_step_begun", "second_step_ended"]


def test_a_lost_phone_is_taken_away_with_the_link(signed_in, keeper, clerk, phone):
    signed_in(keeper).post(f"/admin/accounts/user/{clerk.pk}/link/", {"also_second_step": "on"})
    assert not secondstep.has_begun(clerk)


def test_a_misspelt_role_is_told_when_the_portal_starts(settings):
    settings.SECOND_STEP_ROLES = ["editors", "keeper"]
    (error,) = check_second_step(None)
    assert "editors" in error.msg
