"""What the record of events says of accounts: acts and details in words.

Every app states these three names in a module of this name and hands them over in its `AppConfig`; the
record reads them there, so that it speaks of what upper apps do without knowing them.
"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "sign_in": _("Signed in"),
    "sign_in_failed": _("Sign-in failed"),
    "locked_out": _("Locked out after failed sign-ins"),
    "sign_out": _("Signed out"),
    "password_changed": _("Changed the own password"),
    "password_set": _("Set a password by a one-time link"),
    "link_made": _("One-time link made"),
    "second_step_begun": _("Second step of signing in set up"),
    "second_step_refused": _("Second step of signing in failed"),
    "second_step_ended": _("Second step of signing in taken away"),
    "recovery_code_used": _("Signed in with a recovery code"),
    "account_made": _("Account made"),
    "account_changed": _("Account changed"),
    "divisions": _("Division codes loaded"),
    "imported": _("Table imported"),
    "export": _("Exported"),
    "added": _("Added"),
    "changed": _("Changed"),
    "succession": _("Township gave way to another"),
    "reorganise": _("Reorganisation recorded"),
    "carry_out": _("Reorganisation carried out"),
    "purge": _("Old events removed"),
}

DETAILS = {
    "changes": _("changes"),
    "form": _("form"),
    "table": _("table"),
    "rows": _("rows"),
    "new": _("new"),
    "update": _("changed"),
    "skip": _("unchanged"),
    "moved": _("moved"),
    "bodies": _("from and to"),
    "sha256": _("digest of the file (SHA-256)"),
    "before": _("before"),
    "count": _("count"),
    "typed": _("typed name"),
    "second_step": _("second step taken away"),
}

# Acts that other parts of the portal read again, and that are therefore never purged.
LASTING = frozenset({"succession", "reorganise", "carry_out"})
