"""The process in which a file is parsed: bytes on standard input, lines of `wire` on standard output.

Run as ``python -m catalog.reading.child KIND``. It limits its own memory, time and output before any
parser is loaded. Whatever a file does to a parser ends here, and the caller learns of it by the missing end
of the answer.
"""

import contextlib
import importlib
import os
import resource
import sys

from catalog.reading import limits
from catalog.reading.grid import UnreadableWorkbook
from catalog.reading.wire import Sender

READERS = {"xlsx": "xlsx", "xls": "xls", "text": "text_table"}


def limit_resources() -> None:
    """Take what `limits` allows and no more; no core dump of someone's list is left behind."""
    wanted = {
        resource.RLIMIT_AS: limits.CHILD_MEMORY_BYTES,
        resource.RLIMIT_CPU: limits.CHILD_CPU_SECONDS,
        resource.RLIMIT_FSIZE: limits.MAX_ANSWER_BYTES + limits.MEBIBYTE,
        resource.RLIMIT_CORE: 0,
    }
    for kind, amount in wanted.items():
        _soft, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            amount = min(amount, hard)
        # The signal of the soft limit of time ends the child and tells the parent why.
        ceiling = hard if kind == resource.RLIMIT_CPU else amount
        if sys.platform == "linux":
            resource.setrlimit(kind, (amount, ceiling))
        else:
            # Other systems know some of these limits and not others; they are for development.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (amount, ceiling))


def main(kind: str) -> None:
    """Read standard input and answer on what was standard output, which parsers then cannot write to."""
    limit_resources()
    answer = os.fdopen(os.dup(1), "wb", buffering=64 * 1024)
    os.dup2(2, 1)
    sender = Sender(answer)
    try:
        reader = importlib.import_module(f"catalog.reading.{READERS[kind]}")
        reader.read(sys.stdin.buffer.read(), sender)
    except UnreadableWorkbook as refusal:
        sender.refuse(refusal)
    except MemoryError:
        sender.refuse(UnreadableWorkbook("needs_too_much_memory"))
    sender.end()


if __name__ == "__main__":
    main(sys.argv[1])
