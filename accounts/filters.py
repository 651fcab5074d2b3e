"""Side filters of the admin that offer only what the person reaches."""

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path

from .scope import within_reach


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """Choices of a relation, narrowed to the rows the person finds in the admin of that relation."""

    def field_choices(self, field, request, model_admin):
        related, site = field.remote_field.model, model_admin.admin_site
        if site.is_registered(related):
            # Its own admin may hide more than reach does, such as what a colleague has not confirmed.
            rows = site.get_model_admin(related).get_queryset(request).order_by()
        else:
            rows = within_reach(related._default_manager.all(), request.user)
        return field.get_choices(
            include_blank=False,
            ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to={"pk__in": rows.values("pk")},
        )


def scoped(model, item):
    """An entry of `list_filter`, with the scoped filter in place of the stock one for relations."""
    if not isinstance(item, str):
        return item
    field = get_fields_from_path(model, item)[-1]
    return (item, ScopedRelatedFilter) if field.is_relation else item


def parameter_of(item) -> str:
    """The name under which an entry of `list_filter` appears in an address."""
    if isinstance(item, str):
        return item
    if isinstance(item, tuple):
        return item[0]
    return item.parameter_name
