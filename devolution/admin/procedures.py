"""Which steps a county asks of the papers by which powers move."""

from django.contrib import admin

from accounts.admin.scoped import ScopedAdmin
from accounts.choices import Role

from ..models import InstrumentProcedure
from .roles import EVERYONE

ASKED = ["county", *(f"needs_{kind.value}" for kind in InstrumentProcedure.steps)]


@admin.register(InstrumentProcedure)
class InstrumentProcedureAdmin(ScopedAdmin):
    """The county's approvers say it, for they answer for what is put in force; everyone of the county reads it."""

    readers = EVERYONE
    writers = frozenset({Role.APPROVER})
    list_display = ASKED
    list_select_related = ["county"]
    fields = ASKED
