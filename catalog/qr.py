"""Addresses as QR codes, drawn in the page: a printed page leads back to itself.

To make a code anew takes 1 to 2 ms, and every page of an item has one. But a code is a sum without carry: where two
addresses of one length differ in a sign, their codes differ in the same modules, whatever else the addresses say. So
the first address of a length is made by segno, and so is each change of a sign at a place, once in a process; any
other code of that length is the first with its changes laid over it.
"""

import re
from functools import lru_cache

import segno
from django.utils.encoding import iri_to_uri
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

# One of the eight patterns that may lie over the code. Any of them can be read; to try which is the most even
# takes three times as long as all the rest, and would not always be the same.
PATTERN = 0
# Beyond so many changed signs a code made anew may cost less than its changes.
MOST_CHANGES = 16
BORDER = 4  # white modules around it, as the standard wants

# How a line draws the eight modules of a byte: along the black ones, passing over the white ones.
_STROKES = [
    "".join(
        f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in re.findall("1+|0+", f"{byte:08b}")
    )
    for byte in range(256)
]

_first_of_length: dict[int, str] = {}


def qr_code(address: str) -> SafeString:
    """The address as an SVG drawing with a text alternative, as wide as what is around it."""
    size, modules = _code_of(iri_to_uri(address))
    return format_html(
        '<span role="img" aria-label="{}">{}</span>',
        _("QR code of this page's address"),
        _drawn(size, modules),
    )


def _code_of(address: str) -> tuple[int, int]:
    """How many modules the code has in a row, and its rows, each of whole bytes, as one number."""
    first = _first_of_length.setdefault(len(address), address)
    others = [(place, sign) for place, sign in enumerate(address) if sign != first[place]]
    if len(others) > MOST_CHANGES:
        return _made(address)
    size, modules = _made(first)
    for place, sign in others:
        modules ^= _change(first, place, sign)
    return size, modules


@lru_cache(maxsize=4096)
def _change(first: str, place: int, sign: str) -> int:
    """The modules that are others when another sign stands at a place of an address."""
    changed = _made.__wrapped__(first[:place] + sign + first[place + 1 :])
    return changed[1] ^ _made(first)[1]


@lru_cache(maxsize=256)
def _made(address: str) -> tuple[int, int]:
    matrix = segno.make(address, error="m", mode="byte", micro=False, mask=PATTERN).matrix
    rows = ["".join(map(str, row)).ljust(8 * _bytes_of(len(matrix)), "0") for row in matrix]
    return len(matrix), int("".join(rows), 2)


def _bytes_of(size: int) -> int:
    """How many bytes the modules of a row fill."""
    return (size + 7) // 8


def _drawn(size: int, modules: int) -> SafeString:
    """A line through each row of modules."""
    each = _bytes_of(size)
    rows = modules.to_bytes(size * each)
    lines = [
        f"M{BORDER} {BORDER + row}.5"
        + "".join([_STROKES[byte] for byte in rows[row * each : (row + 1) * each]])
        for row in range(size)
    ]
    width = size + 2 * BORDER
    return mark_safe(  # made of numbers alone
        f'<svg viewBox="0 0 {width} {width}" class="segno"><path fill="#fff" d="M0 0h{width}v{width}h-{width}z"/>'
        f'<path class="qrline" stroke="#000" d="{"".join(lines)}"/></svg>'
    )
