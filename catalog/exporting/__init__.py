"""A list on its way out: as the official form, as a text table, on paper, as a template, and as a report.

`table` says which columns an edition prints and gives its rows one by one; the writers beside it put them
into files and know nothing of people or permissions, so that any page may offer them.
"""
