"""Competitions: safe reading of hand-ins, and boards of scores that nobody has to believe."""
