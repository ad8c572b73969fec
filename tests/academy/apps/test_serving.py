"""How any app's page is served: in order, within memory, on this machine alone, at a port that is free."""

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psutil
import pytest
from academy.apps.page import PortTaken, expect_free, file_of, start
from academy.apps.similar.page import build
from gradio_client import Client, handle_file
from PIL import Image
from similar_engine import ColorWheel

pytestmark = pytest.mark.slow


@pytest.fixture
def launched():
    """Start pages, and end them."""
    pages = []

    def launching(engine):
        built = build(engine)
        start(built)
        pages.append(built)
        return built

    yield launching
    for built in pages:
        built.close(verbose=False)


def test_twenty_at_once_are_answered_one_after_the_other_and_in_order(launched, tmp_path):
    begun, together, most = [], 0, 0
    gate = threading.Event()

    class Watched(ColorWheel):
        def similar(self, picture, backbone, k):
            nonlocal together, most
            together += 1
            most = max(most, together)
            begun.append(picture.width)
            gate.wait(30)
            found = super().similar(picture, backbone, k)
            together -= 1
            return found

    built = launched(Watched())
    client = Client(built.local_url, verbose=False)
    jobs = []
    for number in range(20):
        path = tmp_path / f"{number}.png"
        Image.new("RGB", (10 + number, 10), "blue").save(path)
        jobs.append(client.submit(handle_file(path), 3, ["hue"], api_name="/similar"))
        wait_for(lambda: waiting(built) + len(begun) == len(jobs))
    gate.set()
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda job: job.result(timeout=60), jobs))
    assert all("azure" in answer or "blue" in answer for answer in answers)
    assert begun == [10 + number for number in range(20)]
    assert most == 1


def waiting(built) -> int:
    return len(built._queue)


def wait_for(true) -> None:
    done = threading.Event()
    for _ in range(3000):
        if true():
            return
        done.wait(0.01)
    pytest.fail("it did not come to that within 30 seconds")


def test_twenty_large_pictures_at_once_take_the_memory_of_a_few(launched, tmp_path):
    path = tmp_path / "large.png"
    Image.new("RGB", (7_000, 7_000), "blue").save(path)  # 196 MB in memory
    built = launched(ColorWheel())
    clients = [Client(built.local_url, verbose=False) for _ in range(4)]
    before = psutil.Process(os.getpid()).memory_info().rss
    peak, over = before, threading.Event()

    def watch():
        nonlocal peak
        while not over.wait(0.01):
            peak = max(peak, psutil.Process(os.getpid()).memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    jobs = [
        client.submit(handle_file(path), 3, ["hue"], api_name="/similar")
        for client in clients
        for _ in range(5)
    ]
    answers = [job.result(timeout=300) for job in jobs]
    over.set()
    watcher.join()
    assert len(answers) == 20
    assert (peak - before) / 1e6 < 1_500, "all twenty would take 4,000 MB"


@pytest.mark.parametrize("meta", [{"meta": {"_type": "gradio.FileData"}}, {}])
def test_a_program_reads_no_file_of_the_server(launched, tmp_path, meta):
    built = launched(ColorWheel())
    secret = tmp_path / "secret.png"
    Image.new("RGB", (8, 8), "blue").save(secret)
    payload = {"path": str(secret), **meta}
    with httpx.Client(base_url=built.local_url) as http:
        asked = http.post("gradio_api/call/similar", json={"data": [payload, 3, ["hue"]]}).json()
        answer = http.get(f"gradio_api/call/similar/{asked['event_id']}").text
    assert answer.startswith("event: error") or "No file arrived" in answer
    assert "cosine" not in answer


def test_it_listens_on_this_machine_alone_and_reports_to_nobody(launched):
    built = launched(ColorWheel())
    assert built.local_url.startswith("http://127.0.0.1:")
    assert built.share_url is None
    configuration = httpx.get(f"{built.local_url}config").json()
    assert configuration["analytics_enabled"] is False
    assert configuration["footer_links"] == []


def test_a_port_that_is_taken_is_named_before_anything_is_made():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"Port {port} cannot be used"):
            expect_free(port)
    expect_free(None)


@pytest.mark.parametrize(
    ("upload", "file"),
    [
        ({"path": "/uploads/a/b.png"}, Path("/uploads/a/b.png")),
        ({"path": "/uploads/../etc/passwd"}, None),
        ({"path": "/etc/passwd"}, None),
        ({"path": "b.png"}, None),
        ({"path": "/uploads/\0"}, None),
        ({"path": 7}, None),
        ({"path": ""}, None),
        (None, None),
        (3, None),
    ],
)
def test_what_arrives_is_an_upload_or_nothing(upload, file, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", "/uploads")
    assert file_of(upload) == file


def test_a_link_among_the_uploads_leads_nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    (tmp_path / "uploads").mkdir()
    link = tmp_path / "uploads/link.png"
    link.symlink_to(__file__)
    assert file_of({"path": str(link)}) is None
