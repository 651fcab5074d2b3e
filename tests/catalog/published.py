"""Editions straight through the models, for pages that only read them."""

from datetime import date

from django.utils import timezone

from catalog.choices import EditionState
from catalog.models import Edition, Entry, Item
from catalog.tallies import count_entries

TODAY = date(2026, 3, 10)
FORMER, CURRENT, COMING = date(2024, 1, 1), date(2025, 7, 15), date(2027, 1, 1)

# Every public page of what the fixture `portal` publishes.
ADDRESSES = [
    "/",
    "/990101/",
    "/t/990101100/",
    "/t/990101100/categories/social/",
    "/990101/categories/social/",
    "/990101/items/1/",
    "/t/990101100/items/2/",
    "/990101/lists/",
    "/990101/lists/public_services/",
    "/990101/lists/public_services/2025-07-15/",
    "/990101/lists/public_services/2024-01-01/",
    "/990101/lists/public_services/2027-01-01/",
    "/990101/lists/public_services/2025-07-15/3/",
]


def issue(item_list, rows=("最低生活保障申请受理",), *, state=EditionState.ANNOUNCED, **record) -> Edition:
    """An edition of the list with one entry a row: a name, or the values of an entry."""
    record.setdefault("effective_on", CURRENT)
    record.setdefault("published_on", record["effective_on"])
    record.setdefault("title", f"事项目录清单（{record['effective_on']:%Y年%m月}版）")
    record.setdefault("document_number", f"青政办发〔{record['effective_on']:%Y}〕12号")
    is_public = state in (EditionState.ANNOUNCED, EditionState.REPEALED)
    moment = timezone.now() if is_public else None
    edition = Edition.objects.create(list=item_list, state=state, announced_at=moment, **record)
    entries = [_entry(edition, number, row) for number, row in enumerate(rows, 1)]
    Entry.objects.bulk_create(entries)
    if is_public:
        edition.tally = count_entries(edition)
        edition.save(update_fields=["tally"])
    return edition


def many(count, **values):
    """Rows of a list as long as wished, each as wordy as real ones are."""
    for number in range(1, count + 1):
        yield {
            "name": f"第{number}项困难群众临时救助申请受理与初审（{number * 7919 % 1009}）",
            "category_name": f"基本社会服务{number % 9}",
            "power_type": "05",
            "responsible_unit": "民政民生办公室",
            "service_target": f"具有本县户籍、符合条件的第{number * 104729 % 997}类困难居民及其共同生活的家庭成员",
            "legal_basis": f"《社会救助暂行办法》第{number}条",
            **values,
        }


def _entry(edition, number, row) -> Entry:
    values = {"name": row} if isinstance(row, str) else dict(row)
    number = values.pop("number", number)
    item, _is_new = Item.objects.get_or_create(county=edition.list.county, number=number)
    entry = Entry(edition=edition, item=item, position=number, serial=number, **values)
    entry.digest = entry.compute_digest()
    return entry
