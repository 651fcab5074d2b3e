"""How rows that are no items are worded: notes, totals, groups, parts, counts, dates."""

import re
from dataclasses import dataclass

from catalog.reading.layout.shapes import DayMeaning
from catalog.reading.values.numerals import NUMERAL, number
from catalog.reading.words import mend

SAME_AS_ABOVE = re.compile(
    r"[(（]?(?:同上|同前|同左上|同上项|同上一项|〃|″|”{1,2}|“{1,2}|\"{1,2}|''|‘’|々|仝)[)）]?"
)

SIGNED = (
    "填表|制表|审核|审批|复核|校对|核稿|批准|签发|经办|领导签字|签字|盖章|填表人|审核人|审批人|制表人|填报人|填写人|负责人|主要负责人|分管领导|主管领导|单位负责人|联系人|经办人|复核人|校对人|"
    "填报单位|填表单位|制表单位|编制单位|单位|填表日期|制表日期|填报日期|填报时间|制表时间|填表时间|编制日期|编制时间|印发日期|公布日期|发布日期|日期|"
    "联系电话|联系方式|监督电话|投诉电话"
)
SIGNATURE = re.compile(rf"^(?:{SIGNED})\s*(?:[(（][^()（）]*[)）])?\s*[:：]")
NOTE = re.compile(
    r"^[*※★●▲]|^(?:注|备注|说明|附注|附注说明|填表说明|填写说明|编制说明|有关说明|相关说明|注释|注意|注意事项|温馨提示|特别说明)"
    r"(?:\s*[(（]?[0-9０-９一二三四五六七八九十①-⑳][)）]?)?\s*(?:[:：.．、]|$)"
)
NUMBERED_NOTE = re.compile(
    rf"^(?:[0-9]{{1,2}}\s*[.．、)）]|[(（]{NUMERAL}{{1,2}}[)）]|[①-⑳]|{NUMERAL}{{1,2}}、)"
)
TOTAL = re.compile(
    r"^(?:小计|合计|总计|共计|累计|总数|本页小计|本页合计|部门小计|部门合计|本部门小计|全县合计|总合计)"
    r"(?:$|[:：(（\s0-9一二三四五六七八九十百共]|个)"
)
# What a printed page carries besides the list: 第2页 共3页, 续表, （续上页）, -3-.
PAGE_MARK = re.compile(
    r"第\s*[0-9一二三四五六七八九十]+\s*页(?:\s*[,，/]?\s*共\s*[0-9一二三四五六七八九十]+\s*页)?|[-—]\s*[0-9]+\s*[-—]"
    r"|[(（]?(?:续(?:上|前)?(?:表|页)?[0-9一二三]*|(?:接|承|续)(?:上|前)(?:页|表)|(?:转|接|续)下页)[)）]?"
)
# Wholly in brackets, a row speaks of the table and is none of its items: （注：……）, （以下空白）, （此页无正文）.
BRACKETED_REMARK = re.compile(
    r"[(（\[【〔][^()（）\[\]【】〔〕]*(?:[(（][^()（）]*[)）][^()（）]*)*[)）\]】〕][。.]?"
)
# 委托机关：县林业局 and 受委托机关：白塔镇 over rows.
GROUP_LABEL = re.compile("^(?P<label>[^：:]{2,10})[：:]")
NOTHING_BELOW = re.compile("[-—*·]*(?:以下|此页|本页)(?:空白|无正文|无内容|为空)[-—*·]*|[-—]{2,}完[-—]{2,}")
# Who signs below a list, and when: 北原县人民政府（章）, 二〇二四年六月, 2024年5月20日印发, 抄送：….
SIGNED_BY = re.compile(
    "[㐀-鿿]{2,30}(?:人民政府|办公室|委员会|领导小组|[^书各]局)|.{2,40}[(（](?:加?盖?公?章|印章|签章|代章)[)）]"
)
SIGNED_ON = re.compile(
    r"[0-9〇○零一二三四五六七八九]{4}\s*年\s*[0-9一二三四五六七八九十]{1,3}\s*月"
    r"(?:\s*[0-9一二三四五六七八九十]{1,3}\s*日)?(?:印发|公布|发布|制|填报)?|[0-9]{4}[./-][0-9]{1,2}[./-][0-9]{1,2}"
)
SENT_TO = re.compile("(?:抄送|主送|分送|报送|抄报)[:：]")
# Headings of tables that are other papers: projects, budgets, people, goods, marks.
OF_OTHER_PAPERS = re.compile(
    "万元|亿元|[(（]元[)）]|金额|预算|决算|投资|造价|单价|总价|合同|资金|拨付|建设(?:规模|内容|地点|年限|性质|单位)|开工|竣工|工期"
    "|姓名|性别|年龄|出生|学历|职称|身份证|(?<!员)(?<!人)数量|规格|型号|品牌|资产|库存|得分|分值|评分|扣分|排名|名次"
    "|进度|完成(?:时限|时间|情况|率)|同比|增长|星期|课程|节次|日程|会议|议题|参会|参训|培训|考核|工单|诉求|来电|信访人|当事人|车牌|账号|工资"
)
OF_SUCH_LISTS = re.compile(
    "(?:公共|政务|便民)服务|服务(?:事项|项目|清单)|权力|权责|职权|事权|赋权|下放|委托|派驻|延伸|驻乡|驻镇|履职|履行职责|收回事项|购买服务|代办"
    "|执法事项|进驻|事项(?:目录|清单)"
)
ATTACHMENT = re.compile(
    r"^[(（\[【]?(?:附件|附表|附录|附)\s*[:：]?\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})?(?:[-－—][0-9]+)?[:：)）\]】]?$"
)
ATTACHED = re.compile(r"^(?:附件|附表)\s*(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[-－—0-9]*\s*[:：]?\s*")

NUMBERED_HAN = re.compile(
    "^(?:第[一二三四五六七八九十百]+(?:部分|类|章|节|篇|编)"
    r"|[一二三四五六七八九十百]+(?=[\s　、.．,，])|[㈠-㈩])"
    r"[\s　、.．,，:：]*"
)
NUMBERED_IN_BRACKETS = re.compile(r"^[(（][一二三四五六七八九十百]+[)）][\s　、.．,，]*")
NUMBERED_FIGURES = re.compile(r"^(?:[0-9０-９]{1,2}[.．、](?![0-9])|[(（][0-9０-９]{1,2}[)）])[\s　]*")
PART = re.compile(r"(?:清单|目录|事项表|一览表)(?:[(（][^()（）]*[)）])?$")
# The three parts every township's duty list has since 2024.
DUTY_PART = re.compile(
    "(?P<part>基本履职|配合(?:(?:上级|县级|县直)(?:部门)?)?履职|(?:上级|县级)?(?:部门)?收回|由?上级部门(?:履职|承担|履行))"
    "(?:职责)?(?:的?事项|清单|$)"
)
LIST_WORD = re.compile(r"(?:事项)?(?:目录清单|清单目录|清单|目录|一览表|表)(?:[(（][^()（）]*[)）])?$")
TITLE_WORD = re.compile(r"清单|目录|一览表|事项表|汇总表|明细表|统计表|登记表|职责表|事权|名录")
EDITION = re.compile(
    r"^[(（](?![^()（）]*月[^版本稿修订]*[)）]$)[^()（）]*(?:年|版|本|试行|暂行|征求意见稿|修订|送审稿|草案|公示稿)[^()（）]*[)）]$"
)

COUNT = re.compile(
    rf"(?P<number>[0-9]+|{NUMERAL}+)\s*(?:个|大|小)?(?P<unit>部门|单位|主项|大项|子项|小项|分项|大类|类别|领域|方面|类|事项|项目|项|条|家|件|个(?!工作日|自然日|月|小时))"
)
BRACKETED_COUNT = re.compile(
    rf"[(（\[【]\s*(?:共|计|合计)?\s*{NUMERAL}+\s*(?:个|大|小|子)?(?:事项|项|条|个|家|件|类)[^()（）]{{0,12}}[)）\]】]$"
)
# 民政类共5项, 县民政局：5项
COUNT_BEHIND = re.compile(rf"(?:共计?\s*|(?<=[:：])\s*){NUMERAL}+\s*(?:个|大|小|子)?(?:事项|项)$")
BULLET = re.compile(r"^[◆◇■□●○▶►▪•]+\s*(?=\S)")
BODY_IN_TITLE = re.compile(
    "(?P<body>[㐀-鿿]{2,20}?(?:局|委员会|办公室|中心|大队|支队))"
    "(?=下放|委托|赋权|权责|权力|行政|派驻|公共服务|服务事项|政务服务|事项|职责|责任)"
)
# A title or note that counts the list: …清单（共57项）, 本清单共计25个主项、38个子项.
WHOLE_COUNT = re.compile(
    rf"(?:(?:清单|目录|事项|表|权力|职权)[^，。；：:]{{0,8}}|^[^，。；]{{0,6}})共(?:计|有|列)?{NUMERAL}+(?:个|大|小)?"
    rf"(?:主项|大项|子项|小项|事项|项)(?:[、，,和]{{0,2}}(?:共)?{NUMERAL}+个?(?:主项|大项|子项|小项|项))*"
)
# （3项）, （2024年本，共8项） behind a title.
TITLE_COUNT = re.compile(rf"[(（](?:[^()（）]*共)?(?:计|有)?{NUMERAL}+(?:个|大|小|子)?(?:事项|项)[)）]$")
COUNT_ONLY = re.compile(rf"[(（\[【]?(?:共|计)?{NUMERAL}+(?:个)?(?:事项|项)[)）\]】]?")
# A line that counts the whole list: （共１０个部门，５３项）, 本清单共57项.
COUNT_LINE = re.compile(
    rf"^[(（\[【]?(?:本清单|本目录|全县|清单)?(?:共计|合计|总计|共有|共)[:：]?{NUMERAL}+[^。；]{{0,40}}[)）\]】]?$"
)

MEANINGS: tuple[tuple[DayMeaning, str], ...] = (
    ("published", "公布|印发|发布|公开|公告|公示"),
    ("made", "制表|填表|填报|编制|制定|统计|截至|截止|更新"),
    ("effective", "施行|实施|执行|生效|起行使"),
    ("ended", "废止|失效|有效期至"),
)


@dataclass(frozen=True)
class GroupHeading:
    """A group or part heading: its name without number and count, its numbering, and the count it claims."""

    name: str
    rank: int
    claimed: int | None
    printed: str


def read_group(printed: str) -> GroupHeading:
    """``（五）乡村振兴（11项）`` as 乡村振兴, numbered in brackets, claiming 11. Rank 0 is unnumbered."""
    raw = BULLET.sub("", printed.strip())
    rank, name = 0, raw
    for place, pattern in enumerate((NUMBERED_HAN, NUMBERED_IN_BRACKETS, NUMBERED_FIGURES), 1):
        match = pattern.match(raw)
        if match and match.end() < len(raw):
            rank, name = place, raw[match.end() :]
            break
    plain = mend(name)
    count = BRACKETED_COUNT.search(plain) or COUNT_BEHIND.search(plain)
    claimed = None
    if count:
        claimed = next((number(one["number"]) for one in COUNT.finditer(count[0])), None)
        plain = plain[: count.start()]
    return GroupHeading(plain.strip("：:，,、 "), rank, claimed, mend(printed.strip()))


def part_name(name: str) -> str:
    """``基本履职事项清单`` is the part 基本履职事项, and so is ``榆树镇基本履职清单``."""
    duty = DUTY_PART.search(name)
    if duty:
        begins = duty["part"][:2]
        return (f"{begins}履职" if begins in ("基本", "配合") else "上级部门收回") + "事项"
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", name)
    return re.sub(r"(?:目录清单|清单目录|清单|目录|一览表)$", "", bare) or name


def is_signed(text: str) -> bool:
    """Whether the text is what stands below a list: who issued it, when, to whom it was sent."""
    return any(pattern.fullmatch(text) for pattern in (SIGNED_BY, SIGNED_ON)) or bool(SENT_TO.match(text))


def body_in_title(title: str) -> str:
    """``北原县民政局下放事项清单`` is a list of 北原县民政局; empty where a title begins with no body."""
    match = BODY_IN_TITLE.match(title)
    return match["body"] if match else ""


def counts_in(text: str) -> list[tuple[int, str]]:
    """Every count of a line: ``共１０个部门，５３项`` is 10 部门 and 53 项."""
    plain = mend(text)
    found = []
    matches = list(COUNT.finditer(plain))
    for match in matches:
        claimed = number(match["number"])
        # 行政处罚5项、行政许可3项 counts shares; only what is called the sum can be held against the rows.
        alone = sum(other["unit"] == match["unit"] for other in matches) == 1
        if claimed is not None and (alone or plain[: match.start()].endswith(("共", "计", "计：", "计:"))):
            found.append((claimed, match["unit"]))
    return found


def day_meaning(text: str, start: int, end: int) -> DayMeaning:
    """What a day is, by the words just around it."""
    around = text[max(0, start - 8) : start], text[end : end + 8]
    best: tuple[int, DayMeaning] = (99, "other")
    for meaning, words in MEANINGS:
        before, after = list(re.finditer(words, around[0])), re.search(words, around[1])
        if after and after.start() < best[0]:
            best = (after.start(), meaning)
        if before and len(around[0]) - before[-1].end() + 1 < best[0]:
            best = (len(around[0]) - before[-1].end() + 1, meaning)
    return best[1]
