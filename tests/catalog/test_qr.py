import pytest

from catalog import qr
from catalog.qr import qr_code
from tests.qr import decoded

ADDRESSES = [  # several of one length, which are made of one another
    "https://example.gov.cn/990101/items/1/",
    "https://example.gov.cn/990102/items/7/",
    "https://example.gov.cn/990817/items/9/",
    "https://example.gov.cn/t/990101100/items/1/?on=2024-06-01",
    "https://example.gov.cn/t/990317204/items/8/?on=2026-12-31",
    "HTTPS://EXAMPLE.GOV.CN/990101/ITEMS/1/",  # segno would write capitals in another way
    "https://example.gov.cn/990101/categories/" + "a" * 300,
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_read_back(address):
    assert decoded(qr_code(address)) == [address]


def test_an_address_unlike_the_first_of_its_length_is_made_anew(monkeypatch):
    monkeypatch.setattr(qr, "_change", lambda *about: pytest.fail("made of single changes"))
    addresses = [f"https://example.gov.cn/{sign * 40}/" for sign in "ab"]
    assert [decoded(qr_code(each)) for each in addresses] == [[each] for each in addresses]


def test_what_is_no_ascii_is_read_as_a_link_says_it():
    assert decoded(qr_code("https://example.gov.cn/乡镇/")) == ["https://example.gov.cn/%E4%B9%A1%E9%95%87/"]
