"""Which steps a county asks of a change."""

from django.contrib import admin

from accounts.admin.scoped import ScopedAdmin
from accounts.choices import Role

from ..models import Procedure
from .roles import EVERYONE_OF_THE_COUNTY


@admin.register(Procedure)
class ProcedureAdmin(ScopedAdmin):
    """The county's approvers say it, for they answer for what is announced; everyone of the county reads it."""

    readers = EVERYONE_OF_THE_COUNTY
    writers = frozenset({Role.APPROVER})
    list_display = ["county", "needs_review", "needs_comment", "needs_legality", "needs_decision"]
    list_select_related = ["county"]
    fields = ["county", "needs_review", "needs_comment", "needs_legality", "needs_decision"]
