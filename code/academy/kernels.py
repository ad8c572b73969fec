"""Kernels of notebooks that programs run."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from jupyter_client.manager import AsyncKernelManager

HAS_SOCKET_FILES = os.name == "posix"


class SocketFileKernel(AsyncKernelManager):
    """Talks to its kernel through files in a folder of its own, where the system has such sockets.

    TCP ports are chosen before the kernel starts, and another program may take one until it listens: such a
    kernel dies at once, which happens where many start side by side.
    """

    def __init__(self, **settings: Any) -> None:
        if HAS_SOCKET_FILES:
            self._folder = TemporaryDirectory(prefix="kernel-")  # removed with this manager
            where = str(Path(self._folder.name) / "kernel.json")
            settings = {"transport": "ipc", "connection_file": where} | settings
        super().__init__(**settings)
