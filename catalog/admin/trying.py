"""How a page of the admin asks for something: a refusal lands on its field, or above the form."""

from django.core.exceptions import ValidationError


def try_form(form, act, **arguments):
    """Do what a form asks and return what comes of it; None where it was refused, with the reasons in the form."""
    try:
        return act(**arguments)
    except ValidationError as problem:
        errors = problem.error_dict if hasattr(problem, "error_dict") else {None: problem.error_list}
        for field, found in errors.items():
            form.add_error(field if field in form.fields else None, found)
        return None
