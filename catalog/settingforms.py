"""What staff say once for many rows: the category and the department of entries, the phone of guides."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Department
from accounts.scope import within_reach

from .models import Category, Guide
from .reading.words import mend


class ForMany(forms.Form):
    """Values for many rows; what is left blank stays as it is in each of them."""

    leave_out_refused = forms.BooleanField(
        label=_("Leave out rows that are refused"),
        required=False,
        help_text=_("Otherwise nothing is stored while a row is refused."),
    )

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.order_fields([name for name in self.fields if name != "leave_out_refused"])

    @property
    def stated(self) -> dict[str, object]:
        """What to set, and whether refused rows may be left out, as `publishing` takes it."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class EntryValuesForm(ForMany):
    """Category and department; the paper then prints their names."""

    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("category"), required=False, empty_label=_("as it is")
    )
    department = forms.ModelChoiceField(
        Department.objects.none(), label=_("department"), required=False, empty_label=_("as it is")
    )

    def __init__(self, data=None, *, user):
        super().__init__(data, user=user)
        self.fields["department"].queryset = within_reach(Department.objects.all(), user)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("category") or cleaned.get("department")):
            raise ValidationError(_("Choose a category or a department."))
        return cleaned


class GuidePhoneForm(ForMany):
    """The phone for questions."""

    phone = forms.CharField(
        label=Guide._meta.get_field("phone").verbose_name,
        max_length=Guide._meta.get_field("phone").max_length,
    )

    def clean_phone(self):
        return mend(self.cleaned_data["phone"])
