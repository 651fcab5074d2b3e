"""
The direction of imports: accounts ◄ catalog ◄ devolution ◄ township_portal.

Read from the syntax trees, so that an import inside a function counts as one.
"""

import ast
import sys
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.histories import models_with_history

BASE = Path(__file__).resolve().parent.parent
# Each may import what stands before it. An app that is not in this row fails the first test: give it its place.
ORDER = ["accounts", "catalog", "devolution", "township_portal"]
SHAPELESS = {"core", "common", "utils", "util", "helpers", "helper", "services", "misc", "signals"}


def apps():
    """Every package of the project that is an app."""
    return sorted(path.parent.name for path in BASE.glob("*/apps.py"))


def modules():
    """Each module of the apps as (dotted name, path), migrations apart: Django writes those."""
    for app in apps():
        for path in sorted((BASE / app).rglob("*.py")):
            if "migrations" not in path.parts:
                parts = path.relative_to(BASE).with_suffix("").parts
                yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(modules())


def absolute(module, path, node):
    """The dotted name an import statement starts from, relative ones resolved."""
    if not node.level:
        return node.module
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    package = package[: len(package) - node.level + 1]
    return ".".join([*package, *([node.module] if node.module else [])])


def imports(module):
    """Everything a module imports, wherever in it the statement stands, as dotted names."""
    path = MODULES[module]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = absolute(module, path, node)
            # `from catalog import publishing` names a module; `from catalog.publishing import publish` does not.
            for alias in node.names:
                whole = f"{start}.{alias.name}"
                yield whole if whole in MODULES else start
        elif isinstance(node, ast.Call) and called_name(node) in {"import_module", "__import__"}:
            yield from (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant))


def called_name(node):
    """The last part of what a call calls."""
    return getattr(node.func, "attr", getattr(node.func, "id", None))


def test_every_app_has_its_place_in_the_row():
    assert apps() == sorted(ORDER)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_only_what_stands_before(module):
    app = module.split(".")[0]
    above = set(ORDER[ORDER.index(app) + 1 :]) | {"tests"}
    upward = {name for name in imports(module) if name.split(".")[0] in above}
    assert not upward, f"{module} imports {', '.join(sorted(upward))}, which stands above {app}"


@pytest.mark.parametrize("module", sorted(name for name in MODULES if name.startswith("catalog.reading")))
def test_reading_is_pure(module):
    """The reader and the layout can be tried without Django, a database or a clock."""
    allowed = {"catalog.reading"}
    impure = {
        name
        for name in imports(module)
        if name.split(".")[0] == "django"
        or (name.split(".")[0] in ORDER and ".".join(name.split(".")[:2]) not in allowed)
    }
    assert not impure, f"{module} imports {', '.join(sorted(impure))}"


@pytest.mark.parametrize("app", ORDER)
def test_modules_of_an_app_do_not_go_in_circles(app):
    own = {name for name in MODULES if name.split(".")[0] == app}
    graph = {name: {other for other in imports(name) if other in own and other != name} for name in own}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_no_module_has_a_name_that_says_nothing():
    shapeless = [name for name in MODULES if SHAPELESS & set(name.split("."))]
    assert not shapeless, "a module is named after what happens in it or what it is about"


# What writes many rows of such a model writes their history; see `accounts.histories`.
# A province made up to be measured has no past.
WRITERS_OF_HISTORY = {"accounts.histories", "township_portal.provinces"}
PAST_HISTORY = {"bulk_create", "bulk_update", "update", "write_rows"}


def root_of(node):
    """The name a chain of calls begins with: Transfer in `Transfer.objects.filter(…).update(…)`."""
    while isinstance(node, ast.Call | ast.Attribute):
        node = node.func if isinstance(node, ast.Call) else node.value
    return getattr(node, "id", None)


def past_history(source, kept):
    """Lines that write rows of one of these models past their history, as far as the line names the model.

    What reaches a queryset by another name is caught while the tests run: `no_change_past_its_history`.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and called_name(node) in PAST_HISTORY:
            named = {root_of(node), *(getattr(arg, "id", None) for arg in node.args[:1])}
            if named & kept:
                yield node.lineno


def test_bulk_paths_write_the_history():
    kept = {model.__name__ for model in models_with_history()}
    assert {"Guide", "Material", "Power", "Transfer", "Township"} <= kept
    found = {
        f"{module}:{line}"
        for module, path in MODULES.items()
        if module not in WRITERS_OF_HISTORY
        for line in past_history(path.read_text(encoding="utf-8"), kept)
    }
    assert not found


def test_a_bulk_path_past_the_history_is_found():
    lines = [
        "Transfer.objects.filter(power=other).update(power=keep)",
        "Guide.objects.bulk_create(rows)",
        "write_rows(Power, names, rows)",
        "Event.objects.bulk_create(rows)",
        "context.update(extra)",
    ]
    assert list(past_history("\n".join(lines), {"Transfer", "Guide", "Power"})) == [1, 2, 3]


def test_no_signals():
    """What happens is said where it happens, by a function that is called."""
    listening = [
        module
        for module in MODULES
        if any(
            (name.startswith("django.") and name.endswith(".signals")) or name == "django.dispatch"
            for name in imports(module)
        )
    ]
    assert not listening


def test_the_portal_runs_on_its_own_requirements():
    """No app imports what only the development lock brings: `make run` would find out too late."""
    locked = {
        line.split("==")[0].split("[")[0].lower()
        for line in (BASE / "requirements.txt").read_text().splitlines()
        if "==" in line
    }
    distributions = packages_distributions()
    missing = {
        f"{module} imports {name}"
        for module in MODULES
        for name in imports(module)
        if (top := name.split(".")[0]) not in ORDER
        and top not in sys.stdlib_module_names
        and not {dist.lower().replace("_", "-") for dist in distributions.get(top, [])} & locked
    }
    assert not missing
