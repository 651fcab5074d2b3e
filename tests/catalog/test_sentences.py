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


def codes_in(path: Path) -> set[str]:
    """The codes that a module hands to whatever makes messages, and those it keeps as `code`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in SPEAKERS:
                texts = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
                found |= {text for text in texts[:4] if isinstance(text, str) and CODE.match(text)}
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "code" for target in node.targets):
            texts = [one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
            found |= {text for text in texts if isinstance(text, str) and CODE.match(text)}
    return found - LEVELS


def test_every_code_has_its_sentence():
    codes = set()
    for folder in ("reading", "importing", "resources"):
        for path in (FOLDER / folder).rglob("*.py"):
            codes |= codes_in(path)
    assert len(codes) > 30
    assert codes - SENTENCES.keys() == set()
