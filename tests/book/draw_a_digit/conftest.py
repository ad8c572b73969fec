"""Drawing a digit on the lesson's page."""

from draw_a_digit_page import visit  # noqa: F401
