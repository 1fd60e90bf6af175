"""The figures and the drawing behind the allocation page: a constant number of questions, no writes."""

from council.dashboard.page import Board, board
from council.dashboard.seats import Sitting, sittings

__all__ = ["Board", "Sitting", "board", "sittings"]
