"""What happens to an edition: confirmed, edited, announced, repealed, discarded.

Every function is one transaction, takes the person as `by` and leaves an event
in the record. Views, admin actions, commands and tests call the same ones.
"""

from .announcing import announce, confirmed_loss, repeal, withdraw
from .checking import told as placeholder_told
from .commenting import (
    answer_comment,
    close_comment,
    give_comment,
    give_up,
    open_comment,
    write_summary,
)
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
from .excepting import set_rule
from .keeping import confirm_correct, keep_guide, take_away, write_handling
from .localising import ANSWERS, answer_changes
from .proposing import (
    approve_guide,
    check_proposer,
    may_answer,
    propose_guide,
    refuse_guide,
    submit_guide,
    take_back_guide,
)
from .revising import begin_revision, carry_over, decide_clash, newer_edition, why_behind
from .setting import set_in_entries, set_phone
from .stepping import missing_steps, record_step, strike_step
from .undoing import may_undo, undo_for_township

__all__ = [
    "ANSWERS",
    "UNCONFIRMED_LIVES",
    "announce",
    "answer_changes",
    "answer_comment",
    "approve_guide",
    "begin_draft",
    "begin_revision",
    "carry_over",
    "check_proposer",
    "close_comment",
    "confirm",
    "confirm_correct",
    "confirmed_loss",
    "decide",
    "decide_clash",
    "discard",
    "edition_before",
    "give_comment",
    "give_up",
    "keep_guide",
    "may_answer",
    "may_undo",
    "missing_steps",
    "newer_edition",
    "number_to_type",
    "open_comment",
    "placeholder_told",
    "propose_guide",
    "record_step",
    "refuse_guide",
    "remove_entry",
    "repeal",
    "set_in_entries",
    "set_phone",
    "set_rule",
    "strike_step",
    "submit_guide",
    "sweep_unconfirmed",
    "take_away",
    "take_back_guide",
    "undo_for_township",
    "why_behind",
    "withdraw",
    "write_entry",
    "write_handling",
    "write_record",
    "write_summary",
]
