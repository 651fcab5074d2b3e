"""Errors and gaps that readers report: taken in without a name, on the desk of those concerned, answered by receipt."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.desk import waiting_for
from accounts.models import Event
from accounts.pacing import Pace
from catalog import hearing
from catalog.models import Comment, CommentRound, Entry, Feedback, MissedSearch
from tests import factories

from . import published
from .pages import Page

pytestmark = pytest.mark.django_db
HERE, ITEM = "/t/990101100/items/2/report/", "/990101/items/2/report/"
DAY = date(2026, 3, 10)


@pytest.fixture
def responsible(portal):
    """The department behind the item, as the list names it."""
    department = portal.county.departments.get(name="县民政局")
    Entry.objects.filter(item__number=2).update(department=department)
    return department


def waiting(person):
    """How many reports wait on somebody's desk."""
    return [count for task, count in waiting_for(person, DAY) if "群众反映" in str(task.label)]


@pytest.mark.parametrize("address", [HERE, ITEM])
def test_a_reader_reports_an_error_and_reads_the_answer(client, responsible, clerk, address):
    page = client.get(address.removesuffix("report/"))
    assert f'href="{address}"' in page.content.decode()
    assert not page.cookies
    form = client.get(address)
    assert form["X-Robots-Tag"] == "noindex"
    assert not Page(form).faults
    sent = client.post(address, {"text": "电话打不通"}, REMOTE_ADDR="203.0.113.9")
    feedback = Feedback.objects.get()
    assert sent.url == f"/990101/receipts/{feedback.receipt}/"
    assert "203.0.113.9" not in str(list(Feedback.objects.values()))
    assert not Event.objects.filter(subject_type="catalog.feedback").exists()
    hearing.answer_feedback(feedback=feedback, by=clerk, verdict="mended", answer="已改为新号码")
    answer = client.get(sent.url)
    assert not Page(answer).faults
    assert "已改为新号码" in answer.content.decode()


def test_it_waits_with_those_it_concerns(client, responsible, township, clerk):
    people = {
        "their department": factories.make_user(Role.DEPARTMENT, department=responsible),
        "other department": factories.make_user(
            Role.DEPARTMENT, department=responsible.county.departments.get(name="县教育局")
        ),
        "their township": factories.make_user(Role.TOWNSHIP, township=township),
        "other township": factories.make_user(
            Role.TOWNSHIP, township=factories.make_township(township.county, 105)
        ),
        "editor": clerk,
    }
    client.post(HERE)
    assert {who: waiting(person) for who, person in people.items()} == {
        "their department": [1],
        "other department": [],
        "their township": [1],
        "other township": [],
        "editor": [1],
    }
    client.post(ITEM)
    assert waiting(people["their department"]) == [2]
    assert waiting(people["their township"]) == [1]


def test_reports_that_say_no_more_are_one_line_until_it_is_answered(client, responsible, clerk):
    first, second = client.post(HERE), client.post(HERE)
    assert first.url == second.url
    feedback = Feedback.objects.get()
    assert feedback.times == 2
    client.post(HERE, {"text": "地址错了"})
    hearing.answer_feedback(feedback=feedback, by=clerk, verdict="stands", answer="核实无误")
    assert client.post(HERE).url != first.url
    assert Feedback.objects.count() == 3


def test_there_is_nothing_to_report_about_an_item_on_no_list_in_force(client, portal):
    for number in (4, 5, 99):  # former, coming, none
        assert client.get(f"/990101/items/{number}/report/").status_code == 404
        assert client.post(f"/990101/items/{number}/report/").status_code == 404


def test_a_report_is_bounded_and_plain(client, portal):
    assert "field-error" in client.post(HERE, {"text": "长" * 1001}).content.decode()
    assert client.post(HERE, {"text": "空\0字"}).status_code == 400
    assert not Feedback.objects.exists()


def test_a_form_of_another_site_reports_nothing(portal):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(HERE, {"text": "好"}).status_code == 403
    asked = {"q": "宇宙飞船", "county": "990101"}
    for header in (
        {"Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ):
        assert browser.post("/search/missing/", asked, headers=header).url.startswith("/search/?")
    assert not Feedback.objects.exists()
    assert browser.post("/search/missing/", asked, headers={"Origin": "http://testserver"}).status_code == 302
    assert Feedback.objects.get().words == "宇宙飞船"


def test_who_reports_too_often_within_an_hour_waits(client, portal, monkeypatch):
    few = Pace("few reports", most=2, seconds=3600)
    monkeypatch.setattr("catalog.views.hearing.REPORTS", few)
    monkeypatch.setattr("catalog.views.searching.REPORTS", few)
    asked = {"q": "宇宙飞船", "county": "990101"}
    answers = [client.post(HERE), client.post("/search/missing/", asked), client.post(HERE)]
    answers.append(client.post("/search/missing/", asked))
    assert [answer.status_code for answer in answers] == [302, 302, 429, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600


def test_what_is_missing_is_told_with_one_button(client, portal, township):
    asked = {"q": "宇宙飞船", "township": township.code}
    page = client.get("/search/", asked)
    assert 'action="/search/missing/"' in page.content.decode()
    assert not page.cookies
    sent = client.post("/search/missing/", asked)
    assert not sent.cookies
    assert "宇宙飞船" in client.get(sent.url).content.decode()
    client.post("/search/missing/", asked | {"text": "想坐飞船"})
    assert sorted(Feedback.objects.values_list("words", "text", "township")) == [
        ("宇宙飞船", "", township.pk),
        ("宇宙飞船", "想坐飞船", township.pk),
    ]
    assert MissedSearch.objects.get().told == 2


def test_staff_answer_in_the_admin_and_never_without_words(portal, clerk, other_clerk, auditor, signed_in):
    feedback = Feedback.objects.create(county=portal.county, kind="missing", words="飞船", received_on=DAY)
    address = reverse("admin:catalog_feedback_change", args=[feedback.pk])
    browser = signed_in(clerk)
    said = {
        "verdict": "passed_on",
        "answer": "已转县民政局",
        "version": browser.get(address).context["adminform"].form.initial["version"],
    }
    assert signed_in(auditor).post(address, said).status_code == 403
    assert signed_in(other_clerk).get(address).status_code == 302
    browser.post(address, said | {"answer": ""})
    feedback.refresh_from_db()
    assert not feedback.verdict
    browser.post(address, said)
    feedback.refresh_from_db()
    assert (feedback.verdict, feedback.answered_by) == ("passed_on", clerk)
    assert Event.objects.about(feedback).filter(action="feedback_answer").exists()


@pytest.mark.parametrize(
    "values",
    [{"verdict": "mended"}, {"answer": "好"}, {"words": ""}],
    ids=["no reason", "no verdict", "nothing"],
)
def test_a_report_says_what_it_is_about_and_is_answered_in_full(portal, values):
    said = {"kind": "missing", "words": "飞船", "received_on": DAY, "county": portal.county}
    Feedback(**said).full_clean()
    with pytest.raises(ValidationError):
        Feedback(**said | values).full_clean()


def test_a_receipt_is_found_by_its_number(client, portal, clerk):
    feedback = Feedback.objects.create(
        county=portal.county, kind="missing", words="飞船", received_on=DAY, receipt="ABCDEFGHJK"
    )
    draft = published.issue(
        portal, ["草案事项"], state="draft", created_by=clerk, effective_on=date(2026, 9, 1)
    )
    period = CommentRound.objects.create(edition=draft, opens_on=DAY, closes_on=date(2026, 4, 1))
    comment = Comment.objects.create(round=period, text="好", received_on=DAY)
    assert not Page(client.get("/990101/receipts/")).faults
    for typed in (" abcde fghjk ", comment.receipt.lower()):
        found = client.get("/990101/receipts/", {"number": typed})
        assert client.get(found.url).status_code == 200
    for typed in ("ABCDEFGHJL", "x", "长" * 500, "1" * 10):
        assert client.get("/990101/receipts/", {"number": typed}).status_code == 200
    assert client.get(f"/990102/receipts/{feedback.receipt}/").status_code == 404


def test_old_reports_go_once_they_are_answered(county, clerk, settings, capsys):
    settings.REPORTS_KEPT_DAYS = 100
    for words, answered_days_ago in [("旧的", 101), ("新的", 99), ("没有答复", None)]:
        feedback = Feedback.objects.create(county=county, kind="missing", words=words, received_on=DAY)
        if answered_days_ago is not None:
            hearing.answer_feedback(feedback=feedback, by=clerk, verdict="stands", answer="核实无误")
            moment = timezone.now() - timedelta(days=answered_days_ago)
            Feedback.objects.filter(pk=feedback.pk).update(answered_at=moment)
    call_command("purge_reports", dry_run=True)
    assert Feedback.objects.count() == 3
    call_command("purge_reports")
    assert "1 reports removed" in capsys.readouterr().out
    assert set(Feedback.objects.values_list("words", flat=True)) == {"新的", "没有答复"}
    assert Event.objects.get(action="purge_reports").details["count"] == 1
