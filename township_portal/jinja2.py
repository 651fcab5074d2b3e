"""
The environments of the public templates, one for each language of the portal.

A page that shows pieces of two apps is composed in its template, by functions given to it here: what an app
offers to templates is imported below and added to FUNCTIONS or FILTERS. The macros under `_components` are at hand in
every template by the name of their file; a change in them shows after a restart. Admin pages stay Django
templates and see none of this.
"""

import datetime
from functools import lru_cache

from django.conf import settings
from django.template.backends.base import BaseEngine
from django.template.backends.jinja2 import Jinja2
from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from catalog.choices import POWER_TYPE_NAMES
from catalog.display import Display
from catalog.qr import qr_code
from devolution.itempowers import counts_by_mode, powers_behind, recourse_of, taken_back_from, taken_back_in

from .linkeddata import government_service

CHINESE = "zh-hans"
# Macros, each file after those that it uses itself.
COMPONENTS = {
    "words": "_components/words.html",
    "blocks": "_components/blocks.html",
    "navigation": "_components/navigation.html",
    "filters": "_components/filters.html",
    "search": "_components/search.html",
    "places": "_components/places.html",
}


class PublicPages(BaseEngine):
    """Django's backend for Jinja2, once for each language.

    A page says some sixty texts and names some thirty addresses; which language they are for is found out once for
    the page. A template belongs to the language that is active when it is asked for.
    """

    app_dirname = "jinja2"

    def __init__(self, params):
        self.of_language = {
            code: Jinja2({**params, "OPTIONS": {**params["OPTIONS"], "language": code}})
            for code, _name in settings.LANGUAGES
        }
        super().__init__({name: value for name, value in params.items() if name != "OPTIONS"})

    @property
    def here(self):
        """The backend of the active language; of the portal's own where none of its languages is active."""
        return self.of_language.get(get_language()) or self.of_language[settings.LANGUAGE_CODE]

    def get_template(self, template_name):
        return self.here.get_template(template_name)

    def from_string(self, template_code):
        return self.here.from_string(template_code)


def localdate(value):
    """A day as the page's language writes it; a moment becomes its day in the portal's time zone."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "DATE_FORMAT")


def filled_in(line, *values):
    """`line|filled_in(…)`: a line of a long table with a value for each `%s`, escaped; half of what `format` costs."""
    return Markup(str.__mod__(line, tuple(map(escape, values))))


# What follows from the language alone, made for each: functions of its environment.


def texts():
    """`_("…")`: the text in the page's language, its values escaped and filled in."""
    sentence = lru_cache(maxsize=4096)(lambda message: Markup(gettext(message)))
    whole = lru_cache(maxsize=4096)(lambda message: sentence(message) % {})
    return lambda message, /, **values: sentence(message) % values if values else whole(message)


def addresses():
    """`url("item", county.code, item.code)`: the address of a view."""
    known = lru_cache(maxsize=2048)(lambda name, args: reverse(name, args=args))
    return lambda name, *args: known(name, args)


def days():
    """`value|day`: a day for people, and for programs."""
    return lru_cache(maxsize=2048)(
        lambda value: Markup('<time datetime="{}">{}</time>').format(value.isoformat(), localdate(value))
    )


def chinese(language):
    """`text|zh`: Chinese that a list prints, marked as Chinese on a page in another language."""
    return escape if language == CHINESE else Markup('<span lang="zh-Hans">{}</span>').format


def printed(language):
    """`text|printed`: the same with the line breaks of the paper."""
    mark = "" if language == CHINESE else ' lang="zh-Hans"'
    return Markup(f'<span class="printed"{mark}>{{}}</span>').format


FUNCTIONS = {
    "static": static,
    "translate_url": translate_url,
    # The plain one, for pages that stand without a request; others are handed what their address asks for.
    "display": Display(),
    "qr_code": qr_code,
    "counts_by_mode": counts_by_mode,
    "government_service": government_service,
    "power_type_names": POWER_TYPE_NAMES | {"": ""},
    "powers_behind": powers_behind,
    "recourse_of": recourse_of,
    "taken_back_from": taken_back_from,
    "taken_back_in": taken_back_in,
}

FILTERS = {
    "filled_in": filled_in,
    "localdate": localdate,
}


def environment(language, **options):
    """What Django's backend calls once for each language, with the options of settings.TEMPLATES."""
    # A name a template misspells is a failing test, not a blank on the page.
    environment = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(
        gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext, newstyle=True
    )
    # `lang` is the language as HTML writes it.
    lang = "zh-Hans" if language == CHINESE else language
    environment.globals.update(FUNCTIONS, _=texts(), url=addresses(), language=language, lang=lang)
    environment.filters.update(FILTERS, day=days(), zh=chinese(language), printed=printed(language))
    for name, file in COMPONENTS.items():
        environment.globals[name] = environment.get_template(file).module
    return environment
