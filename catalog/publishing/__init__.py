"""What happens to an edition: confirmed, edited, announced, repealed, discarded.

Every function is one transaction, takes the person as `by` and leaves an event
in the record. Views, admin actions, commands and tests call the same ones.
"""

from .announcing import announce, repeal
from .confirming import confirm, decide, edition_before, number_to_type
from .drafting import (
    UNCONFIRMED_LIVES,
    begin_draft,
    discard,
    remove_entry,
    sweep_unconfirmed,
    write_entry,
    write_record,
)
from .keeping import keep_guide, take_away, write_handling

__all__ = [
    "UNCONFIRMED_LIVES",
    "announce",
    "begin_draft",
    "confirm",
    "decide",
    "discard",
    "edition_before",
    "keep_guide",
    "number_to_type",
    "remove_entry",
    "repeal",
    "sweep_unconfirmed",
    "take_away",
    "write_entry",
    "write_handling",
    "write_record",
]
