"""Trained nets as files that a page runs in the reader's browser."""

from academy.web.exports import ModelDiffers, export
from academy.web.onnx_files import onnx_file

__all__ = ["ModelDiffers", "export", "onnx_file"]
