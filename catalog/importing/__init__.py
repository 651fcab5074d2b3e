"""A county's workbook on its way to a draft edition.

`intake` reads a file through the kind's resource into rows that know what they
are called in the report; `drafts` compares them with the edition before and
stores them whole; `report` says what happened, as JSON. The admin and
`manage.py import_list` walk the same road.
"""
