"""Who reads and who writes the register; `lifecycle` has the last word on every act."""

from accounts.choices import Role

EVERYONE = frozenset({Role.EDITOR, Role.APPROVER, Role.DEPARTMENT, Role.TOWNSHIP, Role.AUDITOR})
OFFICE = frozenset({Role.EDITOR, Role.APPROVER})
# Editors keep what is written; a department keeps its own.
KEEPERS = frozenset({Role.EDITOR, Role.DEPARTMENT})
SPEAKERS = frozenset({Role.TOWNSHIP, Role.EDITOR})
NOBODY: frozenset[Role] = frozenset()
