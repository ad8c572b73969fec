"""The augmentations in a browser."""

from interactive_page import fixtures

bare, calculate, visit = fixtures("augmentations", ".augmentations .draw canvas")
