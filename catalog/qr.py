"""Addresses as QR codes, drawn in the page: a printed page leads back to itself."""

import io

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# One of the eight patterns that may lie over the code. Any of them can be read; to try which is the most even
# takes three times as long as all the rest, on every page of an item.
PATTERN = 0


def qr_code(address: str) -> SafeString:
    """The address as an SVG drawing with a text alternative, as wide as what is around it."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False, mask=PATTERN).save(
        drawing, kind="svg", border=4, xmldecl=False, svgns=False, light="white", omitsize=True, nl=False
    )
    return format_html(
        '<span role="img" aria-label="{}">{}</span>',
        _("QR code of this page's address"),
        mark_safe(drawing.getvalue().decode()),  # made of numbers by segno alone
    )
