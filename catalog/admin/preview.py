"""What an import and a draft look like before anybody decides: messages by cell, and the comparison."""

from ..comparison import compare
from ..forms import SuggestionForm
from ..models import Edition, Suggestion
from ..sentences import reason_in_words

# A preview of thousands of rows is no preview; the rest stands in the report.
SHOWN = 50
LEVELS = ("error", "warning", "note")


def shown_messages(report: dict, level: str | None) -> dict[str, object]:
    """The messages of a report for a page: errors first, one level alone where asked, the first 50 of each."""
    by_level = {
        name: [message for message in report["messages"] if message["level"] == name] for name in LEVELS
    }
    wanted = [level] if level in LEVELS else LEVELS
    return {
        "messages_shown": [message for name in wanted for message in by_level[name][:SHOWN]],
        "messages_left": sum(max(0, len(by_level[name]) - SHOWN) for name in wanted),
        "messages_by_level": [(name, len(found)) for name, found in by_level.items() if found],
        "level": level,
    }


def shown_ignored(report: dict) -> list[dict[str, object]]:
    """The rows that are no items, with their reasons in words."""
    return [row | {"words": reason_in_words(row["reason"])} for row in report.get("ignored", [])]


def shown_comparison(edition: Edition) -> dict[str, object]:
    """The comparison of an edition with the one before it, the first 50 of each kind."""
    comparison = compare(edition, most=SHOWN)
    explained = {
        "new": len({kinship.entry.pk for kinship in comparison.kinships}),
        "gone": len({kinship.before.pk for kinship in comparison.kinships}),
    }
    shown = {name: getattr(comparison, name) for name in comparison.counts}
    return {
        "counts": comparison.counts,
        "shown": {"kinships": comparison.kinships[:SHOWN], **shown},
        "left": {
            name: count - explained.get(name, 0) - len(shown[name])
            for name, count in comparison.counts.items()
        },
    }


def suggestion_forms(edition: Edition, data=None) -> list[SuggestionForm]:
    """A form for each pair that looks related, with the name it had before."""
    suggestions = list(
        Suggestion.objects.filter(entry__edition=edition)
        .select_related("entry", "item")
        .order_by("entry__position", "pk")
    )
    before = {}
    if edition.base_id:
        entries = edition.base.entries.filter(item__in=[suggestion.item_id for suggestion in suggestions])
        before = {entry.item_id: entry.name for entry in entries}
    forms = []
    for suggestion in suggestions:
        form = SuggestionForm(data, instance=suggestion, prefix=str(suggestion.pk))
        form.name_before = before.get(suggestion.item_id, "")
        forms.append(form)
    return forms
