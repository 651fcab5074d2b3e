"""Catalogues of powers as a county would print them, of one row or a few."""

from tests.catalog.workbooks import written

HEADING = [
    "序号",
    "委托机关",
    "事项名称",
    "权力类别",
    "委托依据",
    "委托权限",
    "受委托单位",
    "起始日期",
    "终止日期",
    "委托书编号",
]


def entrusted(
    name="对滥伐林木的处罚", kind="行政处罚", basis="《森林法》第七十六条；《行政处罚法》第二十条", **cells
):
    return entrusted_rows({}, name=name, kind=kind, basis=basis, **cells)


def entrusted_rows(
    *rows,
    name="对滥伐林木的处罚",
    kind="行政处罚",
    basis="《森林法》第七十六条；《行政处罚法》第二十条",
    **cells,
):
    """One power in several rows, each with cells of its own."""
    row = {"委托机关": "县林业和草原局", "事项名称": name, "权力类别": kind, "委托依据": basis}
    row |= {
        "委托权限": "立案、调查",
        "受委托单位": "榆树镇",
        "起始日期": "2026.1.1",
        "终止日期": "2028.12.31",
    }
    row |= {"委托书编号": "北林委字〔2026〕1号"} | cells
    printed = [
        [number, *((row | own)[heading] for heading in HEADING[1:])] for number, own in enumerate(rows, 1)
    ]
    return written(printed, title="委托事项清单", heading=HEADING)
