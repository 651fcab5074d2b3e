"""
Writes `.env` for `make run`: what `manage.py` needs to know on this machine, once.

Knows only the standard library, because it speaks before anything is set. A secret that is there stays; a
line somebody wrote stays too. Only DATABASE_URL follows the environment, so that a later `manage.py` in the
same folder works on the database that `make run` was last told to use.
"""

import os
import secrets
from pathlib import Path

ENV_FILE = Path(__file__).resolve().parent.parent / ".env"
HEADING = "# Made by `make run` for this machine; .env.example explains every variable."


def name_of(line):
    """The variable a line sets, or None for comments and blanks."""
    name, equals, _ = line.partition("=")
    return name.removeprefix("export ").strip() if equals and not name.lstrip().startswith("#") else None


def completed(lines, environ):
    """The lines of `.env`, with what is missing added and DATABASE_URL as the environment has it."""
    lines = list(lines) or [HEADING]
    wanted = {"SECRET_KEY": secrets.token_urlsafe(50), "PORTAL_DEMO": "1", "PORTAL_HTTPS": "0"}
    present = {name_of(line) for line in lines}
    lines += [f"{name}={value}" for name, value in wanted.items() if name not in present]
    if environ.get("DATABASE_URL"):
        lines = [line for line in lines if name_of(line) != "DATABASE_URL"]
        lines.append(f"DATABASE_URL={environ['DATABASE_URL']}")
    return lines


def write(path, text):
    """Replace the file in one step, readable by its owner alone: it holds secrets."""
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def main():
    """Complete `.env` and say what happened, without showing a value."""
    before = ENV_FILE.read_text(encoding="utf-8").splitlines() if ENV_FILE.exists() else []
    after = completed(before, os.environ)
    if after == before:
        return
    write(ENV_FILE, "\n".join(after) + "\n")
    names = ", ".join(name_of(line) for line in after if line not in before and name_of(line))
    print(f"{ENV_FILE.name}: wrote {names}")


if __name__ == "__main__":
    main()
