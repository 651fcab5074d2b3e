"""The public site as plain files, for platforms that take nothing else: `manage.py export_site`.

`rendering` makes a page through its own view, `links` makes it lead to files, `site` follows every link from
the first page on and puts the whole in place at once.
"""
