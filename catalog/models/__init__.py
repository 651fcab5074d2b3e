from .category import Category
from .edition import Edition
from .entry import Basis, Entry
from .guide import Channel, Guide, Material, Step
from .handling import Handling
from .item import Item, ItemNumbering, Succession
from .itemlist import ItemList
from .law import Citation, Law, LawVersion
from .suggestion import Suggestion

__all__ = [
    "Basis",
    "Category",
    "Channel",
    "Citation",
    "Edition",
    "Entry",
    "Guide",
    "Handling",
    "Item",
    "ItemList",
    "ItemNumbering",
    "Law",
    "LawVersion",
    "Material",
    "Step",
    "Succession",
    "Suggestion",
]
