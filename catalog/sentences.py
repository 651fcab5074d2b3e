"""What is said about cells: one sentence for each code of the reading and importing layers.

The layers below know no language; they name a code and its values, and the sentence is made here. Every
sentence says what is wrong and, where something can be done, what to do.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

# The file as a whole cannot be read.
OF_THE_FILE = {
    "empty_file": _("The file is empty. Choose the file again."),
    "file_too_large": _(
        "The file has %(size_mb)s MB; at most %(limit_mb)s MB are read. Remove pictures or split the list."
    ),
    "unpacks_too_large": _(
        "Unpacked, the workbook is larger than %(limit_mb)s MB. Copy the table alone into a new workbook."
    ),
    "not_a_workbook": _(
        "This is neither an Excel workbook nor a text table. Save the list as .xlsx and try again."
    ),
    "is_web_page": _(
        "This is a web page or an XML file, whatever its name says. "
        "Open it in Excel or WPS and save it as .xlsx."
    ),
    "is_pdf": _("This is a PDF. Ask for the Excel file the list was made from."),
    "is_archive": _("This is an archive. Unpack it and choose the workbook inside."),
    "is_other_document": _(
        "This is another kind of office document (such as Word, ODS or .xlsb). Save the table as .xlsx."
    ),
    "encrypted": _("The workbook is protected by a password. Remove it, save, and try again."),
    "has_macros": _("The workbook contains macros. Save it as .xlsx, which has none."),
    "damaged": _("The file is damaged (%(part)s). Open it in Excel or WPS and save it anew as .xlsx."),
    "has_doctype": _(
        "The file contains declarations that no spreadsheet program writes (%(part)s). "
        "Copy the table into a new workbook."
    ),
    "too_many_rows": _(
        "Sheet “%(sheet)s” is filled down to %(cell)s; at most %(limit)s rows are read. "
        "Delete what stands below the list."
    ),
    "too_many_columns": _(
        "Sheet “%(sheet)s” is filled as far as %(cell)s; at most %(limit)s columns are read. "
        "Delete what stands to the right of the list."
    ),
    "too_many_cells": _(
        "The workbook has more than %(limit)s cells. Delete blank formatted areas, or split the list."
    ),
    "too_many_texts": _("The workbook stores more than %(limit)s texts. Copy the table into a new workbook."),
    "too_much_text": _("The cells together hold more than %(limit_mb)s MB of text. Split the list."),
    "too_many_sheets": _("The workbook has more than %(limit)s sheets. Keep only the list."),
    "too_many_parts": _("The workbook consists of more than %(limit)s parts. Remove pictures and objects."),
    "too_many_merges": _(
        "The workbook has more than %(limit)s merged areas. Unmerge some of them, or split the list."
    ),
    "overlapping_merges": _("Merged areas of sheet “%(sheet)s” overlap. Unmerge them and merge them anew."),
    "csv_encoding": _("The text from line %(line)s on is neither UTF-8 nor GB18030. Save it as “CSV UTF-8”."),
    "csv_open_quote": _(
        "A quotation mark opened at line %(line)s never closes. Add the closing one or remove it."
    ),
    "needs_too_much_memory": _(
        "Reading the file takes more memory than allowed. Copy the table alone into a new workbook."
    ),
    "took_too_long": _(
        "Reading took more than %(limit_seconds)s seconds. Split the list or copy it into a new workbook."
    ),
    "too_many_readers": _("%(limit)s other files are being read at the moment. Try again in a minute."),
    "reading_failed": _(
        "The file could not be read to its end. Copy the table into a new workbook and save it as .xlsx."
    ),
}

# What the reader noticed in a cell or sheet.
OF_THE_GRID = {
    "error_value": _("The cell shows the error %(value)s. Correct the formula or type the value."),
    "formula_without_value": _(
        "The formula has no stored result and is read as blank. Open and save the file in Excel or WPS."
    ),
    "long_number": _(
        "%(value)s has more than 15 digits; Excel changes the last ones. Enter the code as text."
    ),
    "control_characters_removed": _("%(count)s invisible control characters were removed."),
    "hidden_rows": _("%(count)s hidden rows are read too: %(rows)s."),
    "more_of_the_same": _("%(count)s further remarks of this kind are not listed."),
}

# What the layout was unsure of, or could not do without.
OF_THE_LAYOUT = {
    "no_header": _(
        "No row of headings was found; looked for: %(looked_for)s. Give the table a row that names its columns."
    ),
    "headings_in_column": _(
        "The headings stand below each other here (%(seen)s), with one item in each column. Copy the table and paste "
        "it transposed, so that the headings stand in one row and every item has a row."
    ),
    "missing_column": _(
        "The column “%(heading)s” is missing (it may also be called: %(also)s). Add it or name it so."
    ),
    "duplicate_heading": _(
        "“%(heading)s” is the heading of %(other_cell)s already. Give the two columns different headings."
    ),
    "column_ambiguous": _(
        "“%(heading)s” and “%(other)s” (%(other_cell)s) may mean the same; the latter was taken. "
        "If that is wrong, rename the other column."
    ),
    "column_guessed": _(
        "“%(heading)s” was taken for “%(taken_for)s”. If that is wrong, correct the heading."
    ),
    "unknown_column": _(
        "No field stands for the column “%(heading)s”; its texts are kept under this heading."
    ),
    "sheet_without_list": _("This sheet has no list and was left out."),
    "table_left_out": _(
        "Another table begins here (%(seen)s). It is no list of items and was left out; "
        "if it is one, name its columns as in the table above."
    ),
    "sheet_goes_on": _(
        "This sheet has no headings; it is read as going on with sheet “%(before)s”, whose last serial it counts "
        "on from. Check its first rows."
    ),
    "sheet_skipped": _(
        "This sheet is named like a summary or an example and was left out. Rename it if it belongs to the list."
    ),
    "sheet_repeats_others": _(
        "This sheet repeats the items of the other sheets. Delete it, or its items come in twice."
    ),
    "hidden_sheet_skipped": _("This hidden sheet was left out. Unhide it if it belongs to the list."),
    "hidden_sheet_used": _("Only this hidden sheet has a list, so it was read."),
    "mapping_unknown_field": _("“%(heading)s” is mapped to “%(field)s”, which is no field of this kind."),
    "mapping_unknown_heading": _(
        "A mapping names the column “%(heading)s”, which the workbook does not have."
    ),
    "meaning_followed": _("“%(heading)s”: %(meaning)s, as this county decided on %(day)s."),
    "count_mismatch": _("The list claims %(claimed)s for “%(name)s”, but %(found)s were found."),
    "no_such_list": _(
        "The columns of this sheet are those of another paper: %(seen)s. It was left out; choose another file or "
        "sheet, or say by hand which columns hold the list."
    ),
    "row_in_doubt": _("“%(text)s” was read as an item, though it may be a heading or a note. Check the row."),
    "serial_only": _("The row has a serial and nothing else; it was left out."),
    "nothing_above": _("“%(text)s” means as above, but nothing stands above it in “%(heading)s”."),
    "blank_not_filled": _(
        "“%(heading)s” is blank, and the sheet does not show that a blank means as above. Fill it in."
    ),
    "block_reaches_too_far": _(
        "“%(text)s” (%(heading)s) is merged from %(from_cell)s over rows of another body: it was taken for "
        "%(belongs_to)s and not for %(not_to)s. Write it into this row if it holds here too."
    ),
    "merged_across": _(
        "“%(text)s” is merged over the columns %(headings)s and was read into the first of them. "
        "Unmerge the cells."
    ),
}

# What a kind's resource says of a cell or row.
OF_THE_ROW = {
    "note_without_warning": _(
        "The note to “%(rule)s” answers nothing: no row is warned of by a rule of this code."
    ),
    "no_rows": _("No row of the workbook reads as an item of the list."),
    "no_rows_of_only": _(
        "None of the %(count)s rows belongs to %(only)s; the file names: %(named)s. "
        "Say for which departments it speaks, or take it as the whole list."
    ),
    "part_missing": _(
        "The workbook holds no rows of %(part)s, but: %(parts)s. Choose the kind of list it holds, "
        "or correct the headings of its parts."
    ),
    "empty_name": _("The row has no name. Fill it in, or delete the row."),
    "name_is_no_text": _(
        "“%(printed)s” is no text in the sheet but a number, a day or TRUE, and was taken as a name. "
        "Check the cell, and type the name as text."
    ),
    "double_row": _(
        "“%(name)s” stands at %(other_sheet)s!%(other_cell)s already, with the same main item, department "
        "and responsible unit. Delete one of them, or tell them apart."
    ),
    "named_twice": _(
        "“%(name)s” is handed to %(townships)s at %(other_sheet)s!%(other_cell)s already. Name each township "
        "once, or delete one of the rows."
    ),
    "too_long": _("“%(heading)s” has %(length)s characters; at most %(limit)s can be kept. Shorten it."),
    "unknown_power_type": _("“%(printed)s” is no power type. Did you mean: %(nearest)s?"),
    "unknown_department": _(
        "The county has no department “%(printed)s”. %(nearest)s "
        "Correct the name, or add the department or its short name first."
    ),
    "no_departments_kept": _(
        "The county keeps no departments yet, so “%(printed)s” could not be looked up; it is kept as printed."
    ),
    "no_offices_kept": _(
        "The county keeps no township offices yet, so “%(printed)s” could not be looked up; it is kept as printed."
    ),
    "no_townships_kept": _(
        "The county keeps no townships yet, so “%(printed)s” could not be looked up; it is kept as printed."
    ),
    "department_taken_for": _("“%(printed)s” was taken for %(department)s. Correct it if another is meant."),
    "unknown_township": _(
        "The county has no township “%(printed)s”. %(nearest)s Correct the name, or add the township first."
    ),
    "receiver_is_office": _(
        "“%(printed)s” is an office and no township; it is kept as printed. Say which townships receive this."
    ),
    "unknown_unit": _(
        "The county has neither a township office nor a department “%(printed)s”. %(nearest)s "
        "Correct the name, or add the office first."
    ),
    "unknown_category": _(
        "“%(printed)s” is not among the policy's fields of service; the entry is kept under this wording."
    ),
    "basis_not_understood": _(
        "“%(printed)s” could not be read as a citation; it is kept as text. Check title and article."
    ),
    "unknown_law": _(
        "《%(title)s》 is not among the laws on record, and no document number stands with it. Check the title."
    ),
    "several_power_types": _(
        "“%(printed)s” names several power types. The row is read as %(taken)s and keeps the wording; where the "
        "law treats the types differently, give each a row of its own."
    ),
    "serial_not_understood": _("“%(printed)s” is no serial number; the row is read without one."),
    "count_not_understood": _("“%(printed)s” is no number; it is left out."),
    "day_not_understood": _("“%(printed)s” names no single day; the words are kept and no day is stored."),
    "limit_not_understood": _("“%(printed)s” states no number of days; the words are kept."),
    "limit_unit_assumed": _("“%(printed)s” does not say which days; it is read as %(unit)s."),
}

SENTENCES = OF_THE_FILE | OF_THE_GRID | OF_THE_LAYOUT | OF_THE_ROW


def sentence(code: str, values: Mapping[str, object]) -> str:
    """The sentence of a code in the language of the reader; `KeyError` when the code has none.

    What a kind's own checks say brings its sentence along: this app does not know their codes.
    """
    if "sentence" in values:
        return str(values["sentence"])
    return str(SENTENCES[code]) % values


def did_you_mean(nearest: str) -> str:
    """The middle of a sentence that offers the nearest name, or nothing where none is near."""
    return str(_("Did you mean “%(nearest)s”?") % {"nearest": nearest}) if nearest else ""


STAGES = {
    "": _("The import is about to begin."),
    "read": _("The workbook is being read."),
    "layout": _("Headings and rows are being recognised."),
    "rows": _("The rows are being checked."),
    "compare": _("The rows are compared with the edition before."),
    "store": _("The rows are being stored."),
    "confirm": _("The import is being confirmed."),
}


def stage_in_words(stage: str, done: int, total: int) -> str:
    """How far an import is, for who waits: the stage, and how many rows of how many."""
    words = str(STAGES.get(stage, STAGES["read"]))
    counted = str(_(" %(done)s of %(total)s rows.")) % {"done": done, "total": total}
    return words + counted if total > 1 and done else words


# Why a row of the sheets is no item of the list.
IGNORED = {
    "title": _("title"),
    "attachment": _("mark of an attachment"),
    "document_number": _("document number"),
    "date": _("date"),
    "preface": _("words before the table"),
    "part": _("heading of a part"),
    "group": _("heading of a group"),
    "main_item": _("main item of the sub items below it"),
    "total": _("total"),
    "declared_count": _("declared count"),
    "note": _("note"),
    "blank": _("blank row"),
    "header": _("headings of the columns"),
    "repeated_header": _("headings repeated at a page break"),
    "column_numbers": _("numbers of the columns"),
    "continuation": _("goes on with the row above"),
    "serial_only": _("a serial and nothing else"),
    "example": _("example row"),
    "other_table": _("belongs to another table below the list"),
    "other_part": _("belongs to another part of the list"),
    "other_department": _("belongs to a department the import does not speak for"),
    "refused": _("refused and left out"),
}


def reason_in_words(reason: str) -> str:
    """Why a row was not taken, for a clerk; a reason without words stands as it is."""
    return str(IGNORED.get(reason, reason))
