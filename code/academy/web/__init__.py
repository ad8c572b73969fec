"""Trained nets as files that a page runs in the reader's browser."""
