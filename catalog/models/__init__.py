from .bulkchange import BulkChange
from .category import Category
from .clash import Clash
from .comment import Comment, CommentRound
from .edition import Edition
from .entry import Basis, Entry
from .feedback import Feedback
from .guide import Channel, Guide, Material, Step
from .handling import Handling
from .holiday import Holiday
from .importrun import ImportRun
from .item import Item, ItemNumbering, Succession
from .itemlist import ItemList
from .law import Citation, Law, LawVersion
from .meaning import ColumnMeaning
from .missedsearch import MissedSearch
from .recordedstep import EditionStep, Procedure, RecordedStep
from .searchrow import SearchRow
from .suggestion import Suggestion
from .synonym import Synonym
from .topic import Topic

__all__ = [
    "Basis",
    "BulkChange",
    "Category",
    "Channel",
    "Citation",
    "Clash",
    "ColumnMeaning",
    "Comment",
    "CommentRound",
    "Edition",
    "EditionStep",
    "Entry",
    "Feedback",
    "Guide",
    "Handling",
    "Holiday",
    "ImportRun",
    "Item",
    "ItemList",
    "ItemNumbering",
    "Law",
    "LawVersion",
    "Material",
    "MissedSearch",
    "Procedure",
    "RecordedStep",
    "SearchRow",
    "Step",
    "Succession",
    "Suggestion",
    "Synonym",
    "Topic",
]
