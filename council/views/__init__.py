"""What the council and a visitor see."""

from council.views.board import board_csv, board_json, board_pdf, dashboard, hall
from council.views.nominating import answer, nominate
from council.views.roster import roster
from council.views.whatif import what_if

__all__ = ["answer", "board_csv", "board_json", "board_pdf", "dashboard", "hall", "nominate", "roster", "what_if"]
