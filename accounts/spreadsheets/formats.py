"""The two formats that import and export offer, in the shape that django-import-export asks for."""

from import_export.formats import base_formats

from .writing import as_csv, as_workbook


class SafeXLSX(base_formats.XLSX):
    """A workbook whose text cells are text."""

    def export_data(self, dataset, **kwargs):
        return as_workbook(dataset.title or "Sheet1", dataset.headers, dataset)


class SafeCSV(base_formats.CSV):
    """A text table without live formulas."""

    def export_data(self, dataset, **kwargs):
        return as_csv(dataset.headers, dataset)


FORMATS = [SafeXLSX, SafeCSV]
