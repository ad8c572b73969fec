"""Refuses every connection but to this machine; on PYTHONPATH, it does so in every Python process started."""

import socket

connect = socket.socket.connect


def connect_here(self: socket.socket, address: tuple[str, int]) -> None:
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise PermissionError(f"a test tried to reach {address[0]}")
    connect(self, address)


socket.socket.connect = connect_here
