"""What the record of events says of lists and items: acts and details in words."""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "import": _("Workbook imported"),
    "begin": _("Draft begun"),
    "edit": _("Edited by hand"),
    "decide": _("Decided"),
    "confirm": _("Import confirmed"),
    "discard": _("Discarded"),
    "announce": _("Announced"),
    "withdraw": _("Withdrawn"),
    "repeal": _("Repealed"),
    "step": _("Step recorded"),
    "step_struck": _("Step struck"),
    "carry_over": _("Draft carried over"),
    "preview_link": _("Preview link made"),
    "comment_open": _("Opened for comment"),
    "comment_close": _("Comment closed"),
    "comment_answer": _("Comment answered"),
    "give_up": _("Given up"),
    "feedback_answer": _("Report of a reader answered"),
    "purge_reports": _("Old reports of readers removed"),
    "export": _("Exported"),
    "guide": _("Guide changed"),
    "guide_begin": _("Change of a guide begun"),
    "guide_submit": _("Change of a guide proposed"),
    "guide_refuse": _("Change of a guide refused"),
    "set_phone": _("Phone set in many guides"),
    "handling": _("Handling changed"),
    "above_taken_over": _("Changes from above taken over"),
    "above_kept": _("Own words kept"),
    "above_no_change": _("No change needed"),
    "undo_in_township": _("Change of many undone for a township"),
    "verify": _("Confirmed as still correct"),
    "delete": _("Taken away"),
    "remember": _("Meaning of a heading decided"),
    "forget": _("Meaning of a heading taken back"),
}

DETAILS = {
    "entries": _("entries"),
    "counts": _("counts"),
    "item": _("item"),
    "name": _("name"),
    "removed": _("removed"),
    "reason": _("reason"),
    "revises": _("revises"),
    "onto": _("carried over to"),
    "taken": _("taken over"),
    "dropped": _("dropped"),
    "clashes": _("clashes"),
    "decision": _("decision"),
    "comments": _("comments"),
    "items": _("items"),
    "rule": _("where it is handled"),
    "last_day": _("last day"),
    "verdict": _("what becomes of it"),
    "summary": _("summary of the comments"),
    "number": _("document number"),
    "gone": _("gone"),
    "unchanged": _("unchanged"),
    "changed": _("changed"),
    "done_on": _("day"),
    "effective_on": _("effective on"),
}

# Reading a draft, putting a step on record or leading its public comment leaves its words as they are.
NO_WORK_ON_A_DRAFT = frozenset(
    {
        "export",
        "step",
        "step_struck",
        "preview_link",
        "comment_open",
        "comment_close",
        "comment_answer",
    }
)

# Whoever has worked on a draft does not announce it, however long it lies.
LASTING = frozenset(
    {"import", "begin", "edit", "decide", "confirm", "carry_over", "announce", "repeal", "withdraw"}
)
