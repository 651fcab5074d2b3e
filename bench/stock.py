"""A stock django-import-export resource for the same list, tuned as its manual advises.

Rows are kept in bulk, instances are neither looked up nor compared nor logged, and nothing is validated: no
draft, no preview, no codes. It reads the file through the library's own format.
"""

from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource

from catalog.models import Edition, Entry


class StockResource(ModelResource):
    """The columns of the list, and nothing else."""

    serial = Field("serial", "序号")
    category_name = Field("category_name", "类别")
    name = Field("name", "项目名称")
    responsible_unit = Field("responsible_unit", "责任单位")
    service_target = Field("service_target", "服务对象")
    legal_basis = Field("legal_basis", "实施依据")

    class Meta:
        model = Entry
        fields = ("serial", "category_name", "name", "responsible_unit", "service_target", "legal_basis")
        import_id_fields = ()
        use_bulk = True
        batch_size = 1_000
        force_init_instance = True
        skip_diff = True
        skip_html_diff = True
        report_skipped = False
        use_transactions = False

    def __init__(self, edition: Edition):
        super().__init__()
        self.edition = edition

    def before_save_instance(self, instance, row, **kwargs):
        """What the list lacks and the table wants."""
        instance.edition = self.edition
        instance.position = instance.serial
        instance.legal_basis = instance.legal_basis or ""


def import_stock(content: bytes, edition: Edition) -> int:
    """Import the file; gives the number of rows that were stored."""
    dataset = XLSX().create_dataset(content)
    result = StockResource(edition).import_data(dataset, dry_run=False, raise_errors=True)
    return result.totals["new"]
