"""A kit is served by the one file that lies in it, on any Python, and checks itself."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from academy.assets import settings
from academy.assets.copies import fetch_from
from academy.kit import serve
from stand_in import contents

TYPES = {
    "site/_static/app.mjs": "text/javascript; charset=utf-8",
    "site/index.html": "text/html; charset=utf-8",
    "notebooks/lesson1.ipynb": "application/x-ipynb+json",
    "slides/lesson1.pdf": "application/pdf",
    "assets/numbers/numbers.bin": "application/octet-stream",
    "wheels/pa_academy-0.1.0-py3-none-any.whl": "application/octet-stream",
    "SHA256SUMS": "text/plain; charset=utf-8",
}


class Links(HTMLParser):
    """Collects where a page leads, by the name that is read aloud of each link, and all that it shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.text = ""
        self.open: tuple[str, str] | None = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        assert tag not in ("script", "img", "link"), "the page is whole by itself"
        if tag == "a":
            self.open = named["href"], named.get("aria-label", "")

    def handle_data(self, data):
        self.text += data
        if self.open:
            place, name = self.open
            assert (name or data) not in self.found, "each link has a name of its own"
            self.found[name or data] = place

    def handle_endtag(self, tag):
        if tag == "a":
            self.open = None


@pytest.fixture
def kit(make, tmp_path):
    make(tmp_path / "kit")
    return tmp_path / "kit"


@pytest.fixture
def served(kit) -> Iterator[str]:
    """The address of the kit, served as a teacher does, with nothing but the standard library."""
    command = [sys.executable, "-I", "-S", "-u", "serve.py", "--port", "0"]
    process = subprocess.Popen(command, cwd=kit, stdout=subprocess.PIPE, text=True)
    try:
        for line in process.stdout:
            if match := re.search(r"On this machine: (http://127\.0\.0\.1:\d+)", line):
                yield match[1]
                break
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def status(address):
    try:
        with urlopen(address) as answer:
            return answer.status
    except HTTPError as error:
        error.close()
        return error.code


def test_every_link_of_the_start_page_leads_somewhere(served, kit):
    links = Links((kit / "index.html").read_text(encoding="utf-8"))
    assert {
        "Read the book": "site/index.html",
        "Show the slides": "site/slides/index.html",
        "Page: Lesson 1: From one to two": "site/lessons/1-topic/lesson1.html",
        "Notebook: Lesson 1: From one to two": "notebooks/lesson1.ipynb",
        "Slides: Lesson 1: From one to two": "site/slides/lesson1.html",
        "Slides as PDF: Lesson 1: From one to two": "slides/lesson1.pdf",
        "Notebook: Homework 1: <two> & three": "notebooks/homework1.ipynb",
    }.items() <= links.found.items()
    assert "Slides: Homework 1: <two> & three" not in links.found
    assert list(links.found).index("Page: Lesson 1: From one to two") < list(links.found).index(
        "Page: Homework 1: <two> & three"
    ), "a lesson comes before its homework"
    for place in links.found.values():
        assert not urlsplit(place).scheme, "nothing leads out of the folder"
        assert status(urljoin(f"{served}/", place)) == 200, place


def test_the_page_that_is_served_says_where(served, kit):
    with urlopen(served) as answer:
        page = answer.read().decode()
    assert f"course/bin/academy assets fetch --from {served}<" in page
    assert f"{served}/wheels/pa_academy-0.1.0-py3-none-any.whl" in page
    assert "KIT_" not in page
    assert "assets fetch --from KIT_ADDRESS" in (kit / "index.html").read_text(encoding="utf-8")


def test_a_host_that_is_no_address_gets_the_page_as_it_is(served, kit):
    connection = HTTPConnection(urlsplit(served).netloc)
    connection.request("GET", "/", headers={"Host": "<script>alert(1)</script>"})
    assert connection.getresponse().read() == (kit / "index.html").read_bytes()
    connection.close()


def test_all_files_arrive_whole_and_as_what_they_are(served, kit):
    for place, content in contents(kit).items():
        with urlopen(f"{served}/{place}") as answer:
            assert answer.headers["Content-Length"] == str(len(answer.read())), place
            if place in TYPES:
                assert answer.headers["Content-Type"] == TYPES[place]
        if place != "index.html":
            with urlopen(f"{served}/{place}") as answer:
                assert answer.read() == content
    assert "pa_academy-0.1.0-py3-none-any.whl" in urlopen(f"{served}/wheels/").read().decode()


def test_nothing_outside_is_served(served, tmp_path):
    (tmp_path / "secret.txt").write_text("mine")
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/site/../../secret.txt", "//secret.txt"):
        connection = HTTPConnection(urlsplit(served).netloc)
        connection.request("GET", path)
        assert connection.getresponse().status == 404
        connection.close()


@pytest.mark.slow
def test_assets_come_from_the_address(served, cache_folder, monkeypatch):
    monkeypatch.delenv(settings.OFFLINE_VARIABLE)
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    (cache_folder / "letters" / "deep" / "letters.txt").unlink()
    assert fetch_from(f"{served}/", "letters") == cache_folder / "letters"
    assert (cache_folder / "letters" / "deep" / "letters.txt").read_bytes() == b"abc"


def checked(kit):
    command = [sys.executable, "-I", "-S", "serve.py", "--check"]
    return subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False)


def test_a_whole_kit_says_so_and_a_damaged_one_names_the_files(kit):
    whole = checked(kit)
    assert (whole.returncode, whole.stdout) == (0, "All 19 files are as they were made.\n")
    (kit / "assets/numbers/numbers.bin").write_bytes(b"133")
    (kit / "notebooks/lesson1.ipynb").unlink()
    done = checked(kit)
    assert done.returncode == 1
    assert done.stderr == (
        "Missing or damaged, 2 of 19 files; copy them again:\n"
        "    assets/numbers/numbers.bin\n    notebooks/lesson1.ipynb\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "has no SHA256SUMS, so it was not copied whole"),
        ("half a li", "SHA256SUMS is damaged: copy the folder again"),
        (f"{'0' * 64}  ../secret", "SHA256SUMS is damaged"),
    ],
)
def test_a_kit_without_a_good_list_is_told(kit, text, said):
    (kit / "SHA256SUMS").unlink()
    if text:
        (kit / "SHA256SUMS").write_text(text)
    done = checked(kit)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["taken", "70000"])
def test_a_port_that_cannot_be_used_is_told(served, kit, port):
    port = str(urlsplit(served).port) if port == "taken" else port
    command = [sys.executable, "-I", "-S", "serve.py", "--port", port]
    done = subprocess.run(command, cwd=kit, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used: ")
    assert "Traceback" not in done.stderr


def test_the_server_is_written_for_an_older_python_too():
    source = Path(serve.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 9))
    imported = {line.split()[1].partition(".")[0] for line in re.findall(r"(?m)^(?:from|import) .*", source)}
    assert imported <= sys.stdlib_module_names


def test_addresses_are_those_that_others_can_reach():
    assert all(re.fullmatch(r"\d+(\.\d+){3}", each) for each in serve.addresses())
    assert not [each for each in serve.addresses() if each.startswith(("127.", "0."))]
