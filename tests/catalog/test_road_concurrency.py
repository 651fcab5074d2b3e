"""Two people at one moment on the road of a change, on a real PostgreSQL: one is told, nothing is lost."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from catalog import publishing
from catalog.choices import GuideState, StepKind
from catalog.models import Edition, Guide
from tests import factories
from tests.catalog import published
from tests.catalog.test_concurrency import in_thread

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 3, 10)


@pytest.fixture
def draft(services, clerk):
    published.issue(services, ["低保申请", "生育登记", "老年证办理"])
    draft = publishing.begin_revision(item_list=services, by=clerk)
    draft.document_number = "青政发〔2026〕1号"
    return publishing.write_record(edition=draft, by=clerk)


def at_once(*works):
    """Start all at one moment; their results in order, an exception being one."""
    start = threading.Barrier(len(works))

    def waiting(work):
        start.wait()
        return work()

    threads = [in_thread(lambda work=work: waiting(work)) for work in works]
    for thread, _results in threads:
        thread.join()
    return [results[0] for _thread, results in threads]


def announce(draft, by):
    return publishing.announce(edition=draft, by=by, published_on=DAY, effective_on=DAY)


def test_of_two_approvers_one_announces(draft, approver, county):
    county.needs_second_person = True
    county.save()
    second = factories.make_user(Role.APPROVER, county)
    results = at_once(lambda: announce(draft, approver), lambda: announce(draft, second))
    assert sorted(type(result).__name__ for result in results) == ["Edition", "ValidationError"]
    assert draft.steps.filter(kind=StepKind.ANNOUNCEMENT).count() == 1


def test_an_edit_beside_an_announcement_is_in_it_or_refused(draft, clerk, approver):
    entry = draft.entries.get(name="低保申请")
    entry.remark = "改"
    edited, announced = at_once(
        lambda: publishing.write_entry(entry=entry, by=clerk), lambda: announce(draft, approver)
    )
    assert isinstance(announced, Edition)
    stored = draft.entries.get(pk=entry.pk)
    assert stored.remark == ("" if isinstance(edited, ValidationError) else "改")
    assert stored.digest == stored.compute_digest()


def test_of_two_editors_who_save_one_page_one_is_told(draft, clerk, county):
    entry = draft.entries.get(name="低保申请")
    address = reverse("admin:catalog_entry_change", args=[entry.pk])
    browsers = []
    for person in (clerk, factories.make_user(Role.EDITOR, county)):
        browser = Client()
        browser.force_login(person)
        browsers.append(browser)
    form = browsers[0].get(address).context["adminform"].form
    page = {name: form.initial.get(name) or "" for name in form.fields}
    page |= {"bases-TOTAL_FORMS": 0, "bases-INITIAL_FORMS": 0}
    answers = at_once(
        *(
            lambda browser=browser, remark=remark: browser.post(address, page | {"remark": remark})
            for browser, remark in zip(browsers, "甲乙", strict=True)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    kept = "甲" if answers[0].status_code == 302 else "乙"
    assert draft.entries.get(pk=entry.pk).remark == kept


def test_of_two_answers_to_a_proposal_one_counts(draft, clerk, approver, county):
    county.needs_second_person = True
    county.save()
    item = draft.entries.first().item
    proposal = publishing.propose_guide(item=item, by=clerk, valid_from=DAY)
    Guide.objects.filter(pk=proposal.pk).update(state=GuideState.PROPOSED)
    second = factories.make_user(Role.APPROVER, county)
    results = at_once(
        lambda: publishing.approve_guide(guide=proposal, by=approver, on=DAY),
        lambda: publishing.refuse_guide(guide=proposal, by=second, reason="不对"),
    )
    assert sorted(type(result).__name__ for result in results) == ["Guide", "ValidationError"]
    won = next(result for result in results if isinstance(result, Guide))
    assert Guide.objects.get(pk=proposal.pk).state == won.state
