"""Faces on sliders, on the lesson's page."""

from face_sliders_page import NAME, visit  # noqa: F401
from interactive_page import fixtures

bare, calculate = fixtures(NAME, ".slider")[:2]
