"""Serve this folder to the classroom, or check that it arrived whole.

    python3 serve.py            serves it, and prints the address for the board
    python3 serve.py --check    compares every file with SHA256SUMS

This file needs Python 3.9 or newer and nothing else: no package, no internet. Everybody on the same network
can read this folder while it is served, and nothing else of this machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import socket
import struct
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from io import BytesIO
from pathlib import Path, PurePosixPath
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, BinaryIO
from urllib.parse import urlsplit

SUMS = "SHA256SUMS"
LINE = re.compile("([0-9a-f]{64})  (.+)")
START = "index.html"
PLACE = "KIT_ADDRESS"
"""Stands in the commands of the start page for where the kit is; the server writes its address there."""
HOST = "KIT_HOST"
"""The same without http:// and port."""
PORT = 8000
SEEN_FROM_A_BROWSER = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?")
TYPES = {
    **dict.fromkeys((".js", ".mjs"), "text/javascript; charset=utf-8"),
    **dict.fromkeys((".txt", ".md", ".py", ""), "text/plain; charset=utf-8"),
    **dict.fromkeys((".whl", ".safetensors", ".gguf", ".pth"), "application/octet-stream"),
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
"""Media types by how a name ends, since some systems believe that JavaScript is plain text."""
HASHED_AT_ONCE = 1 << 20
FOR_THE_BOARD = "Write one of these addresses on the board; who is on the same network can open it:"
ALONE = "This machine is on no network, so no other can open what is served."


def sums_of(folder: Path) -> dict[str, str]:
    """Read what a kit holds: by each file's path, the SHA-256 of its content.

    Raises:
        OSError: If there is no such list.
        ValueError: If a line of it says something else, or a path leads out of the folder.
    """
    sums = {}
    for line in (folder / SUMS).read_text(encoding="utf-8").splitlines():
        match = LINE.fullmatch(line)
        if not match or not stays_inside(match[2]):
            raise ValueError(f"{SUMS} is damaged: copy the folder again.")
        sums[match[2]] = match[1]
    return sums


def stays_inside(path: str) -> bool:
    """Tell whether a path leads to a place below where it begins."""
    parts = PurePosixPath(path)
    return not (parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path)


def sha256(path: Path) -> str:
    """Hash a file's content."""
    found = hashlib.sha256()
    with path.open("rb") as content:
        while block := content.read(HASHED_AT_ONCE):
            found.update(block)
    return found.hexdigest()


def differing(folder: Path, sums: dict[str, str]) -> list[str]:
    """Name the files that are missing, cannot be read, or differ from their sum."""
    return [path for path, wanted in sums.items() if not is_as(folder / path, wanted)]


def is_as(path: Path, wanted: str) -> bool:
    """Tell whether a file is there and has a SHA-256."""
    try:
        return path.is_file() and sha256(path) == wanted
    except OSError:
        return False


class Handler(SimpleHTTPRequestHandler):
    """Answers with the files of the folder."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Say what a file is."""
        return TYPES.get(Path(path).suffix) or super().guess_type(path)

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer one request; the start page is told where it was asked for."""
        host = self.headers.get("Host", "")
        if urlsplit(self.path).path in ("/", f"/{START}") and SEEN_FROM_A_BROWSER.fullmatch(host):
            return self.start_page(host)
        return super().send_head()

    def start_page(self, host: str) -> BytesIO:
        """Answer with the start page, whose commands name this server."""
        page = Path(self.directory, START).read_text(encoding="utf-8")
        page = page.replace(PLACE, f"http://{host}").replace(HOST, host.partition(":")[0])
        content = page.encode("utf-8")
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", TYPES[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return BytesIO(content)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing of each request, so that the addresses stay in sight."""


class Room(ThreadingMixIn, TCPServer):
    """A server for a class that clicks all at once; it asks no name server, since there may be none."""

    allow_reuse_address = sys.platform != "win32"  # there it would share a port that is taken
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that left midway."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def addresses() -> list[str]:
    """Find under which numbers others on the same network see this machine."""
    found = {*of_name(), *of_interfaces(), *of_route()}
    return sorted(address for address in found if not address.startswith(("127.", "0.")))


def of_name() -> list[str]:
    """Ask for the addresses of this machine's own name; on Windows these are all."""
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def of_route() -> list[str]:
    """Ask from which address a message to another network would leave; none is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))
            return [probe.getsockname()[0]]
        except OSError:
            return []


def of_interfaces() -> list[str]:
    """Ask Linux for the address of each of its network interfaces."""
    if not sys.platform.startswith("linux"):
        return []
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(probe, 0x8915, struct.pack("256s", name.encode()[:15]))  # SIOCGIFADDR
            except OSError:
                continue  # an interface without an address
            found.append(socket.inet_ntoa(answer[20:24]))
    return found


def serve(folder: Path, port: int) -> None:
    """Serve a folder until it is interrupted."""
    try:
        server = Room(("", port), partial(Handler, directory=str(folder)))
    except (OSError, OverflowError) as error:
        sys.exit(f"Port {port} cannot be used: {error}. Name another: python3 serve.py --port 8080")
    with server:
        port = server.server_address[1]
        print(FOR_THE_BOARD if addresses() else ALONE)
        for address in addresses():
            print(f"    http://{address}:{port}")
        print(f"On this machine: http://127.0.0.1:{port}")
        print("It serves until you press Ctrl-C.", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nNot served any more.")


def check(folder: Path) -> None:
    """Say whether a folder is whole; end with 1 if not."""
    try:
        sums = sums_of(folder)
    except FileNotFoundError:
        sys.exit(f"{folder} has no {SUMS}, so it was not copied whole: copy it again.")
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    if wrong := differing(folder, sums):
        listed = "\n".join(f"    {path}" for path in wrong)
        sys.exit(f"Missing or damaged, {len(wrong)} of {len(sums)} files; copy them again:\n{listed}")
    print(f"All {len(sums)} files are as they were made.")


def main() -> None:
    """Serve or check the folder that this file is in."""
    parser = argparse.ArgumentParser(description="Serve this folder to the classroom.")
    parser.add_argument("--check", action="store_true", help="compare every file with its sum, and end")
    parser.add_argument("--port", type=int, default=PORT, help=f"by default {PORT}")
    asked = parser.parse_args()
    folder = Path(__file__).resolve().parent
    if asked.check:
        check(folder)
    else:
        serve(folder, asked.port)


if __name__ == "__main__":
    main()
