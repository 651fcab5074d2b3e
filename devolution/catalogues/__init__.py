"""A county's catalogue of powers on its way from a workbook into the register.

`receivers` and `proposals` say what a row means, `judging` asks the law at import, `preparing` makes
prepared transfers of a confirmed draft (and takes them away with a discarded one), `taking_over` puts a
catalogue in force as it was found.
"""
