"""The playground in a browser."""

from playground_page import bare, calculate, visit  # noqa: F401
