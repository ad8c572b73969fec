"""Trained nets as files that a page runs in the reader's browser."""

from academy.web.exports import ModelDiffers, export

__all__ = ["ModelDiffers", "export"]
