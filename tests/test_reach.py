"""Role × object × view, and a crawler that looks for another county through every door of the staff pages."""

import re
from collections import deque
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.choices import Role
from accounts.models import Event
from tests import factories
from tests.world import ROLES_OF_A_COUNTY, make_two_worlds, state_of

pytestmark = pytest.mark.django_db

# V sees, A adds, C changes, D deletes, I imports a table, E takes one out. In the order of the columns below.
ORDER = [
    Role.SITE_ADMIN,
    Role.EDITOR,
    Role.APPROVER,
    Role.DEPARTMENT,
    Role.TOWNSHIP,
    Role.AUDITOR,
    Role.KEEPER,
]
EVERYBODY_SEES = "-  | V | V | V | V | V | -"
TABLE = {
    "accounts.County": "VACDIE | VE | - | - | - | VE | VE",
    "accounts.Department": "- | VACDIE | VE | VE | VE | VE | VE",
    "accounts.Event": "VE | - | - | - | - | VE | VE",
    "accounts.Office": "- | VACDIE | VE | VE | VACDIE | VE | VE",
    "accounts.Reorganisation": "- | VA | V | V | V | V | V",
    "accounts.Township": "- | VACDIE | VE | VE | VE | VE | VE",
    "accounts.TownshipClass": "- | VACDIE | VE | VE | VE | VE | VE",
    # What has followed a succession does not come back.
    "accounts.TownshipSuccession": "- | VAIE | VE | VE | VE | VE | VE",
    # A site administrator keeps keepers; this one is an editor.
    "accounts.User": "VAE | - | - | - | - | VE | VACE",
    "accounts.Village": "- | VACDIE | VE | VE | VCE | VE | VE",
    "catalog.BulkChange": EVERYBODY_SEES,
    "catalog.Category": "VACD | V | V | V | V | V | -",
    "catalog.ColumnMeaning": "- | VD | V | V | V | V | -",
    "catalog.Comment": "- | VC | V | VC | V | V | -",
    "catalog.Edition": "- | VC | V | V | V | V | -",
    "catalog.Entry": "- | VACD | V | V | V | V | -",
    "catalog.Feedback": "- | VC | V | VC | VC | V | -",
    # A department begins guides; it changes those of its own items, and this one is nobody's.
    "catalog.Guide": "- | VACD | V | VA | V | V | -",
    "catalog.Handling": "- | VACD | V | V | VACD | V | -",
    "catalog.Holiday": "VACDIE | VE | VE | VE | VE | VE | -",
    "catalog.ImportRun": "- | V | - | - | - | - | -",
    "catalog.Item": EVERYBODY_SEES,
    "catalog.ItemList": "- | VAC | V | V | V | V | -",
    "catalog.Law": "VACD | V | V | V | V | V | -",
    # A site administrator sees those of no county.
    "catalog.MissedSearch": "- | VD | V | V | V | V | -",
    "catalog.Procedure": "- | V | VACD | V | V | V | -",
    "catalog.Synonym": "VACD | VACD | V | V | V | V | -",
    "catalog.Topic": "- | VACD | V | V | V | V | -",
    "devolution.Admission": "- | VA | V | VA | V | V | -",
    "devolution.Assessment": "- | VA | V | - | V | V | -",
    "devolution.Evaluation": "- | VA | V | VA | V | V | -",
    "devolution.Instrument": "- | VAC | V | VAC | V | V | -",
    "devolution.InstrumentProcedure": "- | V | VACD | V | V | V | -",
    "devolution.Opinion": "- | VAC | V | V | VAC | V | -",
    "devolution.Power": "- | VAC | V | VAC | V | V | -",
    "devolution.Transfer": "- | VAC | V | VAC | V | V | -",
    "devolution.TransferTownship": EVERYBODY_SEES,
}
REGISTERED = {model._meta.label: model_admin for model, model_admin in admin.site._registry.items()}


@pytest.fixture
def worlds():
    ours, theirs = make_two_worlds()
    ours.people[Role.SITE_ADMIN] = factories.make_user(Role.SITE_ADMIN, username="站点管理")
    return ours, theirs


def asking(person):
    request = RequestFactory().get("/admin/")
    request.user = person
    return request


def abilities(model_admin, person, row):
    """What the admin of a model lets a person do, in the letters of the table."""
    request = asking(person)
    may = {
        "V": model_admin.has_view_permission(request, row),
        "A": model_admin.has_add_permission(request),
        "C": model_admin.has_change_permission(request, row),
        "D": model_admin.has_delete_permission(request, row),
        "I": getattr(model_admin, "has_import_permission", lambda request: False)(request),
        "E": getattr(model_admin, "has_export_permission", lambda request: False)(request),
    }
    return "".join(letter for letter, allowed in may.items() if allowed)


def pages(model_admin, row):
    """The addresses behind the letters."""
    opts = model_admin.opts
    start = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    found = {"V": ["", f"{row.pk}/change/", f"{row.pk}/history/"], "A": ["add/"], "D": [f"{row.pk}/delete/"]}
    if hasattr(model_admin, "has_export_permission"):
        found["E"] = ["export/"]
    if hasattr(model_admin, "has_import_permission"):
        found["I"] = ["import/", "template/"]
    return {letter: [start + path for path in paths] for letter, paths in found.items()}


def opens(browser, page):
    """Whether a page is there, or where it leads on; who reaches no row is led back to the desk."""
    response = browser.get(page, follow=True)
    led_to = response.redirect_chain[-1][0] if response.redirect_chain else page
    return response.status_code == 200 and led_to != reverse("admin:index")


def test_every_cell_of_the_table(worlds):
    """Own rows as the table says, by permission and by page; rows of another county not at all."""
    ours, theirs = worlds
    assert TABLE.keys() == REGISTERED.keys()
    wrong, allowed, opened = [], set(), set()
    for role in ORDER:
        browser = Client()
        browser.force_login(ours.people[role])
        for label, line in TABLE.items():
            model_admin, row, foreign = REGISTERED[label], ours.rows[label], theirs.rows[label]
            wanted = line.split("|")[ORDER.index(role)].strip().replace("-", "")
            found = abilities(model_admin, ours.people[role], row)
            if found != wanted:
                wrong.append(f"{role} {label}: {found or '-'} instead of {wanted or '-'}")
            if role != Role.SITE_ADMIN and foreign != row:
                beyond = set(abilities(model_admin, ours.people[role], foreign)) & set("VCD")
                wrong += [f"{role} {label} of the other county: {beyond}"] if beyond else []
            for letter, addresses in pages(model_admin, row).items():
                for page in addresses:
                    if letter not in wanted:
                        wrong += [f"{role} opens {page}"] if browser.get(page).status_code == 200 else []
                    elif page not in opened:  # what opens for one role opens for another who may
                        allowed.add(page)
                        opened |= {page} if opens(browser, page) else set()
    wrong += [f"nobody opens {page}" for page in sorted(allowed - opened)]
    assert not wrong, "\n".join(wrong)


# --- The crawler ---

SKIPPED = re.compile(r"/admin/(logout|jsi18n|link|i18n)|/(second-step|password_change)/")
OF_A_ROW = re.compile(r"^/admin/(?P<app>[a-z]+)/(?P<model>[a-z]+)/(?P<pk>\d+)/")
# Django makes a link of a person whom a page names, without asking who may open it.
NAMED = re.compile(r"/admin/accounts/user/\d+/change/")
# What is read in full as one of the roles; for the others the addresses are only tried with foreign numbers.
REPEATED = re.compile(r"/(history|delete)/$")
POST = {
    "post": "yes",
    "_save": "1",
    "name": "改",
    "title": "改",
    "reason": "改",
    "token": "x",
    "on": "2026-01-01",
}
ENGLISH = re.compile(r"[A-Za-z]{2,}")
# Names of formats, units and keys, codes that a county chooses, and the texts Django gives its icons in any language.
ALLOWED = frozenset(
    {"xlsx", "xls", "csv", "MB", "ICP", "XX", "SHA", "PDF", "JPEG", "PNG", "TOTP", "ID", "Excel"}
) | {*["km", "GB", "Control", "Mac", "Command", "strong", "social", "True", "False", "None", "Search"]}


class Crawler:
    """One person following every link of the staff pages, and trying the same doors with another county's numbers."""

    def __init__(self, role, ours, theirs):
        self.role, self.ours, self.theirs = role, ours, theirs
        self.person = ours.people[role]
        self.browser = Client()
        self.browser.force_login(self.person)
        self.kinds = {label.lower(): label for label in ours.rows}
        self.seen, self.forged, self.complaints, self.english = set(), set(), [], {}

    def complain(self, what, address):
        self.complaints.append(f"{self.role}: {what}: {address}")

    def open(self, address, method="get", data=None):
        """The response, looked through for the other county and for errors."""
        response = getattr(self.browser, method)(address, data)
        if response.status_code >= 500:
            self.complain(response.status_code, address)
        if response.streaming:
            response.getvalue()  # a workbook, whose texts are packed; read to its end, its file is closed
        elif "北原" in response.content.decode(errors="replace"):
            self.complain(f"{method} shows the other county", address)
        return response

    def walk(self):
        waiting = deque(["/admin/"])
        while waiting:
            address = waiting.popleft()
            path = urlsplit(address).path  # what a query can ask for is tried below
            if path in self.seen or SKIPPED.search(path):
                continue
            self.seen.add(path)
            self.forge(path)
            if REPEATED.search(path) and self.role != Role.EDITOR:
                continue
            response = self.open(path)
            if response.status_code == 302:
                waiting += [link for link in [urljoin(address, response.url)] if is_staff(link)]
            elif response.status_code != 200:
                if not NAMED.match(path):
                    self.complain(f"a link that leads to {response.status_code}", address)
            elif response["Content-Type"].startswith("text/html"):
                self.look_at(address, response)
                links = re.findall(r'href="([^"#]+)"', response.content.decode())
                waiting += [
                    link for link in (urljoin(address, unescape(link)) for link in links) if is_staff(link)
                ]

    def look_at(self, address, response):
        """What a form offers, and in which language it speaks."""
        for name, queryset in offered(response):
            path = queryset.model.scope.county if hasattr(queryset.model, "scope") else None
            if path and queryset.filter(**{path: self.theirs.county.pk}).exists():
                self.complain(f"{name} offers rows of the other county", address)
        for word in ENGLISH.findall(text_of(response.content.decode())):
            if word not in ALLOWED:
                self.english.setdefault(word, address)

    def forge(self, path):
        """The same address with the number of their row."""
        match = OF_A_ROW.match(path)
        label = match and self.kinds.get(f"{match['app']}.{match['model']}")
        if not label or self.theirs.rows[label] == self.ours.rows[label]:
            return
        address = path.replace(f"/{match['pk']}/", f"/{self.theirs.rows[label].pk}/", 1)
        if address in self.forged:
            return
        self.forged.add(address)
        for method, data in [("get", None), ("post", POST)]:
            if self.open(address, method, data).status_code == 200:
                self.complain(f"{method} is answered", address)

    def try_doors(self):
        """Lists asked with foreign numbers, autocompletes, actions, exports, and the way to the public page."""
        for label, model_admin in REGISTERED.items():
            model, theirs = model_admin.model, self.theirs.rows[label]
            if theirs == self.ours.rows[label] or not model_admin.has_view_permission(asking(self.person)):
                continue
            start = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            self.open(start, data={"q": "北"})
            chosen = {"_selected_action": [theirs.pk], **POST}
            for action in model_admin.get_actions(asking(self.person)):
                self.open(start, "post", {"action": action, **chosen})
            if hasattr(model_admin, "has_export_permission"):
                taken = {"format": "1", "resource": "0", "export_items": [theirs.pk]}
                self.open(f"{start}export/", "post", taken)
            kind = ContentType.objects.get_for_model(model)
            if self.open(f"/admin/r/{kind.pk}/{theirs.pk}/").status_code != 404:
                self.complain("view on site leads to a foreign row", label)
            foreign = {
                field.name: self.theirs.rows[field.related_model._meta.label].pk
                for field in model._meta.fields
                if field.is_relation and field.related_model._meta.label in self.theirs.rows
            }
            self.open(f"{start}add/", data=foreign)
            for name in foreign.keys() & set(model_admin.list_filter):
                self.open(start, data={f"{name}__id__exact": foreign[name]})
            for name in model_admin.autocomplete_fields:
                names = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
                self.open("/admin/autocomplete/", data={**names, "field_name": name, "term": "北"})


def is_staff(link):
    return urlsplit(link).path.startswith("/admin/") and not urlsplit(link).netloc


def offered(response):
    """Every choice of rows in the forms of a page: the model's own form, its inlines, and forms of acts."""
    context = response.context or {}
    forms = [context[name] for name in ("form",) if name in context]
    if "adminform" in context:
        forms.append(context["adminform"].form)
    for inline in context.get("inline_admin_formsets", ()):
        forms.append(inline.formset.empty_form)
    for form in forms:
        for name, field in getattr(form, "fields", {}).items():
            # The hidden number of a row in a table below is looked up among the rows of its parent alone.
            if hasattr(field, "queryset") and name != "id":
                yield name, field.queryset


def text_of(page):
    """What a reader sees of a page, attributes that are read aloud or shown included."""
    page = re.sub(r"(?s)<(script|style|code|textarea)\b.*?</\1>", " ", page)
    page = re.sub(r"\bhttps?://[^\s<\"]+", " ", page)
    spoken = " ".join(re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', page))
    shown = " ".join(re.findall(r'<input[^>]*type="submit"[^>]*value="([^"]*)"', page))
    return unescape(re.sub(r"(?s)<[^>]*>", " ", page)) + spoken + shown


@pytest.mark.skipif(connection.vendor == "postgresql", reason="a long walk; once is enough, on SQLite")
def test_nothing_of_another_county_appears_and_nothing_changes(worlds):
    """As each role of one county; on the way, no page of the staff has English left over."""
    ours, theirs = worlds
    before = state_of(theirs)
    complaints, english = [], {}
    for role in ROLES_OF_A_COUNTY:
        crawler = Crawler(role, ours, theirs)
        crawler.walk()
        crawler.try_doors()
        assert len(crawler.seen) > 30
        assert len(crawler.forged) > 10
        complaints += crawler.complaints
        english |= crawler.english
    assert not complaints, "\n".join(complaints)
    assert state_of(theirs) == before
    assert not Event.objects.filter(county=theirs.county, by__county=ours.county).exists()
    assert not english, "\n".join(f"{word}: {address}" for word, address in sorted(english.items()))


def test_the_crawler_finds_what_is_there(worlds):
    """As their own editor the same names are everywhere: the walk can fail."""
    ours, theirs = worlds
    crawler = Crawler(Role.EDITOR, theirs, ours)
    crawler.open(reverse("admin:accounts_department_changelist"))
    assert crawler.complaints
