"""How much of a file is taken in: one table, so that a refusal can name the number it rests on.

Real lists have at most 1,500 rows and 25 columns. The limits leave room for a hundred times as much and stop
there, because a workbook of two kilobytes can ask for gigabytes.
"""

MEBIBYTE = 1024 * 1024

MAX_FILE_BYTES = 10 * MEBIBYTE
MAX_UNPACKED_BYTES = 100 * MEBIBYTE
MAX_PARTS = 2_000
MAX_SHEETS = 200
MAX_ROWS = 120_000
MAX_COLUMNS = 200
# Cells of a workbook, blank ones included: 120,000 rows of 50 columns.
MAX_CELLS = 6_000_000
# Entries of the table of texts that the cells of a workbook share.
MAX_SHARED_TEXTS = 3_000_000
MAX_MERGES = 200_000

# As far as the file format itself goes.
FORMAT_ROWS = 1_048_576
FORMAT_COLUMNS = 16_384

# What the child process may take: address space, seconds of work, seconds on the clock, bytes of answer.
# Both times end before a web server's usual 30 seconds do.
CHILD_MEMORY_BYTES = 1024 * MEBIBYTE
CHILD_CPU_SECONDS = 25
CHILD_SECONDS = 27
MAX_ANSWER_BYTES = 150 * MEBIBYTE

# Processes that parse at one time on a machine, and how long one waits for its turn.
MAX_CHILDREN = 4
WAIT_SECONDS = 10

# Messages of one code for one sheet; the rest is counted in a last one.
MESSAGES_PER_CODE = 100
