"""A whole province made up from a seed: counties, townships, and lists in force with a guide for every item.

It exists to be measured and looked at: names are put together from a handful of characters, no real division code
begins with 99, and the same seed gives the same province. Rows are written past the models, as an import writes them;
the search index is made by the code that always makes it, and stored pages are told by the counter.
"""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import JSONField, Model
from django.utils import timezone

from accounts.choices import DepartmentLine, TownshipKind
from accounts.models import County, Department, Township
from catalog.choices import ChannelKind, EditionState, HandlingRule, MaterialNeed, PowerType, StepKind
from catalog.kinds import PUBLIC_SERVICES
from catalog.models import (
    Basis,
    Category,
    Channel,
    Edition,
    EditionStep,
    Entry,
    Guide,
    Item,
    ItemList,
    ItemNumbering,
    Material,
    Step,
)
from catalog.models.entry import PRINTED_FIELDS, TOLD_APART_BY, digest_of, name_key_of
from catalog.search.indexing import rebuild
from catalog.tallies import FACETS, tally_from
from catalog.writing import draw_keys, write_rows

DAY = date(2026, 1, 1)
COUNTIES_AT_ONCE = 20
COUNTIES_A_PREFECTURE = 40
WHO = (
    "老年人 残疾人 困难家庭 城乡居民 退役军人 未成年人 孤儿 农民工 高校毕业生 育龄夫妻 "
    "种粮农户 养殖户 小微企业 失业人员 失独家庭"
)
WHAT = (
    "最低生活保障 临时救助 基本养老保险参保 医疗保险缴费 生育登记 宅基地用地 危房改造 高龄津贴 护理补贴 "
    "技能培训 创业担保贷款 农机购置补贴 土地流转合同 强制免疫疫苗 法律援助 人民调解 教育资助 优待证 "
    "社会保障卡 资格认证 就业失业登记 公益性岗位"
)
HOW = "申请受理 初审 审核上报 信息采集 办理 登记 备案 发放 注销 变更 查询 补办 认定 公示"
TERMS = (
    "户籍所在地 共同生活 家庭成员 人均收入 当地标准 身份证明 户口簿 申请书 近期照片 银行账户 村民委员会 "
    "民主评议 入户调查 公示期满 县级部门 审批决定 按月发放 动态管理 每年复核 如实申报"
)
DEPARTMENTS = (
    "县民政局 县人力资源和社会保障局 县农业农村局 县卫生健康局 "
    "县教育局 县医疗保障局 县司法局 县住房和城乡建设局"
)
UNITS = "便民服务中心 民政民生办公室 农业农村办公室 综合治理办公室"
WHO, WHAT, HOW, TERMS, DEPARTMENTS, UNITS = (
    words.split() for words in (WHO, WHAT, HOW, TERMS, DEPARTMENTS, UNITS)
)
TYPES = (PowerType.BENEFIT, PowerType.CONFIRMATION, PowerType.OTHER, PowerType.SERVICE, PowerType.LICENCE)
FIRST, SECOND = "云岭青松石溪柳河白桦金沙银泉", "川原岗坪湖滩寨塘屏湾渡墩"
ENDS = (
    (1, "街道", TownshipKind.SUBDISTRICT),
    (100, "镇", TownshipKind.TOWN),
    (200, "乡", TownshipKind.TOWNSHIP),
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Size:
    """How much is made: counties, and townships and items of all of them together."""

    counties: int = 126
    townships: int = 1703
    items: int = 57_000


@dataclass(frozen=True)
class Made:
    """One item as every county that keeps it words it; the printed values in the order of `PRINTED_FIELDS`."""

    category_id: int
    department: int
    printed: tuple
    digest: str
    name_key: str


def make_province(size: Size, *, seed: int, progress: Progress) -> int:
    """Make what is not there yet; how many counties were made. Each twenty counties are one transaction."""
    chance = random.Random(seed)
    pool = _pool(chance)
    plans = list(_plans(size, chance))
    there = set(County.objects.filter(code__in=[plan[0] for plan in plans]).values_list("code", flat=True))
    missing = iter([plan for plan in plans if plan[0] not in there])
    done = 0
    while some := list(islice(missing, COUNTIES_AT_ONCE)):
        with transaction.atomic():
            _make_counties(some, pool)
        done += len(some)
        progress("counties", done, len(plans) - len(there))
    return done


def _plans(size: Size, chance: random.Random) -> Iterator[tuple[str, int, int, int]]:
    """Code of each county, how many townships and items it has, and the seed of its own choices."""
    for number in range(size.counties):
        prefecture, place = divmod(number, COUNTIES_A_PREFECTURE)
        code = f"99{prefecture + 2:02d}{place + 1:02d}"
        yield (
            code,
            *(_share(whole, number, size.counties) for whole in (size.townships, size.items)),
            chance.random(),
        )


def _share(whole: int, number: int, parts: int) -> int:
    return whole * (number + 1) // parts - whole * number // parts


def _pool(chance: random.Random) -> list[Made]:
    """Every item a county can have, wordy as real ones are, each name once."""
    categories = list(Category.objects.filter(parent=None).values_list("pk", "name"))
    names = [f"{who}{what}{how}" for who in WHO for what in WHAT for how in HOW]
    chance.shuffle(names)
    return [_made(name, chance, categories) for name in names]


def _made(name: str, chance: random.Random, categories: list) -> Made:
    category_id, category_name = chance.choice(categories)
    department = chance.randrange(len(DEPARTMENTS))
    values = {
        "name": name,
        "power_type": chance.choice(TYPES).value,
        "category_name": category_name,
        "department_name": DEPARTMENTS[department],
        "responsible_unit": chance.choice(UNITS),
        "service_target": f"{chance.choice(WHO)}（{'、'.join(chance.sample(TERMS, 3))}）",
        "requirements": "、".join(chance.sample(TERMS, 6)),
        "legal_basis": "《社会救助暂行办法》第十一条",
        "details": {},
    }
    printed = tuple(values.get(field, "") for field in PRINTED_FIELDS)
    key = name_key_of([values.get(field, "") for field in TOLD_APART_BY])
    return Made(category_id, department, printed, digest_of(printed), key)


def _make_counties(plans: list[tuple], pool: list[Made]) -> None:
    """Some counties with all they keep."""
    counties = County.objects.bulk_create(_county(code) for code, *_numbers in plans)
    for county, (_code, townships, items, own_seed) in zip(counties, plans, strict=True):
        chance = random.Random(own_seed)
        Township.objects.bulk_create(_townships(county, townships, chance))
        departments = Department.objects.bulk_create(
            Department(county=county, name=name, line=DepartmentLine.GOVERNMENT) for name in DEPARTMENTS
        )
        _make_list(county, departments, _chosen(pool, items, chance))
        rebuild(county)
        County.objects.note_publication(county)


def _chosen(pool: list[Made], count: int, chance: random.Random) -> list[Made]:
    if count > len(pool):
        raise ValueError(f"A county can have at most {len(pool)} items.")
    return chance.sample(pool, count)


def _county(code: str) -> County:
    prefecture, place = int(code[2:4]), int(code[4:])
    number = (prefecture - 2) * COUNTIES_A_PREFECTURE + place
    name = f"{FIRST[number % len(FIRST)]}{SECOND[number // len(FIRST) % len(SECOND)]}"
    return County(
        code=code,
        name=f"{name}{number}县",
        prefecture=f"示例第{prefecture - 1}市",
        province="示例省",
        organiser=f"{name}{number}县人民政府",
        hall_name="县政务服务中心",
    )


def _townships(county: County, count: int, chance: random.Random) -> Iterator[Township]:
    names = chance.sample([f"{first}{second}" for first in FIRST for second in SECOND], count)
    for number, name in enumerate(names):
        first, end, kind = ENDS[(number % 5 + 1) // 2]
        yield Township(
            county=county,
            code=f"{county.code}{first + number // 5 * 2 + number % 2:03d}",
            name=f"{name}{end}",
            kind=kind,
            centre_name=f"{name}便民服务中心",
        )


def _make_list(county: County, departments: list[Department], chosen: list[Made]) -> None:
    """The county's list of services, announced and in force, with its items and their guides."""
    item_list = ItemList.objects.create(county=county, kind=PUBLIC_SERVICES)
    edition = Edition.objects.create(
        list=item_list,
        state=EditionState.ANNOUNCED,
        title=f"{county.name}乡镇公共服务事项目录清单（2026年版）",
        document_number="示政发〔2026〕1号",
        published_on=DAY,
        effective_on=DAY,
        announced_at=timezone.now(),
        tally=tally_from(
            (place, *(made.printed[PRINTED_FIELDS.index(column)] for column in FACETS.values()))
            for place, made in enumerate(chosen, 1)
        ),
    )
    EditionStep.objects.create(edition=edition, kind=StepKind.ANNOUNCEMENT, done_on=DAY)
    ItemNumbering.objects.create(county=county, last=len(chosen))
    items, entries, guides = (draw_keys(model, len(chosen)) for model in (Item, Entry, Guide))
    _write(Item, ({"id": key, "county_id": county.pk, "number": n} for n, key in enumerate(items, 1)))
    _write(
        Entry,
        (
            {
                "id": key,
                "edition_id": edition.pk,
                "item_id": item,
                "position": place,
                "serial": place,
                "category_id": made.category_id,
                "department_id": departments[made.department].pk,
                "digest": made.digest,
                "name_key": made.name_key,
                **dict(zip(PRINTED_FIELDS, made.printed, strict=True)),
            }
            for place, (key, item, made) in enumerate(zip(entries, items, chosen, strict=True), 1)
        ),
    )
    _write(
        Basis,
        (
            {
                "entry_id": key,
                "position": 1,
                "text": "《社会救助暂行办法》第十一条",
                "law_title": "社会救助暂行办法",
                "article": "第十一条",
                "articles": ["11"],
            }
            for key in entries
        ),
    )
    _write_guides(guides, items)


def _write_guides(guides, items) -> None:
    _write(
        Guide,
        (
            {
                "id": key,
                "item_id": item,
                "valid_from": DAY,
                "conditions": "户籍所在地在本县",
                "statutory_limit": 20,
                "promised_limit": 10,
                "visits": 1,
                "is_free": True,
                "result_name": "办理结果通知书",
                "rule": HandlingRule.ACCEPTED_HERE,
            }
            for key, item in zip(guides, items, strict=True)
        ),
    )
    rows = {
        Material: [
            {"name": name, "need": MaterialNeed.REQUIRED} for name in ("居民身份证", "户口簿", "申请表")
        ],
        Step: [{"name": name} for name in ("申请", "受理", "审核", "决定")],
    }
    for model, those in rows.items():
        _write(
            model,
            (
                {"guide_id": key, "position": place, **row}
                for key in guides
                for place, row in enumerate(those, 1)
            ),
        )
    kinds = (ChannelKind.WINDOW, ChannelKind.AGENT)
    _write(Channel, ({"guide_id": key, "kind": kind} for key in guides for kind in kinds))


def _write(model: type[Model], rows: Iterable[dict]) -> None:
    """Rows that say only what is not the default of their model."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    fields = [
        field for field in model._meta.concrete_fields if not field.primary_key or field.attname in first
    ]
    names = [field.attname for field in fields]
    defaults = {field.attname: field.get_default() for field in fields}
    json_names = [field.attname for field in fields if isinstance(field, JSONField)]

    def values(row):
        whole = defaults | row
        for name in json_names:
            whole[name] = json.dumps(whole[name])
        return [str(value) if isinstance(value, str) else value for value in (whole[name] for name in names)]

    write_rows(model, names, map(values, _with_first(first, rows)))


def _with_first(first: dict, rows: Iterator[dict]) -> Iterator[dict]:
    yield first
    yield from rows
