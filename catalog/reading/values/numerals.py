"""Numbers as lists print them: half-width, full-width, Chinese (``一百一十九``), ringed (``⑩``)."""

import re
import unicodedata

HAN_DIGITS = {
    **{digit: number for number, digit in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "○": 0,
    "两": 2,
}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
# A character class for use inside other patterns: everything `number` can read.
NUMERAL = "[0-9０-９零〇○一二三四五六七八九十百千两]"

FIGURES = re.compile(r"[0-9]{1,9}")
HAN = re.compile("[零〇○一二三四五六七八九十百千两]{1,12}")


def number(text: str) -> int | None:
    """The number a numeral stands for, or None where it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if FIGURES.fullmatch(plain):
        return int(plain)
    if HAN.fullmatch(plain):
        return _han_number(plain)
    return None


def _han_number(numeral: str) -> int | None:
    if not any(character in HAN_UNITS for character in numeral):
        # 二〇二四: digits in a row. A lone digit is itself.
        return int("".join(str(HAN_DIGITS[character]) for character in numeral))
    total, digit, smallest = 0, None, 10_000
    for character in numeral:
        if character in HAN_UNITS:
            unit = HAN_UNITS[character]
            if unit >= smallest or digit == 0:
                return None
            total += (digit or 1) * unit
            digit, smallest = None, unit
        elif digit:
            return None
        else:
            digit = HAN_DIGITS[character]
    return total + (digit or 0)
