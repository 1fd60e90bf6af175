"""How much of what is let in."""

MEGABYTE = 2**20
MOST = {  # bytes of an upload, by what its name says it is
    "pdf": 20 * MEGABYTE,
    "jpeg": 10 * MEGABYTE,
    "png": 10 * MEGABYTE,
    "webp": 10 * MEGABYTE,
    "docx": 10 * MEGABYTE,
    "xlsx": 10 * MEGABYTE,
}
MOST_OF_ANY = max(MOST.values())
LONGEST_TITLE = 120  # characters of a file's name

PAGES = 300
OBJECTS = 200_000  # of a PDF
NODES = 2_000_000  # dictionaries, arrays and their entries of a PDF

MOST_PICTURES = 20  # bound into one PDF

PIXELS = 60_000_000
SHORTEST, LONGEST = 50, 20_000  # pixels of a picture's side: below, nothing can be read

MEMBERS = 2_000  # parts of a Word or Excel file
UNPACKED = 100 * MEGABYTE  # all its parts together
RATIO, RATIO_FROM = 200, 5 * MEGABYTE  # how far they may have been packed, once they are that large

ROWS, COLUMNS = 20_001, 60  # of a table that is read in: its head, and twenty thousand lines

SECONDS = 20  # of the processor's time, for one file
PATIENCE = 40  # seconds by the wall, on a busy machine
MEMORY = 2**30
OUTPUT = 64 * MEGABYTE
LONGEST_SIDE = 1754  # pixels of a page picture: A4 at 150 dots an inch
