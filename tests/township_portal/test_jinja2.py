import datetime

import pytest
from django.template import engines
from django.utils import timezone, translation
from jinja2 import UndefinedError

CHINESE, ENGLISH = "zh-hans", "en"


def render(source, **context):
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize(("language", "expected"), [(CHINESE, "2025年3月1日"), (ENGLISH, "March 1, 2025")])
def test_localdate_follows_the_language(language, expected):
    with translation.override(language):
        assert render("{{ day|localdate }}", day=datetime.date(2025, 3, 1)) == expected


def test_localdate_of_a_moment_is_its_day_in_china():
    moment = datetime.datetime(2025, 2, 28, 16, 30, tzinfo=datetime.UTC)
    assert timezone.localtime(moment).hour == 0
    with translation.override(CHINESE):
        assert render("{{ moment|localdate }}", moment=moment) == "2025年3月1日"


def test_localdate_of_nothing_is_nothing():
    assert render("{{ none|localdate }}") == ""


def test_url_reverses_a_view():
    assert render("{{ url('admin:login') }}") == "/admin/login/"


def test_addresses_and_texts_that_are_kept_follow_the_language():
    said = []
    for language in (CHINESE, ENGLISH) * 2:
        with translation.override(language):
            said.append(render("{{ url('county', '990101') }} {{ _('Search') }}"))
    assert said == ["/990101/ 搜索", "/en/990101/ Search"] * 2


def test_texts_take_named_values_and_escape_them():
    assert render("{{ _('%(name)s', name=name) }}", name="<b>") == "&lt;b&gt;"


def test_a_misspelt_name_is_an_error():
    with pytest.raises(UndefinedError):
        render("{{ misspelt }}")
