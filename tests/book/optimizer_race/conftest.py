"""The optimizer race in a browser."""

from interactive_page import fixtures

bare, calculate, visit = fixtures("optimizer-race", ".optimizer-race td:not(:empty)")
