import pytest

pytestmark = pytest.mark.django_db


def test_pages_come_with_a_strict_policy(client):
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_uploads_have_no_public_address(client, settings):
    assert client.get(f"{settings.MEDIA_URL}anything.xlsx").status_code in {302, 404}
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.STATIC_ROOT))


def test_admin_has_one_address(client):
    assert client.get("/en/admin/").status_code == 404
