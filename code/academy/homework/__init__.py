"""Homework that checks itself: in the student's notebook, and many notebooks at once for a teacher."""
