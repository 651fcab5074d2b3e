import pytest
from django.contrib.auth import SESSION_KEY

from accounts.idling import LAST_SEEN, STEP
from accounts.models import User

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
