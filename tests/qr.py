"""Reading a QR code out of a page: its SVG as a picture, the picture by a reader of another maker than the writer."""

import re

import zxingcpp

CODE = re.compile(r'<svg[^>]*viewBox="0 0 (\d+) \d+"[^>]*>.*?class="qrline"[^>]* d="([^"]*)"', re.S)
STEP = re.compile(r"([Mmh])(-?[0-9.]+)(?: (-?[0-9.]+))?")
PIXELS = 4  # of each module


def decoded(html: str) -> list[str]:
    """What the QR codes of a page say, in their order."""
    return [_read(int(size), path) for size, path in CODE.findall(html)]


def _read(size: int, path: str) -> str:
    picture = bytearray(b"\xff" * (size * PIXELS) ** 2)
    x = y = 0.0
    for command, first, second in STEP.findall(path):
        if command == "M":
            x, y = float(first), float(second)
        elif command == "m":
            x, y = x + float(first), y + float(second or 0)
        else:
            _paint(picture, size * PIXELS, int(x), int(y), int(float(first)))
            x += float(first)
    (found,) = zxingcpp.read_barcodes(memoryview(picture).cast("B", (size * PIXELS, size * PIXELS)))
    return found.text


def _paint(picture: bytearray, width: int, x: int, y: int, length: int) -> None:
    """Black modules of one row, from the place on."""
    for row in range(y * PIXELS, (y + 1) * PIXELS):
        start = row * width + x * PIXELS
        picture[start : start + length * PIXELS] = bytes(length * PIXELS)
