"""The demo: two counties that exist nowhere, made by running the real importers on real workbooks."""

import os
import secrets
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.choices import Role
from accounts.institutions import import_institutions
from accounts.models import County, User
from catalog import publishing
from catalog.choices import SuggestionDecision
from catalog.importing.drafts import store_draft
from catalog.importing.intake import take_in
from catalog.importing.planning import make_plan
from catalog.models import Category, Edition, Holiday, ItemList, Suggestion, Synonym, Topic
from catalog.sentences import sentence
from devolution.catalogues.taking_over import take_over_catalogue

from ...demoguides import keep_guides

FOLDER = settings.BASE_DIR / "fixtures" / "demo"


@dataclass(frozen=True)
class DemoList:
    """One workbook of a county, and the days its announcement named."""

    kind: str
    file: str
    published_on: date
    effective_on: date
    # What the sheet does not say of itself.
    stated: tuple[tuple[str, object], ...] = ()
    # Items that only got another name since the edition before, as they are called now.
    renamed: tuple[str, ...] = ()
    # A catalogue of powers that were exercised before the portal came: the document it was found in.
    found_in: str = ""


@dataclass(frozen=True)
class DemoCounty:
    """One county of the demo; no real division code begins with 99."""

    code: str
    name: str
    # Of two counties one lets a single editor walk the whole road, and one asks for a second person.
    needs_second_person: bool
    department: str
    township: str
    institutions: str
    longitude: Decimal
    latitude: Decimal
    lists: tuple[DemoList, ...]
    guides: str = ""
    topics: tuple[str, ...] = ()


COUNTIES = (
    DemoCounty(
        code="990101",
        name="青禾县",
        needs_second_person=False,
        department="县人力资源和社会保障局",
        township="990101100",
        institutions="qinghe_institutions.xlsx",
        longitude=Decimal("126.5012"),
        latitude=Decimal("46.5034"),
        lists=(
            DemoList(
                "public_services", "qinghe_service_items_2024.xlsx", date(2024, 6, 28), date(2024, 7, 1)
            ),
            DemoList(
                "public_services",
                "qinghe_service_items.xlsx",
                date(2025, 6, 30),
                date(2025, 7, 1),
                renamed=("就业失业登记", "社会保障卡申领、补领、换领"),
            ),
        ),
        guides="qinghe_guides.json",
        topics=("低保", "医保", "养老保险", "残疾证", "生育登记", "宅基地"),
    ),
    DemoCounty(
        code="990102",
        name="北原县",
        needs_second_person=True,
        department="县民政局",
        township="990102100",
        institutions="beiyuan_institutions.xlsx",
        longitude=Decimal("125.8023"),
        latitude=Decimal("47.1045"),
        lists=(
            DemoList("public_services", "beiyuan_service_items.xlsx", date(2025, 7, 20), date(2025, 8, 1)),
            DemoList(
                "delegated_powers",
                "beiyuan_delegated_powers.xlsx",
                date(2023, 12, 28),
                date(2024, 1, 1),
                stated=(("document_number", "北政发〔2023〕18号"), ("made_on", date(2023, 12, 20))),
                found_in="《北原县政府部门下放乡镇事权目录》",
            ),
            DemoList(
                "entrusted_powers",
                "beiyuan_entrusted_powers.xlsx",
                date(2024, 1, 15),
                date(2024, 1, 15),
                found_in="《北原县县直部门委托乡镇行使行政权力事项清单》",
            ),
        ),
    ),
)
ROLES = (Role.EDITOR, Role.APPROVER, Role.DEPARTMENT, Role.TOWNSHIP, Role.AUDITOR, Role.KEEPER)


class Command(BaseCommand):
    """Each step looks first whether its work is there, so that a second run changes nothing."""

    help = (
        "Make the two demo counties with their accounts. Needs PORTAL_DEMO=1; running it again is harmless."
    )

    def handle(self, **options):
        if not settings.PORTAL_DEMO:
            raise CommandError("This installation is no demo: PORTAL_DEMO is not set.")
        self.password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        self.made = []
        self.load_reference()
        for demo in COUNTIES:
            self.make_county(demo)
        self.make_account("admin", Role.SITE_ADMIN)
        self.report_accounts()

    def load_reference(self) -> None:
        """The policy's fields, the laws, the calendar and popular words, which every installation loads once."""
        if not Category.objects.exists():
            call_command("loaddata", "categories", "laws", verbosity=0)
            self.stdout.write("Fields of service and laws: loaded")
        if not Holiday.objects.exists():
            call_command("loaddata", "holidays", verbosity=0)
            self.stdout.write("Calendar of holidays: loaded")
        if not Synonym.objects.exists():
            call_command("loaddata", "synonyms", verbosity=0)
            self.stdout.write("Popular words: loaded")

    def make_county(self, demo: DemoCounty) -> None:
        """A county with everything it keeps; half a county is never left behind."""
        with transaction.atomic():
            county = self.make_record(demo)
            self.import_institutions(demo, county)
            self.make_accounts(demo, county)
        self.import_lists(demo, county)
        for position, words in enumerate(demo.topics, 1):
            Topic.objects.get_or_create(county=county, words=words, defaults={"position": position})
        if demo.guides:
            self.keep_guides(demo, county)

    def make_record(self, demo: DemoCounty) -> County:
        """The county with the record that stands at the foot of its pages."""
        county, is_new = County.objects.get_or_create(code=demo.code, defaults=record_of(demo))
        self.stdout.write(f"{demo.name} ({demo.code}): {'made' if is_new else 'already there'}")
        return county

    def import_institutions(self, demo: DemoCounty, county: County) -> None:
        """Departments, townships, offices and villages; not again over what staff have changed since."""
        if county.departments.exists():
            self.stdout.write("  institutions: already there")
            return
        outcomes = import_institutions((FOLDER / demo.institutions).read_bytes(), county=county)
        for outcome in outcomes:
            for problem in outcome.problems:
                raise CommandError(f"{demo.institutions}, {outcome.sheet}, {problem}")
            self.stdout.write(f"  {outcome.sheet}: {outcome.new} imported")

    def make_accounts(self, demo: DemoCounty, county: County) -> None:
        """One account for each role, named ROLE.COUNTYCODE."""
        for role in ROLES:
            bound = {"county": county}
            if role == Role.DEPARTMENT:
                bound["department"] = county.departments.get(name=demo.department)
            if role == Role.TOWNSHIP:
                bound["township"] = county.townships.get(code=demo.township)
            self.make_account(f"{role}.{county.code}", role, **bound)

    def make_account(self, username: str, role: Role, **bound) -> None:
        """The account, unless it is there; its password is then what it was."""
        if User.objects.filter(username=username).exists():
            return
        person = User(username=username, role=role, **bound)
        person.set_password(self.password)
        person.full_clean()
        person.save()
        self.made.append(username)

    @transaction.atomic
    def import_lists(self, demo: DemoCounty, county: County) -> None:
        """The county's lists, through the importer that staff use: read, confirmed, announced."""
        editor = User.objects.get(username=f"{Role.EDITOR}.{county.code}")
        announcer = User.objects.get(username=f"{Role.APPROVER}.{county.code}")
        for demo_list in demo.lists:
            item_list, _is_new = ItemList.objects.get_or_create(
                county=county, kind=demo_list.kind, township=None, township_class=None
            )
            if item_list.editions.filter(effective_on__gte=demo_list.effective_on).exists():
                self.stdout.write(f"  {item_list}: already there")
                continue
            edition = self.import_list(demo_list, item_list, editor)
            publishing.announce(
                edition=edition,
                by=announcer,
                published_on=demo_list.published_on,
                effective_on=demo_list.effective_on,
            )
            self.stdout.write(f"  {edition.title}: {edition.entries.count()} entries announced")
            if demo_list.found_in:
                self.take_over(demo_list, edition, announcer)

    def keep_guides(self, demo: DemoCounty, county: County) -> None:
        """What to bring for some items, as the department would write it down."""
        department = User.objects.get(username=f"{Role.DEPARTMENT}.{county.code}")
        since = demo.lists[-1].effective_on
        kept = keep_guides(FOLDER / demo.guides, county=county, by=department, on=since)
        self.stdout.write(f"  guides: {kept} kept" if kept else "  guides: already there")

    def take_over(self, demo_list: DemoList, edition: Edition, approver: User) -> None:
        """Day one of the register: the catalogue's powers are exercised already."""
        outcome = take_over_catalogue(
            edition=edition, by=approver, since=demo_list.effective_on, document=demo_list.found_in
        )
        left = sum(count for _finding, count in outcome.left)
        self.stdout.write(f"    {outcome.in_force} taken over as found, {left} left in preparation")

    def import_list(self, demo_list: DemoList, item_list: ItemList, editor: User) -> Edition:
        """Read one workbook into a confirmed draft."""
        content = (FOLDER / demo_list.file).read_bytes()
        intake = take_in(
            content,
            demo_list.file,
            kind=item_list.list_kind,
            county=item_list.county,
            stated=dict(demo_list.stated),
            on=demo_list.published_on,
        )
        if demo_list.found_in:
            # Real catalogues entrust what no paper can entrust; those rows stay out, and the report says so.
            intake.leave_out_refused()
        for message in intake.messages:
            if message.level == "error":
                raise CommandError(
                    f"{demo_list.file}, {message.cell}: {sentence(message.code, message.values)}"
                )
        plan = make_plan(intake, publishing.edition_before(item_list))
        edition = store_draft(plan=plan, item_list=item_list, by=editor)
        for suggestion in Suggestion.objects.filter(
            entry__edition=edition, entry__name__in=demo_list.renamed
        ):
            publishing.decide(suggestion=suggestion, decision=SuggestionDecision.RENAMED, by=editor)
        return publishing.confirm(edition=edition, by=editor)

    def report_accounts(self) -> None:
        """Say the password once, when somebody has it."""
        if not self.made:
            self.stdout.write("Accounts: already there")
            return
        self.stdout.write(f"Accounts: {', '.join(self.made)}")
        self.stdout.write(f"Password of all of them, shown this once: {self.password}")


def record_of(demo: DemoCounty) -> dict:
    """What a county says of itself, plainly made up."""
    return {
        "name": demo.name,
        "prefecture": "青原市",
        "province": "虚构省",
        "organiser": f"{demo.name}人民政府办公室",
        "undertaker": f"{demo.name}政务公开中心",
        "contact": f"0000-{demo.code}0",
        "site_code": f"{demo.code}0001",
        "icp_record": f"虚构ICP备{demo.code}号",
        "police_record": f"虚构公网安备{demo.code}00000001号",
        "hall_name": f"{demo.name}政务服务中心",
        "hall_address": f"{demo.name}政务大道1号",
        "hall_hours": "工作日 8:30–11:30，13:30–17:00",
        "hall_closed_days": "周末和法定节假日休息（社保、医保窗口周六上午照常办公）",
        "hall_phone": f"0000-{demo.code}1",
        "hall_longitude": demo.longitude,
        "hall_latitude": demo.latitude,
        "needs_second_person": demo.needs_second_person,
    }
