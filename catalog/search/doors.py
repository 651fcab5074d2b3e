"""The second door to an item: what has happened in somebody's life, and whom a service is for.

Lists have no column for either. Both are read off the words a list prints; a word that is missing here is added here,
and `rebuild_search` brings it in.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import tokens


@dataclass(frozen=True)
class Door:
    """One event or group, with the words by which a list speaks of it."""

    code: str
    label: str | Promise
    words: str

    def opens_to(self, text: str) -> bool:
        return re.search(self.words, tokens.key(text)) is not None


LIFE_EVENTS = (
    Door("birth", _("Having a child"), "生育|出生|孕|婴幼儿|育儿|产妇|新生儿|收养|计划生育"),
    Door("school", _("Going to school"), "教育|入学|上学|学生|休学|控辍|助学|幼儿园|学前|转学"),
    Door("work", _("Work and livelihood"), "就业|失业|创业|求职|岗位|招聘|用工|农民工|劳动|技能培训|工资"),
    Door(
        "farming",
        _("Farming"),
        "农业|农机|耕地|地力|种粮|土地承包|土地流转|畜禽|动物|疫苗|农药|种子|灌溉|林木|养殖|购机",
    ),
    Door("housing", _("House and land"), "宅基地|建房|住房|危房|房屋|用地|乡村建设规划|不动产|租房"),
    Door("illness", _("Illness"), "医疗|医保|就医|疾病|救治|精神障碍|报销|门诊|慢性病|大病"),
    Door("disability", _("Disability"), "残疾|辅助器具|无障碍|康复"),
    Door("old_age", _("Old age"), "老年|养老|高龄|老人|退休|失能|待遇资格认证|待遇领取|待遇申领"),
    Door("death", _("A death"), "死亡|丧葬|殡葬|遗属|抚恤|注销|安葬|火化"),
    Door("veterans", _("Military service"), "退役|军人|义务兵|兵役|优抚|优待金|参军|烈士|复员"),
)

GROUPS = (
    Door("elderly", _("Older people"), "老年|老人|高龄|周岁以上|周岁及以上|失能"),
    Door("disabled", _("People with disabilities"), "残疾|精神障碍|持证"),
    Door("children", _("Children and pupils"), "儿童|少年|未成年|婴幼儿|学生|孤儿|幼儿"),
    Door(
        "families", _("Couples and families with children"), "育龄|夫妻|孕|独生子女|计划生育家庭|监护人|生育"
    ),
    Door("needy", _("People in need"), "低保|低收入|特困|困难|受灾|救助|五保|孤儿"),
    Door("workers", _("Jobseekers and workers"), "劳动者|就业|失业|创业|农民工|高校毕业生|求职"),
    Door("farmers", _("Farmers"), "农民|农户|承包|种粮|养殖|农机|农业生产|集体经济组织成员|村民|农村"),
    Door("veterans", _("Military personnel and veterans"), "退役军人|军人|义务兵|优抚|兵役|烈士"),
    Door("businesses", _("Businesses and organisations"), "企业|单位|组织|经营者|机构|个体工商|法人|合作社"),
    Door("everyone", _("All residents"), "城乡居民|全体居民|居民|公民|当事人|群众"),
)


# What a page that offers the second door hands to its template.
SECOND_DOOR = {"events": LIFE_EVENTS, "audiences": GROUPS}


def events_of(text: str) -> list[str]:
    """The codes of the life events a text speaks of."""
    return [door.code for door in LIFE_EVENTS if door.opens_to(text)]


def groups_of(text: str) -> list[str]:
    """The codes of the groups a text speaks of."""
    return [door.code for door in GROUPS if door.opens_to(text)]
