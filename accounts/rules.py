"""Who may make whom: the whole of it in one table."""

from .choices import Role

# A keeper hands out the county's working roles and no more; only a site administrator makes keepers, and
# has accounts of no other kind in hand, so that running the site gives no way to a list.
MAY_GRANT: dict[Role, frozenset[Role]] = {
    Role.SITE_ADMIN: frozenset({Role.SITE_ADMIN, Role.KEEPER}),
    Role.KEEPER: frozenset({Role.EDITOR, Role.APPROVER, Role.DEPARTMENT, Role.TOWNSHIP, Role.AUDITOR}),
}


def grantable_by(role: str) -> frozenset[Role]:
    """The roles that a person of this role may give to an account, and whose accounts they may change."""
    return MAY_GRANT.get(role, frozenset())
