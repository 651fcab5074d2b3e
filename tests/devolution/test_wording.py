"""What the printed names of powers say to the law."""

import pytest

from catalog.choices import PowerType
from devolution import wording
from devolution.choices import Authority, CoercionKind, Receiver
from devolution.rules import Level


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("查封不符合安全生产标准的设施、设备", CoercionKind.MEASURE),
        ("扣押、没收非法采砂船舶、机具", CoercionKind.MEASURE),
        ("冻结存款、汇款", CoercionKind.MEASURE),
        ("拍卖查封、扣押的财物", CoercionKind.MEASURE),
        ("强制拆除违法建筑", CoercionKind.ENFORCEMENT),
        ("代履行", CoercionKind.ENFORCEMENT),
        ("加处罚款", CoercionKind.ENFORCEMENT),
        ("对非法种植的处理", ""),
    ],
)
def test_measures_are_told_from_enforcement(name, kind):
    assert wording.coercion_kind(name, PowerType.COERCION) == kind
    assert wording.coercion_kind(name, PowerType.PENALTY) == ""


@pytest.mark.parametrize(
    ("name", "heavy"),
    [
        ("吊销营业执照", True),
        ("对违法经营行为责令停产停业的处罚", True),
        ("对被吊销许可证后继续经营的处罚", False),
        ("对滥伐林木的处罚", False),
    ],
)
def test_heavy_penalties_are_told_from_what_they_punish(name, heavy):
    assert wording.is_heavy(name) == heavy


@pytest.mark.parametrize(
    ("name", "includes"),
    [
        ("对不符合城市容貌标准、环境卫生标准的建筑物或者设施责令限期改造或者拆除的处罚", True),
        ("对侵占、毁损、擅自拆除、移动燃气设施的处罚", False),
        ("对擅自拆除封条的处罚", False),
    ],
)
def test_demolition_ordered_is_told_from_demolition_punished(name, includes):
    assert wording.includes_enforcement(name, PowerType.PENALTY) == includes


def test_detention_restricts_liberty():
    assert wording.restricts_liberty("对扰乱秩序行为处以行政拘留")
    assert not wording.restricts_liberty("对随地吐痰的处罚")


@pytest.mark.parametrize(
    ("printed", "steps"),
    [
        ("受理、审查、决定、送达", [Authority.ACCEPT, Authority.EXAMINE, Authority.DECIDE, Authority.SERVE]),
        ("立案、调查取证、作出决定", [Authority.FILE, Authority.INVESTIGATE, Authority.DECIDE]),
        ("现场检查", [Authority.INSPECT]),
        ("", []),
    ],
)
def test_scopes_of_authority_are_read(printed, steps):
    assert wording.authorities(printed) == steps


@pytest.mark.parametrize(
    ("title", "recorded", "number", "level"),
    [
        ("中华人民共和国森林法", "", "", Level.LAW),
        ("森林防火条例", "", "", Level.REGULATION),
        ("某某省实施办法", "", "", Level.RULE),
        ("农村危房改造补助资金管理暂行办法", "", "财社〔2016〕216号", Level.DOCUMENT),
        ("公共租赁住房管理办法", "", "住房和城乡建设部令第11号", Level.RULE),
        ("关于深入推进经济发达镇行政管理体制改革的指导意见", "", "", Level.DOCUMENT),
        ("特困人员认定办法", "部门规章", "", Level.RULE),
        ("", "", "国发〔2015〕52号", Level.DOCUMENT),
    ],
)
def test_levels_of_law(title, recorded, number, level):
    assert wording.level_of(title, recorded, number) == level


def test_an_article_is_known_by_whom_it_names():
    basis = wording.basis_of("《中华人民共和国森林法》", ["57(3)"])
    assert basis.names == {Receiver.TOWNSHIP}
    assert PowerType.LICENCE in basis.permits
    both = wording.basis_of("社会救助暂行办法", ["48"])
    assert both.names == {Receiver.TOWNSHIP, Receiver.SUBDISTRICT}


def test_an_unknown_article_names_nobody():
    basis = wording.basis_of("某省城市管理条例", ["3"])
    assert (basis.names, basis.gives, basis.permits) == (frozenset(), frozenset(), frozenset())
