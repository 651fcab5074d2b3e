"""Every public address with what no reader would send: never an error of ours, and nothing of our insides shown.

Addresses are made from the patterns themselves, so a new page is tried without anybody adding it here.
`FUZZ_REQUESTS=20000 pytest tests/catalog/test_hostile_readers.py` goes on with probes put together at random.
"""

import os
import random
import re
from datetime import date
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from catalog import publishing
from catalog.choices import EditionState
from catalog.models import Comment, Feedback
from catalog.search.indexing import rebuild

from . import published

pytestmark = pytest.mark.django_db

# What stands in an address for each converter; others are given a word.
SAMPLES = {
    "county": ["990101"],
    "township": ["990101100"],
    "item": ["2", "99"],
    "category": ["social"],
    "list": ["public_services"],
    "edition": ["2025-07-15"],
    "position": ["1"],
    "form": ["json", "csv"],
    "table": ["csv"],
    "paper": ["form"],
}
INSIDES = re.compile(r"Traceback|Exception|/site-packages/|django\.|psycopg|sqlite3|SELECT |\.py\b")
MANY = "&".join(f"a{number}=1" for number in range(1500))
ODD_QUERIES = [
    f"page={10**30}&on=2025-13-99&county=x&township=0",
    "page=-1&page=0&on=9999-12-31&q=%27%22%5C%25_*()&sort=1;--&event=birth&event=none&audience=",
    "on=0000-00-00&with=0001-01-01&q[]=a&page=%C2%85&mode=elder%0d%0aSet-Cookie:x=1&q=%E2%80%AE%F0%A0%AE%B7"
    + "%E9%95%BF" * 6000,  # 54 KB
    MANY,
]
BROKEN = ["q=%00", "%00=1", "page=%FF%FE", "on=%C0%80", "q=%ED%A0%80", "q=a\0b", "q=\xff"]
BROKEN_COOKIES = ['township="\\000"', "township=\xff\xfe", "mode=\xc0\x80", "township=990101100\0"]
ODD_COOKIES = ["township=" + "9" * 9000, "sessionid=';--; csrftoken=%00; mode=; =; ;;;township=%E9%95%BF"]
FORM = "application/x-www-form-urlencoded"
BROKEN_BODIES = [b"text=a%00b", b"text=%FF%FE", b"\0", b"q=\xff", b"text=%ED%A0%80"]
ODD_BODIES = [
    (MANY.encode(), FORM),
    (b"text=" + b"a" * 3_000_000, FORM),
    (b"{\0", "application/json"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"x", "multipart/form-data"),
    (b"text=a", FORM + "; charset=utf-7"),
]


class Prober(Client):
    """A client that is told of errors as a reader is."""

    def __init__(self):
        super().__init__(raise_request_exception=False)

    def ask(self, path, query="", *, method="GET", body=b"", kind=FORM, **environment):
        """The answer to exactly these bytes; a path is percent-encoded, a query goes out as it stands."""
        environment |= {"QUERY_STRING": query, "PATH_INFO": path}
        answer = self.generic(method, "/", body, content_type=kind if body else "", **environment)
        if answer.streaming:
            answer.getvalue()  # read to its end, its file is closed
        return answer


def patterns(resolver, before=""):
    """The route of every address outside the admin."""
    for each in resolver.url_patterns:
        route = before + str(getattr(each.pattern, "_route", ""))
        if route.startswith("admin/"):
            continue
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from patterns(each, route)


def addresses(**samples):
    """Each route with a sample in the place of each of its parts, twice where there are two samples."""
    known = SAMPLES | samples
    for route in sorted(set(patterns(get_resolver()))):
        for place in (0, -1):
            filled = re.sub(r"<(?:(\w+):)?\w+>", lambda part: known.get(part[1], ["word"])[place], route)  # noqa: B023
            yield "/" + filled


@pytest.fixture
def everything(portal, clerk):
    """Every public address, among them those of a draft open for comment and of receipts."""
    basis = {"effective_on": date(2027, 9, 1), "base": portal.editions.get(effective_on=published.COMING)}
    draft = published.issue(portal, [{"name": "草案", "number": 2}], state=EditionState.DRAFT, **basis)
    period = publishing.open_comment(
        edition=draft, by=clerk, on=published.TODAY, last_day=date(2026, 4, 1), notice=""
    )
    comment = Comment.objects.create(round=period, text="好", received_on=published.TODAY)
    report = Feedback.objects.create(
        county=portal.county, kind="missing", words="飞船", received_on=published.TODAY
    )
    receipts = [comment.receipt, report.receipt]
    return sorted(set(addresses(draft=[period.token], receipt=receipts)))


def faults(response, what, *, expected=()):
    """What is wrong with an answer, as lines; `expected` are the only statuses that will do."""
    status = response.status_code
    found = [f"{what}: {status}"] if status >= 500 or (expected and status not in expected) else []
    if status >= 400 and status != 405:
        text = response.content.decode()
        if INSIDES.search(text):
            found.append(f"{what}: shows {INSIDES.search(text)[0]}")
        if "12345" not in text or 'href="/' not in text or not re.search("[一-鿿]", text):
            found.append(f"{what}: {status} does not say what to do next")
    return found


def test_every_public_address_is_tried(everything):
    assert len(everything) > 30
    assert "/990101/items/2/" in everything
    assert not [address for address in everything if "<" in address]


def test_what_cannot_be_read_is_refused_everywhere(everything):
    prober, found = Prober(), []
    for path in everything:
        for query in BROKEN:
            found += faults(prober.ask(path, query), f"{path}?{query!r}", expected=[400])
        for cookie in BROKEN_COOKIES:
            answer = prober.ask(path, HTTP_COOKIE=cookie)
            found += faults(answer, f"{path} with {cookie!r}", expected=[400])
        for sign in ("\0", "\xff", "\xc0\x80"):
            found += faults(prober.ask(path + sign), f"{path}{sign!r}", expected=[400])
        for body in BROKEN_BODIES:
            answer = prober.ask(path, method="POST", body=body)
            found += faults(answer, f"{path} with the body {body!r}", expected=[400, 404])
    assert not found, "\n".join(found[:30])


def test_odd_questions_are_no_errors_of_ours(everything, django_assert_max_num_queries):
    prober, found = Prober(), []
    for path in everything:
        for query in ODD_QUERIES:
            with django_assert_max_num_queries(40):
                found += faults(prober.ask(path, query), f"{path}?{query[:80]}")
        for cookie in ODD_COOKIES:
            found += faults(prober.ask(path, HTTP_COOKIE=cookie), f"{path} with {cookie[:60]!r}")
        for body, kind in ODD_BODIES:
            answer = prober.ask(path, method="POST", body=body, kind=kind)
            found += faults(answer, f"{path} with the body {body[:40]!r} as {kind}")
        for method in ("OPTIONS", "BREW"):
            found += faults(prober.ask(path, method=method), f"{method} {path}")
        found += faults(prober.ask(path, HTTP_HOST="evil.example"), f"{path} of another host", expected=[400])
        headers = {"HTTP_ACCEPT_LANGUAGE": "x;q=\0,zh" * 900, "HTTP_X_FORWARDED_FOR": "\0, ::::"}
        found += faults(prober.ask(path, **headers), f"{path} with odd headers")
    for path in ("/" + "长" * 20_000, "/" + "a/" * 30_000, "/static/" + "x" * 60_000, "/en/" + "9" * 60_000):
        found += faults(prober.ask(path.encode().decode("latin-1")), path[:20], expected=[404])
    assert not found, "\n".join(found[:30])


def test_what_is_not_public_stands_on_no_page(everything, portal, clerk):
    """Drafts nowhere but at their own address; what is coming or withdrawn in no search and on no page of an item."""
    basis = {"base": portal.editions.get(effective_on=published.COMING), "created_by": clerk}
    rows = [{"name": "秘密事项", "number": 77}]
    other = portal.county.lists.create(kind="basic_duties")
    published.issue(other, rows, state=EditionState.DRAFT, title="秘密清单", created_by=clerk)
    published.issue(
        portal, rows, state=EditionState.DRAFT, effective_on=date(2028, 1, 1), title="秘密版次", **basis
    )
    withdrawn = {"effective_on": date(2027, 3, 1), "published_on": published.CURRENT}
    edition = published.issue(portal, [{"name": "撤回事项", "number": 78}], **withdrawn)
    portal.editions.filter(pk=edition.pk).update(state=EditionState.WITHDRAWN, ended_on=published.TODAY)
    rebuild(portal.county)
    reader, found = Client(), []
    hidden = ["/990101/items/77/", "/t/990101100/items/77/", "/990101/lists/basic_duties/"]
    hidden += ["/990101/lists/public_services/2028-01-01/", "/990101/items/77/report/"]
    for path in hidden:
        found += faults(reader.get(path), path, expected=[404])
    for number in (5, 78):  # coming, withdrawn
        for path in (f"/990101/items/{number}/", f"/t/990101100/items/{number}/"):
            found += faults(reader.get(path), path, expected=[404])
    for words in ("秘密事项", "撤回事项", "新事项", "草案"):
        answer = reader.get("/search/", {"q": words, "county": "990101"})
        if "data-results" in answer.content.decode():
            found.append(f"a search for {words} has results")
    for path in everything:
        answer = reader.get(path)
        page = b"".join(answer) if answer.streaming else answer.content
        # A workbook is packed; its texts are those of the pages.
        found += [
            f"{path} tells of a draft"
            for word in ("秘密", "items/77/")
            if word in page.decode(errors="replace")
        ]
    assert not found, "\n".join(found[:30])


@pytest.mark.skipif("FUZZ_REQUESTS" not in os.environ, reason="for as long as FUZZ_REQUESTS says")
def test_a_long_walk_at_random(everything):
    dice, prober, found = random.Random(os.environ.get("FUZZ_SEED", "1")), Prober(), []
    names = [
        "q",
        "page",
        "on",
        "with",
        "mode",
        "contrast",
        "county",
        "township",
        "event",
        "category",
        "number",
    ]
    values = [
        "",
        "1",
        "低保",
        "2025-03-01",
        "990101",
        "9" * 40,
        "%00",
        "%FF",
        "../",
        "\u202e",
        "'",
        "a" * 3000,
    ]
    for _each in range(int(os.environ["FUZZ_REQUESTS"])):
        path = dice.choice(everything)
        if dice.random() < 0.3:
            place = dice.randrange(len(path))
            path = path[:place] + dice.choice(["%", "\0", "\xff", "/", "..", "é", ";", "?"]) + path[place:]
        asked = dice.choices(names, k=dice.randrange(6))
        query = "&".join(f"{name}={quote(dice.choice(values), safe='%')}" for name in asked)
        method = dice.choice(["GET", "GET", "GET", "HEAD", "POST"])
        cookie = f"township={quote(dice.choice(values))}; {settings.LANGUAGE_COOKIE_NAME}={dice.choice(values[:5])}"
        body = query.encode() if method == "POST" else b""
        cookie = cookie.encode().decode("latin-1")
        answer = prober.ask(path, query, method=method, body=body, HTTP_COOKIE=cookie)
        if answer.status_code >= 500:
            found.append(f"{method} {path!r}?{query} {cookie}")
    assert not found, "\n".join(found[:30])
