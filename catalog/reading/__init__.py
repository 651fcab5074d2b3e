"""From the bytes of a county's workbook to labelled rows.

Pure: knows no Django, no database and no clock, so every messy sheet can be
tried in a second. Two layers: `workbook` turns bytes into a grid, `layout`
turns the grid into rows whose cells are named and keep their address.
"""
