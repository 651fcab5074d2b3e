"""A folder of files that appears as a whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "export.json"  # tells a folder of ours from one that somebody else filled


class NotOurs(Exception):
    """The folder holds something that no export has put there."""


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A new folder beside the one named, which takes its place at the end; an error leaves everything as it was."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise NotOurs(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    before = made.with_name(made.name + "-before")
    try:
        yield made
        made.chmod(0o755)
        if folder.exists():
            folder.rename(before)
        made.rename(folder)
    finally:
        if before.exists() and not folder.exists():
            before.rename(folder)
        for left in (made, before):
            shutil.rmtree(left, ignore_errors=True)


def leave_mark(folder: Path, **said: object) -> None:
    (folder / MARK).write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
