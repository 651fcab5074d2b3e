"""An item as a public service in the words of CPSV-AP 3.2, the European application profile, as JSON-LD.

The profile wants a description and a competent authority of every service. Where the list prints no object of the
service, the description says which paper lists it; where it names no department, the authority is who issued the list.
"""

from django.http import Http404, JsonResponse
from django.urls import reverse
from django.utils import timezone

from catalog.choices import ChannelKind
from catalog.days import AskedDay
from catalog.validating import validated
from catalog.views.data import readable_anywhere
from catalog.views.items import entries_on, guide_of

CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CHINESE = "http://publications.europa.eu/resource/authority/language/ZHO"
YUAN = "http://publications.europa.eu/resource/authority/currency/CNY"


@validated
def item_as_public_service(request, county_code, item_code):
    """The item as the lists in force today carry it; what nobody applies for is no service."""
    today = timezone.localdate()
    entries = entries_on(county_code, item_code, AskedDay(today, today))
    if not entries or not entries[0].is_applied_for:
        raise Http404
    address = request.build_absolute_uri(reverse("item", args=[county_code, item_code]))
    told = public_service(address, entries[0], guide_of(entries[0].item, today)["guide"])
    return readable_anywhere(
        JsonResponse(told, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})
    )


def public_service(address: str, entry, guide) -> dict:
    """The service with what hangs on it, each part under an address of its own below the item's."""
    edition = entry.edition
    county = edition.list.county
    place = _part(address, "county", "dct:Location", identifier=county.code)
    told = {
        "@id": address,
        "@type": "cpsv:PublicService",
        "dct:identifier": f"{county.code}-{entry.item.code}",
        "dct:title": _words(entry.name),
        "dct:description": _words(
            entry.service_target or f"《{edition.title}》（{edition.document_number}）所列事项"
        ),
        "dct:language": {"@id": CHINESE, "@type": "dct:LinguisticSystem"},
        "dct:spatial": place,
        "cv:hasCompetentAuthority": _authority(address, entry, place),
        "cv:thematicArea": _concept(address, "category", entry.category_name),
        "cv:hasLegalResource": [
            _part(address, f"law-{place}", "eli:LegalResource", title=basis.text)
            for place, basis in enumerate(entry.bases.all(), 1)
        ],
        **(_told_by_guide(address, guide) if guide else {}),
    }
    return {"@context": CONTEXT, **{name: value for name, value in told.items() if value}}


def _authority(address: str, entry, place: dict) -> dict:
    edition = entry.edition
    named = entry.department.name if entry.department else entry.department_name
    name = named or edition.issuing_body or edition.list.county.name
    authority = _part(address, "authority", "cv:PublicOrganisation", identifier=name)
    return authority | {"skos:prefLabel": _words(name), "dct:spatial": place}


def _told_by_guide(address: str, guide) -> dict:
    names = [name.strip() for name in guide.popular_names.split("、") if name.strip()]
    told = {
        "dcat:keyword": [_words(name) for name in names],
        "cpsv:hasInput": [
            _part(address, f"document-{material.position}", "cv:Evidence", title=material.name)
            for material in guide.materials.all()
            if not material.is_dropped
        ],
        "cv:hasChannel": [_channel(address, channel) for channel in guide.channels.all()],
    }
    if guide.result_name:
        told["cpsv:produces"] = _part(address, "result", "cv:Output", title=guide.result_name)
    if guide.is_free:
        told["cv:hasCost"] = _part(address, "cost", "cv:Cost") | {
            "cv:hasValue": {"@value": "0", "@type": "xsd:double"},
            "cv:currency": {"@id": YUAN, "@type": "skos:Concept", "skos:prefLabel": _words("人民币")},
        }
    if guide.phone:
        told["cv:contactPoint"] = {
            "@id": f"{address}#contact",
            "@type": "cv:ContactPoint",
            "cv:telephone": guide.phone,
        }
    return told


def _channel(address: str, channel) -> dict:
    told = _part(address, f"channel-{channel.kind}", "cv:Channel")
    if channel.kind == ChannelKind.ONLINE and channel.link:
        told["dcat:landingPage"] = {"@id": channel.link}
    if channel.note:
        told["dct:description"] = _words(channel.note)
    return told


def _concept(address: str, name: str, label: str) -> dict | None:
    if not label:
        return None
    return {"@id": f"{address}#{name}", "@type": "skos:Concept", "skos:prefLabel": _words(label)}


def _part(address: str, name: str, kind: str, *, title: str = "", identifier: str = "") -> dict:
    """Something below the item, known by its own address where it has no better name."""
    part = {"@id": f"{address}#{name}", "@type": kind, "dct:identifier": identifier or f"{address}#{name}"}
    return part | ({"dct:title": _words(title)} if title else {})


def _words(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "zh-Hans"}
