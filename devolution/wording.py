"""What the printed words of a power say to the law: pure, and only ever a proposal that staff can correct."""

import re

from catalog.choices import PowerType
from catalog.reading.citations import title_key
from catalog.reading.words import fold

from .choices import Authority, CoercionKind, Receiver
from .rules.articles import township_articles
from .rules.facts import CitedBasis, Level
from .rules.statutes import ENTRUSTED_UNDER, GIVEN_BY_STATUTE

# What is punished often bears the same words as the punishment: 擅自拆除、移动燃气设施, 被吊销许可证后继续经营.
CONDUCT = re.compile(
    r"(?:擅自|非法|违法|违规|私自|自行|随意|拒不|未按[^，、]{0,10}|未经[^，、]{0,10}|被|经)"
    r"(?:(?!行为)[^，、的]){0,8}(?:、[^，、的]{0,8})*$"
)
MEASURES = re.compile(r"查封|扣押|扣留|冻结|封存|暂扣|限制(?:公民)?人身自由|强制隔离|强制带离|强制传唤")
ENFORCEMENTS = re.compile(
    r"拆除|代履行|加处罚款|加处滞纳金|滞纳金|划拨|拍卖|强制(?:执行|清除|清理|拆迁|铲除|恢复|排除)"
    r"|排除妨碍|恢复原状|代为(?:治理|清除|恢复|处置)"
)
LIBERTY = re.compile(r"行政拘留|拘留|限制(?:公民)?人身自由|强制隔离戒毒|收容|劳动教养")
HEAVY = re.compile(
    r"吊销|撤销[^，、]{0,6}(?:许可|登记|资质)|责令(?:停产|停业|关闭|停止(?:生产|营业|经营))|停产停业|限制从业|降低资质"
)
ORDERED_ENFORCEMENT = re.compile(
    r"强制拆除|责令[^，。]{0,12}拆除|限期[^，。]{0,6}拆除|予以拆除|代履行|强制(?:执行|清除|铲除)"
)

AUTHORITY_WORDS: tuple[tuple[Authority, str], ...] = (
    (Authority.ACCEPT, r"受理|收件|接件|登记|备案"),
    (Authority.EXAMINE, r"审查|初审|审核|核实|核查|公示|踏勘"),
    (Authority.FILE, r"立案"),
    (Authority.INVESTIGATE, r"调查|取证"),
    (Authority.INSPECT, r"检查|巡查|核查"),
    (Authority.CARRY_OUT, r"实施|执行"),
    (Authority.DECIDE, r"决定|审批|批准|确认|核发|发证|处罚"),
    (Authority.SERVE, r"送达|发放|颁发"),
)

LEVELS = {"法律": Level.LAW, "行政法规": Level.REGULATION, "地方性法规": Level.REGULATION}
RULE_LEVELS = {"部门规章", "地方政府规章", "规章"}
NAMES = {
    "townships": frozenset({Receiver.TOWNSHIP}),
    "subdistricts": frozenset({Receiver.SUBDISTRICT}),
    "both": frozenset({Receiver.TOWNSHIP, Receiver.SUBDISTRICT}),
}


def coercion_kind(name: str, power_type: str) -> str:
    """Measure or enforcement, from the name of a coercive power; a measure where it is both; empty where unsaid."""
    if power_type != PowerType.COERCION:
        return ""
    if MEASURES.search(name):
        return CoercionKind.MEASURE
    return CoercionKind.ENFORCEMENT if ENFORCEMENTS.search(name) else ""


def restricts_liberty(name: str) -> bool:
    """Whether the name speaks of detention or another restriction of personal liberty."""
    return _is_what_is_done(LIBERTY, name)


def is_heavy(name: str) -> bool:
    """Whether the name speaks of revoking a licence or halting a business."""
    return _is_what_is_done(HEAVY, name)


def includes_enforcement(name: str, power_type: str) -> bool:
    """Whether a penalty's name takes demolition or another enforcement along."""
    return power_type == PowerType.PENALTY and _is_what_is_done(ORDERED_ENFORCEMENT, name)


def _is_what_is_done(pattern: re.Pattern[str], name: str) -> bool:
    return any(not CONDUCT.search(name[: found.start()]) for found in pattern.finditer(name))


def authorities(text: str) -> list[Authority]:
    """The steps of a procedure that a cell such as ``受理、审查、决定、送达`` names, in the procedure's order."""
    return [authority for authority, words in AUTHORITY_WORDS if re.search(words, text)]


def level_of(title: str, recorded: str = "", document_number: str = "") -> Level:
    """How high a cited paper stands: as recorded of the law, else as its title claims."""
    if recorded in LEVELS:
        return LEVELS[recorded]
    if recorded in RULE_LEVELS:
        return Level.RULE
    plain = title_key(title)
    if plain.endswith("法"):
        return Level.LAW if not plain.endswith("办法") else _rule_or_document(document_number)
    if plain.endswith("条例"):
        return Level.REGULATION
    return _rule_or_document(document_number) if re.search(r"(?:规定|细则|规则)$", plain) else Level.DOCUMENT


def _rule_or_document(document_number: str) -> Level:
    """A rule is issued by an order (令); a document by a number with a year in brackets."""
    return Level.DOCUMENT if "〔" in document_number else Level.RULE


def basis_of(
    title: str,
    articles: list[str] | tuple[str, ...] = (),
    *,
    level: str = "",
    document_number: str = "",
    is_known: bool = True,
    is_abolished: bool = False,
) -> CitedBasis:
    """What is known of one citation: its level, whom its articles name, and what they give or permit."""
    key = title_key(title)
    numbers = {re.match(r"\d+(?:-\d+)?|", article)[0] for article in articles}
    named = [NAMES[township_articles()[key][number]] for number in numbers if _mentions(key, number)]
    return CitedBasis(
        title=key,
        level=level_of(title, level, document_number),
        is_known=is_known,
        is_abolished=is_abolished,
        names=frozenset().union(*named),
        gives=frozenset().union(*(GIVEN_BY_STATUTE.get((key, number), ()) for number in numbers)),
        permits=frozenset().union(*(ENTRUSTED_UNDER.get((key, number), ()) for number in numbers)),
    )


def _mentions(key: str, number: str) -> bool:
    return number in township_articles().get(key, {})


def name_key(name: str) -> str:
    """A power's name for comparing: what two typists of one power write alike."""
    return fold(name)
