"""For which departments a file seems to speak, where it names few of those in the edition before."""

from .planning import Plan

# Of fewer departments nothing can be told: a small county's whole list may well name one.
FEWEST_BEFORE = 3


def suggested_only(plan: Plan) -> list[str]:
    """The departments to narrow the import to: the file names at most half of those before, and others lose entries.

    Empty where the file speaks for the whole list, or was narrowed already.
    """
    if plan.intake.only or plan.base is None or not plan.gone:
        return []
    names = plan.base.entries.exclude(department=None).order_by()
    before = set(names.values_list("department__name", flat=True).distinct())
    if len(before) < FEWEST_BEFORE:
        return []
    in_file = {taken.department(plan.intake.words) for taken in plan.intake.rows}
    named = {department.name for department in in_file if department}
    if not named or None in in_file or len(named & before) * 2 > len(before):
        return []
    return sorted(named)
