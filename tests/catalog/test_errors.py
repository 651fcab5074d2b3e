"""Pages for what went wrong: plain words, a way back, and nothing they could stumble over."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_page_needs_no_context_and_no_database(name, language):
    """Without `django_db`, a query would fail the test."""
    with translation.override(language):
        text = render_to_string(f"{name}.html")
    assert "12345" in text
    assert text.count("<h1>") == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_server_error_is_shown_in_plain_words(db, monkeypatch, language):
    def fail(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("catalog.views.places.page_of", fail)
    response = Client(raise_request_exception=False).get("/en/" if language == "en" else "/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_form_without_its_token_is_explained(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "没有保存" in response.content.decode()


def test_foreign_host_is_refused_in_plain_words(db, client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "无法识别您的请求" in response.content.decode()
