"""How far an import is, told to whoever watches: a page, a terminal, a benchmark.

The stages in order: `read` (the file), `layout`, `rows` (through the kind's columns), `compare` (with the
edition before), `store` (the draft), `confirm`. Each is told at its beginning, with 0 done, and at its end;
those that count rows are told on the way as well.
"""

from collections.abc import Callable

# Called with the stage, how much of it is done, and how much there is to do.
Progress = Callable[[str, int, int], None]

ROWS_A_STEP = 1_000


def unwatched(stage: str, done: int, total: int) -> None:
    """Nobody watches."""
