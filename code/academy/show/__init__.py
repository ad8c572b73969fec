"""Figures in one look, numbers for the prose, and claims that guard it."""
