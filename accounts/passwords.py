"""What a password must be, and how long it lasts."""

import re
from datetime import timedelta
from itertools import islice, product

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

FEWEST_DIFFERENT = 5
SHORTEST_PINYIN = 4  # letters; xu stands in many a phrase
MOST_READINGS = 32
SHORTEST_WORD = 2  # characters of a Chinese name; of anything else four
KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
SUFFIXES = ("自治县", "县", "市", "区", "旗", "街道", "镇", "乡", "苏木")


class UncommonValidator(CommonPasswordValidator):
    """Neither a common password nor one with digits and signs around it, nor few characters repeated."""

    def validate(self, password, user=None):
        super().validate(password, user)
        stems = {re.sub(rf"^[{around}]+|[{around}]+$", "", password.lower()) for around in (r"\W_", r"\W\d_")}
        if len(set(password)) < FEWEST_DIFFERENT or not stems.isdisjoint(self.passwords):
            raise ValidationError(_("This password is too easy to guess."), code="password_too_common")

    def get_help_text(self):
        return _("No common password, not even with digits or signs around it.")


class ContextValidator:
    """Nothing of the person and of the bodies they work for: what a neighbour would try first."""

    def validate(self, password, user=None):
        said = password.casefold()
        letters = re.sub(r"[^a-z]", "", said)  # Qing-He1 is qinghe all the same
        for word in words_around(user) if user else ():
            if word.casefold() in said or any(typed in letters for typed in spelled(word)):
                raise ValidationError(
                    _("The password contains “%(word)s”, which anybody would try first."),
                    code="password_of_context",
                    params={"word": word},
                )

    def get_help_text(self):
        return _("Nothing of your user name, your name, or the name or code of your county, nor in pinyin.")


def words_around(user) -> set[str]:
    """The words that stand closest to a person: their names, and names and codes of their bodies."""
    words = {user.username, *re.split(r"[\W_]+", user.username), user.last_name + user.first_name}
    words |= {user.first_name, user.first_name + user.last_name}
    for name in ("county", "department", "township"):
        body = getattr(user, name, None)
        if body is None:
            continue
        words |= {body.name, getattr(body, "code", "")}
        names = {body.name, *getattr(body, "names", ())}
        words |= names | {name.removesuffix(suffix) for name in names for suffix in SUFFIXES}
    return {word for word in words if len(word) >= (4 if word.isascii() else SHORTEST_WORD)}


def spelled(word: str) -> set[str]:
    """The pinyin of a Chinese word in one piece, in its readings; nothing for other words, or what is too short."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,}", word):
        return set()
    # 58 MB of readings, which a process that only answers residents never needs.
    from pypinyin import Style, pinyin

    readings = [pinyin(word, style=Style.NORMAL), pinyin(word, style=Style.NORMAL, heteronym=True)]
    # A word's usual reading, and every other one of characters that have few: 乐 is le and yue.
    ways = {"".join(syllable[0] for syllable in readings[0])}
    ways |= {"".join(way) for way in islice(product(*readings[1]), MOST_READINGS)}
    return {way for way in ways if way.isascii() and len(way) >= SHORTEST_PINYIN}


class AnotherValidator:
    """Not the password there is."""

    def validate(self, password, user=None):
        if user is not None and user.password and check_password(password, user.password):
            raise ValidationError(_("This is the password you have now."), code="password_unchanged")

    def get_help_text(self):
        return _("Not the password you have now.")


class KindsValidator:
    """So many of four kinds of characters as PASSWORD_KINDS says: some regulations count them."""

    def validate(self, password, user=None):
        if sum(bool(re.search(kind, password)) for kind in KINDS) < settings.PASSWORD_KINDS:
            raise ValidationError(self.get_help_text(), code="password_of_few_kinds")

    def get_help_text(self):
        if settings.PASSWORD_KINDS < 2:
            return ""
        return _(
            "At least %(count)s of these four: small letters, capital letters, digits, other characters."
        ) % {"count": settings.PASSWORD_KINDS}


def is_due(user) -> bool:
    """Whether the password has served its time, where PASSWORD_DAYS sets one."""
    if not settings.PASSWORD_DAYS:
        return False
    return user.password_set_at < timezone.now() - timedelta(days=settings.PASSWORD_DAYS)
