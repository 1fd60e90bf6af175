"""Excel in and out: what was typed stays text, whatever it looks like."""

from alliance.sheets.reading import Unreadable, read
from alliance.sheets.tables import table
from alliance.sheets.writing import Sheet, write

__all__ = ["Sheet", "Unreadable", "read", "table", "write"]
