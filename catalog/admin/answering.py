"""What people from outside have said, answered by staff and changed by nobody."""

from accounts.admin.scoped import ScopedAdmin


class HeardAdmin(ScopedAdmin):
    """Base of the admins of what was said: its answer is asked for whole, and the rest only read."""

    ANSWER = ("verdict", "answer")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """What somebody said stays on record."""
        return False

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in self.ANSWER]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "verdict":
            kwargs["choices"] = [("", "---------"), *(each for each in db_field.choices if each[0])]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in self.ANSWER:
            if name in form.base_fields:
                form.base_fields[name].required = True
        return form
