import pytest

pytestmark = pytest.mark.django_db


def test_pages_come_with_a_strict_policy(client):
    policy = client.get("/admin/login/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_uploads_have_no_public_address(client, settings):
    assert client.get(f"{settings.MEDIA_URL}anything.xlsx").status_code in {302, 404}
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.STATIC_ROOT))


@pytest.mark.parametrize("address", ["/admin/%00/", "/admin/?q=%00", "/%00/", "/en/%00/"])
def test_nul_is_a_bad_request(client, address):
    assert client.get(address).status_code == 400


def test_nul_in_a_cookie_is_a_bad_request(client):
    assert client.get("/admin/", headers={"cookie": r'sessionid="a\000b"'}).status_code == 400


def test_admin_has_one_address(client):
    assert client.get("/en/admin/").status_code == 404
