"""How far something is, at a terminal: a bar that moves, or a line for each stage where nobody looks."""

from typing import TextIO

WIDTH = 30


class TerminalProgress:
    """Told as `progress(stage, done, total)`; writes to the stream, nothing where it `is_quiet`."""

    def __init__(self, stream: TextIO, *, is_quiet: bool = False):
        self._stream, self._is_quiet = stream, is_quiet
        self._moves = not is_quiet and stream.isatty()
        self._stage = ""
        self._is_open = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._is_quiet:
            return
        if self._moves:
            self._draw(stage, done, total)
        elif stage != self._stage:
            self._stream.write(f"{stage} …\n")
        self._stage = stage
        self._stream.flush()

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._is_open and stage != self._stage:
            self._stream.write("\n")
        filled = WIDTH * min(done, total) // max(total, 1)
        counted = f" {done} of {total}" if total > 1 else ""
        # To the end of the line, whatever stood there.
        self._stream.write(f"\r{stage:<8}[{'#' * filled}{'.' * (WIDTH - filled)}]{counted}\x1b[K")
        self._is_open = done < total
        if not self._is_open:
            self._stream.write("\n")
