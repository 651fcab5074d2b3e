"""The public pages. Each view is a paragraph: get, narrow, page, show."""

from .categories import category, township_category
from .drafts import comment, draft, draft_entry, preview, preview_entry, receipt
from .errors import not_found, too_many
from .items import item, township_item
from .lists import edition, entry, item_list, lists
from .places import county, home, township

__all__ = [
    "category",
    "comment",
    "county",
    "draft",
    "draft_entry",
    "edition",
    "entry",
    "home",
    "item",
    "item_list",
    "lists",
    "not_found",
    "preview",
    "preview_entry",
    "receipt",
    "too_many",
    "township",
    "township_category",
    "township_item",
]
