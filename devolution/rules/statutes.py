"""What national statutes give to township level by name, and which articles permit entrusting.

That an article mentions townships (`articles.township_articles`) gives them nothing yet: most of them speak of
guidance and help. The few that give a power of their own, or let a department entrust it, stand here.
"""

from catalog.choices import PowerType

# Statute and article → the types of power it gives to the bodies it names, to be used in their own name.
GIVEN_BY_STATUTE: dict[tuple[str, str], frozenset[str]] = {
    ("土地管理法", "14"): frozenset({PowerType.ADJUDICATION}),
    ("森林法", "22"): frozenset({PowerType.ADJUDICATION}),
    ("草原法", "16"): frozenset({PowerType.ADJUDICATION}),
    ("城乡规划法", "65"): frozenset({PowerType.COERCION}),
    ("土地管理法", "62"): frozenset({PowerType.LICENCE}),
    ("土地管理法实施条例", "34"): frozenset({PowerType.LICENCE}),
    ("农村土地承包法", "52"): frozenset({PowerType.LICENCE}),
    ("草原法", "13"): frozenset({PowerType.LICENCE}),
    ("义务教育法", "11"): frozenset({PowerType.LICENCE, PowerType.OTHER}),
    ("城市居民最低生活保障条例", "4"): frozenset({PowerType.BENEFIT, PowerType.CONFIRMATION}),
}

# Statute and article → the types of power that may be entrusted under it. The first two are the general rules, which
# point to "laws, regulations and rules": a paper that cites them claims that one of those permits it.
ENTRUSTED_UNDER: dict[tuple[str, str], frozenset[str]] = {
    ("行政处罚法", "20"): frozenset({PowerType.PENALTY}),
    ("行政许可法", "24"): frozenset({PowerType.LICENCE}),
    ("森林法", "57"): frozenset({PowerType.LICENCE}),
    ("社会救助暂行办法", "48"): frozenset({PowerType.BENEFIT}),
}
