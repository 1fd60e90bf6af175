"""What the council and a visitor see."""

from council.views.board import dashboard
from council.views.nominating import answer, nominate
from council.views.roster import roster

__all__ = ["answer", "dashboard", "nominate", "roster"]
