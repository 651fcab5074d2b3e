"""Two whole counties beside each other, a row of every kind in each, for tests of who reaches what."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.db.models import Model

from accounts import journal
from accounts.choices import ROLE_NAMES, ReorganisationKind, Role
from accounts.models import County, Event, Reorganisation, TownshipSuccession, User
from catalog.choices import BulkAct, EditionState, HandlingRule
from catalog.models import (
    BulkChange,
    Category,
    ColumnMeaning,
    Comment,
    CommentRound,
    Feedback,
    Guide,
    Handling,
    Holiday,
    ImportRun,
    ItemList,
    Law,
    LawVersion,
    Material,
    MissedSearch,
    Procedure,
    Synonym,
    Topic,
)
from devolution import lifecycle
from devolution.choices import InstrumentKind, Mode, OpinionVerdict
from devolution.models import Admission, Assessment, Evaluation, InstrumentProcedure, Opinion, Transfer
from tests import factories
from tests.catalog import published
from tests.devolution.conftest import DAY, END, make_paper, make_power

ROLES_OF_A_COUNTY = [role for role in Role if role != Role.SITE_ADMIN]


@dataclass
class World:
    """One county: its people by role, and a row of each model by label. Every name begins with its own sign."""

    county: County
    sign: str
    people: dict[str, User] = field(default_factory=dict)
    rows: dict[str, Model] = field(default_factory=dict)

    def put(self, *rows):
        for row in rows:
            self.rows[row._meta.label] = row


def make_world(code: str, sign: str) -> World:
    """A county in which everything is there once, all of it within reach of its department and township."""
    county = factories.make_county(code, f"{sign}县", needs_second_person=False)
    world = World(county, sign)
    department = factories.make_department(county, f"{sign}民政局")
    town = factories.make_township(county, 100, f"{sign}镇")
    merged = factories.make_township(county, 101, f"{sign}旧镇")
    world.put(county, merged, factories.make_township_class(county, name=f"{sign}强镇"))
    world.put(department, town, factories.make_village(town, f"{sign}村"))
    office = factories.make_office(town, f"{sign}办公室")
    succession = TownshipSuccession.objects.create(predecessor=town, successor=merged, effective_on=END)
    for role in ROLES_OF_A_COUNTY:
        bodies = {Role.DEPARTMENT: {"department": department}, Role.TOWNSHIP: {"township": town}}
        name = f"{sign}{ROLE_NAMES[role]}"
        world.people[role] = factories.make_user(role, county, username=name, **bodies.get(role, {}))
    reorganisation = Reorganisation.objects.create(
        county=county,
        kind=ReorganisationKind.RENAMING,
        effective_on=DAY,
        township=town,
        former_name=f"{sign}老镇",
        new_name=town.name,
        carried_out_on=DAY,
    )
    world.put(reorganisation)
    world.put(office, succession, factories.make_user(Role.EDITOR, county, username=f"{sign}同事"))
    journal.record("account_made", world.rows["accounts.User"], by=None, county=county)
    world.put(Event.objects.get(county=county))
    fill_lists(world, department, town, office)
    fill_register(world, department, town)
    return world


def fill_lists(world: World, department, town, office) -> None:
    """A list with an announced edition and a draft, an item with its guide, an exception, an import."""
    county, sign, editor = world.county, world.sign, world.people[Role.EDITOR]
    services = ItemList.objects.create(county=county, kind="public_services")
    former = {"effective_on": published.FORMER, "title": f"{sign}清单", "document_number": f"{sign}发1号"}
    edition = published.issue(services, [f"{sign}事项"], **former)
    draft = published.issue(
        services,
        [f"{sign}新事项"],
        state=EditionState.DRAFT,
        title=f"{sign}草稿",
        base=edition,
        created_by=editor,
    )
    item = edition.entries.get().item
    guide = Guide.objects.create(item=item, valid_from=published.FORMER, popular_names=f"{sign}俗称")
    Material.objects.create(guide=guide, position=1, name=f"{sign}材料")
    handling = Handling.objects.create(
        item=item, township=town, office=office, valid_from=published.FORMER, rule=HandlingRule.HERE
    )
    changed = {
        "item": item.pk,
        "code": item.code,
        "before": None,
        "after": {"rule": "here", "office_id": None},
    }
    bulk = {"act": BulkAct.RULE, "made_by": editor, "rows": [changed]}
    world.put(BulkChange.objects.create(township=town, **bulk))
    meaning = ColumnMeaning(county=county, kind="public_services", heading=f"{sign}列", key=f"{sign}列")
    meaning.decided_by = editor
    meaning.save()
    run = ImportRun.objects.create(list=services, asked_by=editor, file_name=f"{sign}表格")
    world.put(services, item, guide, handling, meaning, run, Procedure.objects.create(county=county))
    world.put(draft, draft.entries.get())
    days = {"opens_on": published.FORMER, "closes_on": published.CURRENT}
    asked = CommentRound.objects.create(edition=draft, ended_on=published.CURRENT, **days)
    world.put(
        Comment.objects.create(
            round=asked, text=f"{sign}建议", received_on=published.FORMER, receipt=county.code
        )
    )
    said = {"item": item, "entry_name": f"{sign}事项", "text": f"{sign}电话有误", "kind": "error"}
    world.put(
        Feedback.objects.create(
            county=county,
            township=town,
            department=department,
            received_on=published.FORMER,
            receipt=county.code,
            **said,
        )
    )
    missed = {"words": f"{sign}找不到", "first_on": published.FORMER, "last_on": published.FORMER}
    world.put(MissedSearch.objects.create(county=county, township=town, **missed))
    world.put(Topic.objects.create(county=county, words=f"{sign}热门"))
    world.put(Synonym.objects.create(county=county, popular=f"{sign}俗语", official=f"{sign}正式"))


def fill_register(world: World, department, town) -> None:
    """A power handed to the township by a paper, evaluated; and a request that is still open."""
    county, sign, approver = world.county, world.sign, world.people[Role.APPROVER]
    power = make_power(department, f"{sign}处罚", bases=[("水法", "65")])
    paper = make_paper(county, InstrumentKind.ENTRUSTMENT, f"{sign}委1号", valid_to=END)
    transfer = Transfer(power=power, instrument=paper, mode=Mode.ENTRUSTED, authority="立案")
    lifecycle.prepare(transfer=transfer, townships=[town], by=approver)
    lifecycle.take_over_as_found(transfers=[transfer], by=approver, since=DAY, document=f"{sign}目录")
    figures = {"cases": 3, "quality": "fair", "verdict": "keep"}
    evaluation = Evaluation.objects.create(transfer=transfer, evaluated_on=published.CURRENT, **figures)
    asked = Admission.objects.create(
        county=county, department=department, name=f"{sign}准入", reason="—", requested_on=DAY
    )
    asked.townships.add(town)
    opinion = Opinion.objects.create(
        admission=asked, township=town, verdict=OpinionVerdict.values[0], given_on=DAY, text=f"{sign}意见"
    )
    world.put(power, paper, transfer, transfer.receipts.get(), evaluation, asked, opinion)
    world.put(InstrumentProcedure.objects.create(county=county))
    world.put(Assessment.objects.create(township=town, assessed_on=DAY, officers=2, place=f"{sign}站"))


def make_shared_rows() -> list[Model]:
    """What all counties share."""
    law = Law.objects.create(title="共用法", level="法律")
    LawVersion.objects.create(law=law, made_on=DAY)
    holiday = Holiday.objects.create(day=DAY, name="共用节")
    return [Category.objects.create(code="social", name="基本社会服务"), law, holiday]


def make_world_with_shared_rows() -> World:
    """青禾县 with a row of every registered model."""
    shared = make_shared_rows()
    world = make_world("990101", "青禾")
    world.put(*shared)
    missing = {model._meta.label for model in admin.site._registry} - world.rows.keys()
    assert not missing, f"tests/world.py makes no row of {', '.join(sorted(missing))}"
    return world


def make_two_worlds() -> tuple[World, World]:
    """青禾县, and 北原县 beside it."""
    ours, theirs = make_world_with_shared_rows(), make_world("990102", "北原")
    theirs.rows = ours.rows | theirs.rows
    return ours, theirs


def state_of(world: World) -> dict:
    """Everything that is stored of a county, to be compared before and after; events alone may be added."""
    found = {}
    for model in admin.site._registry:
        path = model.scope.county
        if path and model is not Event:
            rows = model._default_manager.filter(**{path: world.county.pk}).order_by("pk")
            found[model._meta.label] = list(rows.values_list())
    return found
