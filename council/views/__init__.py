"""What the council and a visitor see."""

from council.views.board import board_csv, board_json, board_pdf, dashboard, hall
from council.views.candidates import candidates
from council.views.nominating import answer, nominate, stand
from council.views.roster import roster
from council.views.whatif import what_if

__all__ = [
    "answer",
    "board_csv",
    "board_json",
    "board_pdf",
    "candidates",
    "dashboard",
    "hall",
    "nominate",
    "roster",
    "stand",
    "what_if",
]
