"""Competitions: rules, safe reading of hand-ins, and scores that nobody has to believe."""

from academy.compete.entries import Entry, Status, score_all, shared_ranks
from academy.compete.intervals import ranks
from academy.compete.spiral import pack
from academy.compete.tables import board_table, table

__all__ = ["Entry", "Status", "board_table", "pack", "ranks", "score_all", "shared_ranks", "table"]
