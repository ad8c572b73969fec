"""A server on loopback that stands in for the places assets come from, well-behaved or not."""

import json
import threading
from collections.abc import Callable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """Answers each address as it was told to, and counts what it was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.closing = threading.Event()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stand_in.asked.append(self.path)
                stand_in.answers.get(self.path, status(404))(self)

            def do_HEAD(self) -> None:
                stand_in.answers.get(self.path, status(404))(self)

            def log_message(self, *arguments: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.http.handle_error = lambda *arguments: None  # a client that gave up is what many tests are about
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        self.http.shutdown()
        self.http.server_close()


def sends(body: bytes, kind: str = "application/octet-stream", **headers: str) -> Answer:
    """Answer with a body, as it should be."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        announce(request, len(body), kind, **headers)
        if request.command == "GET":
            request.wfile.write(body)

    return answer


def breaks_off(body: bytes) -> Answer:
    """Announce a body, send half of it, and hang up."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        announce(request, len(body))
        request.wfile.write(body[: len(body) // 2])
        request.close_connection = True

    return answer


def status(code: int) -> Answer:
    """Answer with an error."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def hangs(server: Server) -> Answer:
    """Take the request and say nothing."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        server.closing.wait()
        request.close_connection = True

    return answer


def drips(server: Server, body: bytes, begun: threading.Event | None = None) -> Answer:
    """Send a byte now and then, so that no single wait is long."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        announce(request, len(body))
        request.wfile.write(body[:2048])
        for byte in body[2048:]:
            if begun:
                begun.set()
            if server.closing.wait(0.2):
                break
            request.wfile.write(bytes([byte]))
            request.wfile.flush()
        request.close_connection = True

    return answer


def announce(
    request: BaseHTTPRequestHandler, size: int, kind: str = "application/octet-stream", **headers: str
) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(size))
    request.send_header("Content-Type", kind)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()


def registry_text(name: str, files: dict[str, bytes], *sources: dict[str, object]) -> str:
    """Write an asset the way the registry file does."""
    lines = [f"[{name}]"]
    lines += [f'{key} = "{key} of {name}"' for key in ("title", "license", "attribution", "made", "avoid")]
    lines += [f"[{name}.files]"]
    lines += [
        f'"{path}" = {{ bytes = {len(content)}, sha256 = "{sha256(content).hexdigest()}" }}'
        for path, content in files.items()
    ]
    for source in sources:
        lines += [f"[[{name}.sources]]", *(f"{key} = {json.dumps(value)}" for key, value in source.items())]
    return "\n".join(lines) + "\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file under a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
