"""An import as something that takes its time: asked for, carried out, followed, and whole or not at all.

`wishes` is what a clerk says beside the file; `runs` carries out what was asked, in the request or in a
process of its own (`processes`), which tells how far it is (`progress`).
"""
