"""The public pages. Each view is a paragraph: get, narrow, page, show."""

from .categories import category, township_category
from .errors import not_found
from .items import item, township_item
from .lists import edition, entry, item_list, lists
from .places import county, home, township

__all__ = [
    "category",
    "county",
    "edition",
    "entry",
    "home",
    "item",
    "item_list",
    "lists",
    "not_found",
    "township",
    "township_category",
    "township_item",
]
