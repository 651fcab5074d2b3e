"""What the record of events says of powers and transfers: acts and details in words."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "power": _("Power recorded"),
    "instrument": _("Instrument recorded"),
    "link": _("Two powers joined"),
    "items": _("Items of a power recorded"),
    "prepare_catalogue": _("Powers of a catalogue prepared"),
    "prepare": _("Transfer prepared"),
    "post": _("Seconded unit recorded"),
    "questions": _("Four questions answered"),
    "assess": _("Township assessed"),
    "accept": _("Acceptance recorded"),
    "hand_down": _("Put in force"),
    "take_over": _("Taken over as found"),
    "extend": _("Extended"),
    "evaluate": _("Evaluated"),
    "withdraw": _("Taken back"),
    "request": _("Admission requested"),
    "opinion": _("Opinion given"),
    "lead": _("Where an admitted request led"),
}

DETAILS = {
    "is_new": _("new"),
    "powers": _("powers"),
    "items": _("items"),
    "instruments": _("instruments"),
    "rows": _("rows"),
    "townships": _("townships"),
    "township": _("township"),
    "department": _("department"),
    "edition": _("edition"),
    "successor": _("successor"),
    "same_as": _("same as"),
    "document": _("document"),
    "since": _("since"),
    "on": _("on"),
    "yes": _("all answered with yes"),
    "code": _("code"),
    "transfer": _("transfer"),
}

# The public timeline tells of extensions, undoing a catalogue follows what was prepared from it, and whoever
# has prepared a transfer does not put it in force.
LASTING = frozenset(
    {
        "prepare_catalogue",
        "prepare",
        "hand_down",
        "take_over",
        "extend",
        "evaluate",
        "withdraw",
        "request",
        "opinion",
    }
)
