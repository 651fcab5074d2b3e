"""Finding: one tokenizer, one index table, and the sources that fill it. Upper apps register theirs in `sources`."""

from .sources import Document, Source, sources

__all__ = ["Document", "Source", "sources"]
