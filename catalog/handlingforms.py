"""What a township says otherwise: each field beside what the township has without it."""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.forms import ScopedForm

from .inheritance import Inheritance, Inherited


class HandlingForm(ScopedForm):
    """An exception; what is inherited stands locked beside each field, with where it comes from."""

    on = None  # the day, set on the class that the admin makes for a request

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        item = self.instance.item_id or self._given("item")
        township = self.instance.township if self.instance.township_id else self._given("township")
        if item is None or township is None:
            return
        item = getattr(item, "pk", item)
        for name, inherited in Inheritance([item], [township], self.on).shown(item, township).items():
            if name in self.fields:
                self.fields[name].help_text = locked(inherited)

    def _given(self, name):
        """What the address of the page names, if the person reaches it."""
        field, value = self.fields.get(name), self.initial.get(name)
        if field is None or not value:
            return None
        with suppress(ValidationError):
            return field.clean(value)


def locked(inherited: Inherited) -> str:
    """One inherited value as it stands beside its field."""
    if not inherited.value:
        return format_html('<span class="portal-locked">{}</span>', _("Inherited: not on record"))
    said = _("Inherited: %(value)s") % {"value": inherited.value}
    source = _("from %(source)s") % {"source": inherited.source}
    return format_html('<span class="portal-locked">{} <small>{}</small></span>', said, source)
