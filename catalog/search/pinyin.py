"""Chinese names as they are typed on a Latin keyboard: dibao, db."""

from . import tokens


def spellings(name: str) -> list[str]:
    """The pinyin of a name in one word, and its initials; nothing for what has no Chinese characters."""
    # 58 MB of readings, which a process that only answers residents never needs.
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(tokens.key(name).replace(" ", ""))
    whole, initials = "".join(syllables), "".join(syllable[0] for syllable in syllables if syllable)
    if not tokens.han_runs(name) or not whole.isascii():
        return []
    return list(dict.fromkeys([whole, initials] if len(initials) > 1 else [whole]))
