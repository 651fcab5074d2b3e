import pytest

from accounts.addresses import client_address

FORGED, CLIENT, OUTER, INNER = "6.6.6.6", "203.0.113.7", "10.0.0.1", "10.0.0.2"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, INNER),
        (0, FORGED, INNER),
        (1, CLIENT, CLIENT),
        (1, f"{FORGED}, {CLIENT}", CLIENT),
        (2, f"{FORGED}, {CLIENT}, {OUTER}", CLIENT),
        # A proxy that says nothing, or fewer than there should be: what the connection says.
        (1, None, None),
        (2, CLIENT, INNER),
        (1, "unknown", None),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_address_is_what_our_own_proxies_heard(rf, settings, proxies, forwarded, expected):
    settings.PORTAL_PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    request = rf.get("/", REMOTE_ADDR=INNER, **headers)
    assert client_address(request) == expected


def test_address_of_a_unix_socket_is_none(rf):
    assert client_address(rf.get("/", REMOTE_ADDR="")) is None
