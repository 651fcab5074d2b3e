"""The project itself: what its files promise each other."""

import ast
import os
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from django.core.management import call_command
from django.template import engines

from tests import messages
from township_portal import environment

BASE = Path(__file__).resolve().parent.parent
APPS = sorted(path.parent.name for path in BASE.glob("*/apps.py"))
# Variables somebody else defines: Django, Python, the shell.
FOREIGN = {"DJANGO_SETTINGS_MODULE"}


def sources(*folders):
    """The Python files of these folders."""
    for folder in folders:
        yield from sorted((BASE / folder).rglob("*.py"))


def production(**changes):
    """The environment of the production example, with a secret key it does not carry itself."""
    return {
        "PATH": os.environ["PATH"],
        "PORTAL_ENV_FILE": ".env.example",
        "SECRET_KEY": "a-Key-of-Some-Length-for-this-test-alone-0123456789-xyz",
        **changes,
    }


def manage(*arguments, **variables):
    """Run manage.py as a person would, in an environment of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


# --- Settings ---


def test_production_example_passes_every_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **production())
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("variable", "value"), [("PORTAL_DEMO", "1"), ("PORTAL_HTTPS", "0")])
def test_a_demo_does_not_pass_for_production(variable, value):
    result = manage("check", "--deploy", **production(**{variable: value}))
    assert result.returncode != 0
    assert variable in result.stderr


@pytest.mark.parametrize("variable", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(variable):
    result = manage("check", **production(**{variable: ""}))
    assert result.returncode != 0
    assert f"{variable} is not set" in result.stderr


def test_every_variable_is_explained_in_the_example():
    example = (BASE / ".env.example").read_text(encoding="utf-8").splitlines()
    explained = set()
    for before, line in zip(["", *example], example, strict=False):
        if match := re.match(r"#?([A-Z][A-Z_]+)=", line):
            assert re.match(r"# \S", before), f"{match[1]} has no line of explanation above it"
            explained.add(match[1])
    assert variables_read() <= explained
    makefile = (BASE / "Makefile").read_text(encoding="utf-8")
    assert not [name for name in explained - variables_read() if name not in makefile]


def variables_read():
    """The names the apps ask the environment for: `env.int("NAME")`, `os.environ.get("NAME")`, `os.environ["NAME"]`."""
    names = set()
    for path in sources(*APPS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                asked, argument = ast.unparse(node.func), node.args[0] if node.args else None
            elif isinstance(node, ast.Subscript):
                asked, argument = ast.unparse(node.value), node.slice
            else:
                continue
            of_environment = re.match(r"(env|os\.environ|environ|os\.getenv)\b", asked)
            if of_environment and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                names.add(argument.value)
    return names - FOREIGN


# --- Dependencies ---


def pins(name):
    """What a requirements file locks, by distribution."""
    lines = (BASE / name).read_text(encoding="utf-8").splitlines()
    return dict(re.match(r"(\S+?)==(\S+)", line).groups() for line in lines if re.match(r"\S+==", line))


def test_every_dependency_says_what_it_is_for():
    text = (BASE / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    silent = [name for name in wanted if not re.search(rf'^ *"{re.escape(name)}", +# \S', text, re.MULTILINE)]
    assert not silent


def test_every_dependency_is_locked():
    project = tomllib.loads((BASE / "pyproject.toml").read_text(encoding="utf-8"))

    def names(wanted):
        return {re.match(r"[\w-]+", name)[0].lower() for name in wanted}

    assert names(project["project"]["dependencies"]) <= pins("requirements.txt").keys()
    assert names(project["dependency-groups"]["dev"]) <= pins("requirements-dev.txt").keys()


def test_both_locks_agree():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_names_hashes_and_no_place(name):
    text = (BASE / name).read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra|--find|file:|^/|\s/\w", text, re.MULTILINE)
    for block in re.split(r"\n(?=\S+==)", text)[1:]:
        assert "--hash=sha256:" in block, block.splitlines()[0]


# --- Database, static files, templates ---


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_static_files_can_be_collected(settings, tmp_path):
    """Every reference in a style sheet leads somewhere; hashing and compressing find no fault."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.ManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").is_file()


@pytest.mark.parametrize("name", ["admin", "notice", "paper", "portal", "wall"])
def test_style_sheets_close_what_they_open(name):
    """A browser drops what follows an open brace without a word."""
    text = re.sub(
        r"/\*.*?\*/", "", (BASE / f"static/css/{name}.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    depth = 0
    for number, line in enumerate(text.splitlines(), 1):
        # Rules stand at the margin; inside a group such as @media they are indented.
        assert depth == 0 or not re.match(r"[.#@\w]", line), f"line {number} stands inside an open rule"
        depth += line.count("{") - line.count("}")
    assert depth == 0


def templates(folder):
    """The templates of one of the two folders, by the name they are loaded with."""
    root = BASE / "templates" / folder
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*.*")
        if path.suffix in messages.TEMPLATE_SUFFIXES
    )


def test_every_public_template_can_be_read():
    for name in templates("public"):
        engines["jinja2"].get_template(name)


def test_no_template_is_unused():
    """Each is named by code or by another template; error pages are found by Django, overrides by packages."""
    texts = [path.read_text(encoding="utf-8") for path in sources(*APPS)]
    for folder in ["public", "django"]:
        texts += [
            (BASE / "templates" / folder / name).read_text(encoding="utf-8") for name in templates(folder)
        ]
    everything = "\n".join(texts)
    expected = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    unused = [
        name
        for name in templates("public")
        if name not in expected and not re.search(rf"[\"']{re.escape(name)}[\"']", everything)
    ]
    assert not unused


# --- Words ---


def test_every_text_is_collected():
    known = {(message.context, message.id) for message in messages.read() if message.id}
    wanted = {(message.context, message.id) for message in messages.collect() if message.id}
    assert wanted - known == set(), "run `make messages`"
    assert known - wanted == set(), "run `make messages`"


def test_every_text_is_translated():
    assert list(messages.untranslated(messages.read())) == []


def test_placeholders_survive_translation():
    faults = [(message.id, str(error)) for message, errors in messages.read().check() for error in errors]
    assert not faults


def as_pairs(catalog):
    """Texts and translations; of one with a plural all forms, which the two formats hold as lists and tuples."""

    def forms(text):
        return (text,) if isinstance(text, str) else tuple(text)

    return {(message.context, forms(message.id)): forms(message.string) for message in catalog if message.id}


def test_compiled_translations_are_up_to_date():
    with messages.PO.with_suffix(".mo").open("rb") as file:
        compiled = as_pairs(read_mo(file))
    written = {key: forms for key, forms in as_pairs(messages.read()).items() if any(forms)}
    assert compiled == written, "run `make messages`"


# --- What `make run` writes ---


def test_environment_is_made_once():
    first = environment.completed([], {})
    assert environment.completed(first, {}) == first
    assert {"PORTAL_DEMO=1", "PORTAL_HTTPS=0"} <= set(first)


def test_environment_keeps_a_secret_and_what_somebody_wrote():
    mine = ["# mine", "SECRET_KEY=old", "PORTAL_DEMO=0", "LOG_LEVEL=INFO"]
    assert environment.completed(mine, {})[: len(mine)] == mine


def test_environment_follows_the_database():
    first = environment.completed([], {"DATABASE_URL": "sqlite:///a.sqlite3"})
    second = environment.completed(first, {"DATABASE_URL": "sqlite:///b.sqlite3"})
    assert "DATABASE_URL=sqlite:///a.sqlite3" in first
    assert [line for line in second if "DATABASE_URL" in line] == ["DATABASE_URL=sqlite:///b.sqlite3"]
    assert environment.completed(second, {}) == second


def test_environment_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / ".env"
    path.write_text("old")
    path.chmod(0o644)
    environment.write(path, "new")
    assert path.read_text() == "new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
