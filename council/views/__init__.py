"""What the council and a visitor see."""

from council.views.board import dashboard
from council.views.candidates import candidates
from council.views.nominating import answer, nominate, stand
from council.views.roster import roster

__all__ = ["answer", "candidates", "dashboard", "nominate", "roster", "stand"]
