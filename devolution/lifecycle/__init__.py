"""What happens to powers, from proposal to taking back: the only writer of their state.

Every function takes keywords only and the person as `by`, is one transaction, leaves an event in the
record, and asks the law (`rules.judge`): what is refused is not stored, what is incomplete stays
prepared, a warning passes with a note for its rule.
"""

from .admitting import decide_admission, give_opinion, lead_into, request_admission
from .exercising import TakenOver, evaluate, extend, hand_down, next_evaluation, take_over_as_found
from .leading import lead_into_edition, lead_into_transfer
from .posting import hang, post_units
from .preparing import (
    accept,
    add_townships,
    answer_questions,
    assess,
    discard,
    examine,
    prepare,
    prepare_many,
    write_transfer,
)
from .recording import (
    link_powers,
    propose_nature,
    record_instrument,
    record_new_powers,
    record_power,
    write_items,
)
from .stepping import missing_steps, record_step, strike_step
from .taking_back import end_by_law, withdraw

__all__ = [
    "TakenOver",
    "accept",
    "add_townships",
    "answer_questions",
    "assess",
    "decide_admission",
    "discard",
    "end_by_law",
    "evaluate",
    "examine",
    "extend",
    "give_opinion",
    "hand_down",
    "hang",
    "lead_into",
    "lead_into_edition",
    "lead_into_transfer",
    "link_powers",
    "missing_steps",
    "next_evaluation",
    "post_units",
    "prepare",
    "prepare_many",
    "propose_nature",
    "record_instrument",
    "record_new_powers",
    "record_power",
    "record_step",
    "request_admission",
    "strike_step",
    "take_over_as_found",
    "withdraw",
    "write_items",
    "write_transfer",
]
