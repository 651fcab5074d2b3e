"""The public pages. Each view is a paragraph: get, narrow, page, show."""

from .categories import category, township_category
from .changes import compare_list, compare_list_table
from .choosing import choose_township, forget_township, townships
from .data import county_data, edition_data, list_data
from .displaying import choose_display
from .drafts import comment, draft, draft_entry, preview, preview_entry
from .errors import not_found, too_many
from .files import item_file
from .hearing import receipt, receipts, report, township_report
from .items import item, township_item
from .lists import edition, entry, item_list, lists
from .opendata import county_open_data, open_data
from .papers import notice, wall
from .places import county, home, township
from .searching import missing_item, search

__all__ = [
    "category",
    "choose_display",
    "choose_township",
    "comment",
    "compare_list",
    "compare_list_table",
    "county",
    "county_data",
    "county_open_data",
    "draft",
    "draft_entry",
    "edition",
    "edition_data",
    "entry",
    "forget_township",
    "home",
    "item",
    "item_file",
    "item_list",
    "list_data",
    "lists",
    "missing_item",
    "not_found",
    "notice",
    "open_data",
    "preview",
    "preview_entry",
    "receipt",
    "receipts",
    "report",
    "search",
    "too_many",
    "township",
    "township_category",
    "township_item",
    "township_report",
    "townships",
    "wall",
]
