"""An admin form as a browser would send it back."""


def filled(page, **changes) -> dict:
    """What the form of an admin page and its inlines hold, with some of it typed over."""
    data = {}
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is None or value == []:
                continue
            data[field.html_name] = value if value or value in (0, False) else ""
    unticked = {name for name, value in {**data, **changes}.items() if value is False}
    return {name: value for name, value in {**data, **changes}.items() if name not in unticked}
