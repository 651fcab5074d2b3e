"""Every code that reading or importing can name has a sentence."""

import ast
import re
from pathlib import Path

import catalog
from catalog.sentences import SENTENCES

FOLDER = Path(catalog.__file__).parent
LEVELS = {"error", "warning", "note"}
SPEAKERS = {"Message", "UnreadableWorkbook", "refusal", "remark", "say", "refuse"}
CODE = re.compile(r"^[a-z]+(_[a-z]+)+$")


def codes_of(expression: ast.expr) -> set[str]:
    """The codes an expression may be: a constant, or either side of a choice."""
    if isinstance(expression, ast.IfExp):
        return codes_of(expression.body) | codes_of(expression.orelse)
    value = getattr(expression, "value", None)
    return {value} if isinstance(value, str) and CODE.match(value) else set()


def codes_in(path: Path) -> set[str]:
    """The codes that a module hands to whatever makes messages, and those it keeps as `code`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SPEAKERS:
                found |= {code for argument in node.args[:2] for code in codes_of(argument)}
        if isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "code" for target in node.targets
        ):
            found |= codes_of(node.value)
    return found - LEVELS


def test_every_code_has_its_sentence():
    codes = set()
    for folder in ("reading", "importing", "resources"):
        for path in (FOLDER / folder).rglob("*.py"):
            codes |= codes_in(path)
    assert len(codes) > 30
    assert codes - SENTENCES.keys() == set()
