"""What is said about cells: one sentence for each code of the reading and importing layers.

The layers below know no language; they name a code and its values, and the sentence is made here.
"""

from collections.abc import Mapping

SENTENCES: dict[str, object] = {}


def sentence(code: str, values: Mapping[str, object]) -> str:
    """The sentence of a code in the language of the reader; `KeyError` when the code has none."""
    return str(SENTENCES.get(code, code + str(dict(values)).replace("%", "%%"))) % values
