"""Competitions: rules, safe reading of hand-ins, and scores that nobody has to believe."""

from academy.compete.entries import Entry, Status, score_all
from academy.compete.spiral import pack

__all__ = ["Entry", "Status", "pack", "score_all"]
