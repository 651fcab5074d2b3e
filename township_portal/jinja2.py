"""
The environment of the public templates.

A page that shows pieces of two apps is composed in its template, by functions given to it here: what an app
offers to templates is imported below and added to FUNCTIONS or FILTERS. Admin pages stay Django templates
and see none of this.
"""

import datetime
from functools import lru_cache

from django.templatetags.static import static
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from catalog.choices import POWER_TYPE_NAMES
from catalog.display import Display
from catalog.qr import qr_code
from devolution.itempowers import counts_by_mode, powers_behind, recourse_of, taken_back_from, taken_back_in

from .linkeddata import government_service


def url(name, *args):
    """The address of a view: `url("item", county.code, item.code)`."""
    return _address(get_language(), name, args)


@lru_cache(maxsize=2048)
def _address(language, name, args):
    """Addresses follow from the language and what is asked, and a page asks for some thirty."""
    return reverse(name, args=args)


def translated(message, /, **values):
    """What `_("…")` of a template says: the text in the page's language, its values escaped and filled in."""
    if not values:
        return _sentence(get_language(), message)
    return Markup(gettext(message)) % values


@lru_cache(maxsize=4096)
def _sentence(language, message):
    """A text without values is the same on every page of its language, and a page says some sixty."""
    return Markup(gettext(message)) % {}


def localdate(value):
    """A day as the page's language writes it; a moment becomes its day in the portal's time zone."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return date_format(value, "DATE_FORMAT")


FUNCTIONS = {
    "_": translated,
    "static": static,
    "url": url,
    "get_language": get_language,
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
    "localdate": localdate,
}


def environment(**options):
    """What Django's Jinja2 backend calls once, with the options of settings.TEMPLATES."""
    # A name a template misspells is a failing test, not a blank on the page.
    environment = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(
        gettext=gettext, ngettext=ngettext, pgettext=pgettext, npgettext=npgettext, newstyle=True
    )
    environment.globals.update(FUNCTIONS)
    environment.filters.update(FILTERS)
    return environment
