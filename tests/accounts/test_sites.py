"""The admin's own pages: who gets in, in which language, and what waits on the desk."""

import pytest

from accounts import desk

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


@pytest.fixture
def tasks(monkeypatch):
    """The registry, empty and put back afterwards."""
    monkeypatch.setattr(desk, "tasks", [])
    return desk.tasks


def test_residents_are_asked_to_sign_in(resident):
    assert resident.get(INDEX).url.startswith("/admin/login/")


def test_chinese_is_spoken_unless_the_browser_asks_otherwise(signed_in, clerk):
    browser = signed_in(clerk)
    assert 'lang="zh-hans"' in browser.get(INDEX).content.decode()
    assert 'lang="en"' in browser.get(INDEX, headers={"accept-language": "en-GB,en;q=0.8"}).content.decode()
    browser.cookies["django_language"] = "zh-hans"
    assert 'lang="zh-hans"' in browser.get(INDEX, headers={"accept-language": "en"}).content.decode()


def test_the_sign_in_page_speaks_like_the_others(client):
    address = "/admin/login/"
    assert 'lang="zh-hans"' in client.get(address).content.decode()
    assert 'lang="en"' in client.get(address, headers={"accept-language": "en"}).content.decode()


def test_the_desk_shows_what_waits_for_this_person(signed_in, clerk, approver, tasks):
    tasks.append(
        desk.Task(
            label="待审核 <清单>",
            count=lambda person, today: 3 if person == approver else 0,
            address=lambda person: "/admin/somewhere/?state=draft",
        )
    )
    page = signed_in(approver).get(INDEX).content.decode()
    assert '<a href="/admin/somewhere/?state=draft">待审核 &lt;清单&gt;</a> (3)' in page
    assert "待审核" not in signed_in(clerk).get(INDEX).content.decode()


def test_each_role_sees_its_own_tables(signed_in, clerk, keeper, site_admin):
    seen = {
        person.username: {
            model["object_name"]
            for app in signed_in(person).get(INDEX).context["app_list"]
            for model in app["models"]
            if app["app_label"] == "accounts"
        }
        for person in (clerk, keeper, site_admin)
    }
    assert "User" not in seen["clerk"]
    assert "User" in seen["keeper"]
    assert seen["site_admin"] == {"County", "User", "Event"}


def test_strangers_to_the_portal_are_not_registered(signed_in, site_admin):
    """Groups, and the lists of packages that know nothing of counties."""
    labels = {app["app_label"] for app in signed_in(site_admin).get(INDEX).context["app_list"]}
    assert labels.isdisjoint({"auth", "axes"})
