"""Who reads and who writes the catalogue."""

from accounts.choices import Role

EVERYONE_OF_THE_COUNTY = frozenset({Role.EDITOR, Role.APPROVER, Role.DEPARTMENT, Role.TOWNSHIP, Role.AUDITOR})
EDITORS = frozenset({Role.EDITOR})
# Whoever may announce; publishing has the last word on whether this person may.
ANNOUNCERS = frozenset({Role.EDITOR, Role.APPROVER})
SITE = frozenset({Role.SITE_ADMIN})
