"""Public comment on a draft: frozen, shown, commented, answered, closed; placeholders; previews behind a link."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.signing import dumps
from django.test import Client
from django.urls import reverse

from accounts.models import Event
from accounts.pacing import Pace
from catalog import publishing
from catalog.choices import EditionState, StepKind
from catalog.models import Comment, CommentRound, Entry
from catalog.placeholders import placeholder_in, placeholders_in
from catalog.previewing import SALT, link_to
from tests.catalog.workbooks import written

ROWS = written(
    [
        [1, "基本服务", "低保申请", "行政给付", "民政民生办公室", "", "", ""],
        [2, "基本服务", "生育登记", "公共服务", "公共服务中心", "", "", ""],
    ]
)
TODAY, LAST_DAY, AFTER = date(2026, 3, 10), date(2026, 3, 20), date(2026, 3, 21)


@pytest.fixture
def draft(imported, clerk, clock):
    clock("2026-03-10 12:00")
    return publishing.confirm(edition=imported(ROWS), by=clerk)


@pytest.fixture
def period(draft, clerk):
    return publishing.open_comment(edition=draft, by=clerk, on=TODAY, last_day=LAST_DAY, notice="欢迎提意见")


def at(name, *args):
    return reverse(f"admin:catalog_edition_{name}", args=args)


def announce(draft, by, **options):
    return publishing.announce(edition=draft, by=by, published_on=TODAY, effective_on=TODAY, **options)


def test_a_draft_open_for_comment_stays_as_it_is(draft, period, clerk):
    entry = draft.entries.first()
    for act in (publishing.write_entry, publishing.remove_entry):
        with pytest.raises(ValidationError, match="征求意见"):
            act(entry=entry, by=clerk)
    with pytest.raises(ValidationError, match="征求意见"):
        announce(draft, clerk)


def test_changing_it_takes_a_reason_and_a_new_period(draft, period, clerk):
    with pytest.raises(ValidationError) as problem:
        publishing.close_comment(edition=draft, by=clerk, on=TODAY)
    assert list(problem.value.error_dict) == ["reason"]
    publishing.close_comment(edition=draft, by=clerk, on=TODAY, reason="漏列一项")
    publishing.write_entry(entry=Entry(edition=draft, name="法律援助"), by=clerk)
    second = publishing.open_comment(edition=draft, by=clerk, on=TODAY, last_day=LAST_DAY)
    assert second.token != period.token
    assert second.digest != period.digest
    assert not draft.steps.filter(kind=StepKind.COMMENT).exists()


def test_a_period_that_ran_its_course_is_a_step_on_the_road(draft, period, clerk):
    publishing.give_comment(period=period, on=TODAY, text="办理时间太短")
    publishing.close_comment(edition=draft, by=clerk, on=AFTER)
    step = draft.steps.get(kind=StepKind.COMMENT)
    assert (step.done_on, step.note) == (LAST_DAY, "1 条意见")
    draft.refresh_from_db()
    assert draft.state == EditionState.DRAFT


def test_comments_are_taken_on_the_days_of_the_period_only(draft, period):
    assert publishing.give_comment(period=period, on=LAST_DAY, text="可以").receipt
    with pytest.raises(ValidationError):
        publishing.give_comment(period=period, on=AFTER, text="晚了")


def test_a_draft_the_public_has_seen_is_given_up_and_not_deleted(draft, period, clerk, resident):
    with pytest.raises(ValidationError):
        publishing.discard(edition=draft, by=clerk)
    publishing.give_up(edition=draft, by=clerk, on=TODAY, reason="政策调整")
    page = resident.get(period.get_absolute_url()).content.decode()
    assert "政策调整" in page
    assert "低保申请" not in page


def test_a_resident_reads_the_draft_and_comments_on_an_entry(draft, period, resident, clerk):
    address = period.get_absolute_url()
    page = resident.get(address)
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies
    text = page.content.decode()
    assert "低保申请" in text
    assert "欢迎提意见" in text
    code = draft.entries.get(name="低保申请").item.code
    assert resident.get(f"{address}{code}/").status_code == 200
    sent = resident.post(f"{address}comment/", {"text": "建议增加代办", "entry": code})
    comment = Comment.objects.get()
    assert sent.url == f"/990101/receipts/{comment.receipt}/"
    assert comment.entry_name == "低保申请"
    publishing.answer_comment(comment=comment, by=clerk, verdict="partly", answer="在两个镇试行代办")
    assert "在两个镇试行代办" in resident.get(sent.url).content.decode()


def test_a_comment_is_bounded_and_plain(period, resident):
    address = f"{period.get_absolute_url()}comment/"
    for text in ("", "  ", "长" * 2001):
        answer = resident.post(address, {"text": text})
        assert answer.status_code == 200
        assert "field-error" in answer.content.decode()
    assert resident.post(address, {"text": "空\0字"}).status_code == 400
    assert resident.post(address, {"text": "好", "entry": "99999999999"}).status_code == 302
    assert Comment.objects.get().item is None


def test_a_comment_from_another_site_is_refused(period):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(f"{period.get_absolute_url()}comment/", {"text": "好"}).status_code == 403


def test_who_sends_too_many_comments_in_an_hour_waits(period, resident, monkeypatch):
    monkeypatch.setattr("catalog.views.drafts.COMMENTS", Pace("few comments", most=3, seconds=3600))
    address = f"{period.get_absolute_url()}comment/"
    answers = [resident.post(address, {"text": f"意见{n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3600
    assert Comment.objects.count() == 3


def test_nothing_of_a_sender_is_kept(period, resident):
    resident.post(f"{period.get_absolute_url()}comment/", {"text": "好"}, REMOTE_ADDR="203.0.113.9")
    assert "203.0.113.9" not in str(list(Comment.objects.values()))
    assert not Event.objects.filter(subject_type="catalog.comment").exists()


@pytest.mark.parametrize("address", ["drafts/aaaaaaaaaaaaaa/", "receipts/AAAAAAAAAA/", "drafts/x/"])
def test_an_address_nobody_gave_away_leads_nowhere(address, period, resident):
    assert resident.get(f"/990101/{address}").status_code == 404
    county = period.get_absolute_url().replace("990101", "990102")
    assert resident.get(county).status_code == 404


def test_what_became_of_the_comments_is_published_with_the_edition(draft, period, clerk, resident):
    for verdict in ("taken", "not_taken"):
        comment = publishing.give_comment(period=period, on=TODAY, text="意见")
        publishing.answer_comment(comment=comment, by=clerk, verdict=verdict, answer="见说明")
    publishing.close_comment(edition=draft, by=clerk, on=AFTER)
    publishing.write_summary(period=period, by=clerk, summary="采纳了关于代办的建议。")
    edition = announce(draft, clerk)
    page = resident.get(edition.get_absolute_url()).content.decode()
    assert "采纳了关于代办的建议。" in page
    assert "采纳 1 条" in page
    assert resident.get(period.get_absolute_url()).url == edition.get_absolute_url()


def test_leading_the_comment_is_no_work_on_the_words(draft, clerk, approver, qinghe):
    qinghe.needs_second_person = True
    qinghe.save()
    period = publishing.open_comment(edition=draft, by=approver, on=TODAY, last_day=LAST_DAY)
    publishing.close_comment(edition=draft, by=approver, on=AFTER)
    publishing.write_summary(period=period, by=approver, summary="没有意见")
    assert announce(draft, approver).announced_by == approver


def test_the_periods_are_led_on_the_road_page(draft, clerk, auditor, signed_in):
    browser = signed_in(clerk)
    assert (
        signed_in(auditor).post(at("open_comment", draft.pk), {"last_day": "2026-03-20"}).status_code == 403
    )
    browser.post(at("open_comment", draft.pk), {"last_day": "2026-03-10"})
    assert not CommentRound.objects.exists()
    browser.post(at("open_comment", draft.pk), {"last_day": "2026-03-20"})
    period = CommentRound.objects.get()
    assert period.get_absolute_url() in browser.get(at("road", draft.pk)).content.decode()
    browser.post(at("close_comment", draft.pk), {"reason": "需要修改"})
    browser.post(at("summary", draft.pk), {"summary": "没有意见"})
    period.refresh_from_db()
    assert (period.reason, period.summary) == ("需要修改", "没有意见")


def test_comments_are_answered_in_the_admin(period, clerk, township_clerk, other_clerk, signed_in):
    comment = publishing.give_comment(period=period, on=TODAY, text="意见")
    address = reverse("admin:catalog_comment_change", args=[comment.pk])
    browser = signed_in(clerk)
    version = browser.get(address).context["adminform"].form.initial["version"]
    said = {"verdict": "taken", "answer": "已采纳", "version": version}
    assert signed_in(township_clerk).post(address, said).status_code == 403
    assert signed_in(other_clerk).get(address).status_code == 302
    assert browser.post(address, said | {"answer": ""}).status_code == 200
    assert browser.post(address, said).status_code == 302
    comment.refresh_from_db()
    assert (comment.verdict, comment.answered_by) == ("taken", clerk)


# --- Placeholders ---


@pytest.mark.parametrize(
    "text", ["XX县", "ＸＸ局", "××镇", "见【　】", "〔2026〕[ ]号", "电话：____", "待补充", "□□"]
)
def test_placeholders_are_found(text):
    assert placeholder_in(text)


@pytest.mark.parametrize("text", ["【法律】《民法典》", "xx.example", "X光检查", "〔2026〕3号", "□是 □否"])
def test_what_lists_print_is_no_placeholder(text):
    assert not placeholder_in(text)


def test_nothing_with_placeholders_is_announced_or_shown(draft, clerk, signed_in):
    entry = draft.entries.get(name="低保申请")
    entry.requirements = "XX县户籍"
    publishing.write_entry(entry=entry, by=clerk)  # while drafting it may stand
    assert [each.words for each in placeholders_in(draft)] == ["XX"]
    for act in (
        lambda: announce(draft, clerk),
        lambda: publishing.open_comment(edition=draft, by=clerk, on=TODAY, last_day=LAST_DAY),
    ):
        with pytest.raises(ValidationError, match="低保申请"):
            act()
    assert "XX" in signed_in(clerk).get(at("road", draft.pk)).content.decode()


# --- Previews ---


def test_a_signed_link_shows_the_draft_until_it_expires(draft, clerk, signed_in, resident, clock):
    signed_in(clerk).post(at("preview_link", draft.pk))
    assert Event.objects.about(draft).filter(action="preview_link").exists()
    address = reverse("preview", args=[link_to(draft)])
    page = resident.get(address)
    assert "低保申请" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex"
    assert resident.get(f"{address}{draft.entries.first().item.code}/").status_code == 200
    clock("2026-03-17 12:01")
    assert resident.get(address).status_code == 404


@pytest.mark.parametrize("signed", [None, "x", [1, "a"], [1, 2]])
def test_a_link_nobody_signed_shows_nothing(signed, draft, resident):
    token = dumps(signed, salt=SALT) if signed else "W1:2:3"
    assert resident.get(f"/preview/{token}/").status_code == 404


def test_what_has_been_announced_is_read_at_its_own_address(draft, clerk, resident):
    address = reverse("preview", args=[link_to(draft)])
    edition = announce(draft, clerk)
    assert resident.get(address).url == edition.get_absolute_url()
