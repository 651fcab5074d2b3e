"""An item as search engines read it: schema.org `GovernmentService`, as JSON in a script element that runs nothing.

Only what is on record is said. Who provides follows the law of the mode: the department, with the townships as
operators where it entrusts them; a township itself where the power has been handed down to it.
"""

import json

from django.utils.safestring import SafeString, mark_safe

from catalog.choices import ChannelKind, HandlingRule
from devolution.choices import Mode

# What would end the element, or the line in an old reader.
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def government_service(
    address, entry, guide, behind, county, *, township=None, arrangement=None
) -> SafeString:
    """The script element for the page of an item in its county, or in one of its townships."""
    told = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "identifier": entry.item.code,
        "name": entry.name,
        "alternateName": _names(guide.popular_names) if guide else None,
        "category": entry.category_name,
        "inLanguage": "zh-Hans",
        "audience": _typed("Audience", audienceType=entry.service_target),
        "termsOfService": guide.conditions if guide else None,
        "jurisdiction": _area(county),
        "areaServed": _area(township or county),
        **_who(entry, behind, township),
        "serviceOutput": _typed("Thing", name=guide.result_name if guide else None),
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "CNY"} if guide and guide.is_free else None,
        "availableChannel": _channels(guide, township, arrangement),
    }
    return script(_said(told))


def script(told: dict) -> SafeString:
    """JSON as an element of a page; nothing in it can end the element."""
    text = json.dumps(told, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def _who(entry, behind, township) -> dict:
    """Provider and operators: by the powers behind the item, else by the department the list names."""
    department = _department(entry)
    modes = {each.mode for each in behind}
    receivers = {row.township.code: row.township for each in behind for row in each.rows}
    operators = [_government(each) for each in receivers.values()]
    if modes == {Mode.DELEGATED}:
        return {"provider": operators}
    entrusted = [each.power.department for each in behind if each.mode != Mode.DELEGATED]
    if Mode.ENTRUSTED in modes:
        holders = {each.pk: _organisation(each) for each in entrusted if each}
        return {"provider": list(holders.values()) or department, "serviceOperator": operators}
    return {"provider": department}


def _department(entry) -> dict | None:
    if entry.department:
        return _organisation(entry.department)
    return _typed("GovernmentOrganization", name=entry.department_name)


def _organisation(department) -> dict:
    return _typed("GovernmentOrganization", name=department.name, telephone=department.phone)


def _government(township) -> dict:
    return _typed("GovernmentOrganization", name=township.name, identifier=township.code)


def _area(place) -> dict:
    return _typed("AdministrativeArea", name=place.name, identifier=place.code)


def _channels(guide, township, arrangement) -> list[dict]:
    """At the window of the township, and every other way the guide names with a link."""
    channels = []
    if township is not None and arrangement is not None and not arrangement.is_suspended:
        channels.append(_window(township, arrangement))
    for channel in guide.channels.all() if guide else ():
        if channel.kind == ChannelKind.ONLINE and channel.link:
            channels.append(_typed("ServiceChannel", name=channel.kind, serviceUrl=channel.link))
    return channels


def _window(township, arrangement) -> dict | None:
    if arrangement.rule in (HandlingRule.COUNTY, HandlingRule.VILLAGE):
        return None
    phone = arrangement.phone or township.centre_phone
    return _typed(
        "ServiceChannel",
        name=arrangement.window,
        servicePhone=_typed("ContactPoint", telephone=phone),
        serviceLocation=_typed(
            "Place",
            name=township.centre_name,
            address=arrangement.place or township.centre_address,
            geo=_typed(
                "GeoCoordinates", latitude=_number(township.latitude), longitude=_number(township.longitude)
            ),
        ),
    )


def _typed(kind: str, **values) -> dict | None:
    """A thing of a type with what is on record of it; nothing where nothing is."""
    said = _said(values)
    return {"@type": kind, **said} if said else None


def _said(values: dict) -> dict:
    """Without what is not on record; a list of one is the one."""
    said = {}
    for name, value in values.items():
        if isinstance(value, list):
            value = [each for each in value if each]
            value = value[0] if len(value) == 1 else value
        if value not in (None, "", [], {}):
            said[name] = value
    return said


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split("、") if name.strip()]


def _number(value) -> float | None:
    return None if value is None else float(value)
