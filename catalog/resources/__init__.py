"""The list kinds' columns, as django-import-export resources.

A resource declares what a column is called, how its cells are read and what an
export prints. The importer calls `clean()` of each field's widget once a cell and
never the library's row loop, which takes 19 times as long and more.
"""
