"""A page of another origin, open in a browser that was let in."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.docker


class Silent(BaseHTTPRequestHandler):
    """Serves an empty page."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *_):
        """Nobody reads it."""


@pytest.fixture
def elsewhere(context):
    """Pages under both loopback names, on a port of their own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    pages = []
    for host in ("127.0.0.1", "localhost"):
        page = context.new_page()
        page.goto(f"http://{host}:{server.server_port}/")
        pages.append(page)
    yield pages
    server.shutdown()
    thread.join()
    server.server_close()


def test_another_origin_can_read_nothing(elsewhere, judge):
    read = """async (url) => {
        try { return await (await fetch(url, {credentials: "include"})).text(); }
        catch { return null; }
    }"""

    found = [page.evaluate(read, f"{judge.url}/api/problems") for page in elsewhere]

    assert found == [None, None]


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_another_origin_cannot_submit(elsewhere, judge, kind):
    write = """async ([url, kind, mode]) => {
        const body = JSON.stringify({problem: "score-pair-sum", source: "taken = 1"});
        const headers = {"Content-Type": kind};
        try { await fetch(url, {method: "POST", credentials: "include", mode, headers, body}); }
        catch { return "refused"; }
        return "sent";
    }"""
    before = judge.get("/api/submissions")
    for page in elsewhere:
        for mode in ("cors", "no-cors"):
            page.evaluate(write, [f"{judge.url}/api/submissions", kind, mode])

    assert judge.get("/api/submissions") == before


def test_a_form_of_another_origin_submits_nothing(elsewhere, judge):
    post = """(url) => {
        const form = document.createElement("form");
        form.method = "POST";
        form.action = url;
        form.enctype = "text/plain";
        const field = document.createElement("input");
        field.name = '{"problem":"score-pair-sum","source":"taken = 1","key":"';
        field.value = '"}';
        form.append(field);
        document.body.append(form);
        form.submit();
    }"""
    before = judge.get("/api/submissions")
    for page in elsewhere:
        with page.expect_response(f"{judge.url}/api/submissions") as answered:
            page.evaluate(post, f"{judge.url}/api/submissions")
        assert answered.value.status == 403

    assert judge.get("/api/submissions") == before


def test_another_origin_cannot_frame_the_page(elsewhere, judge):
    frame = """(url) => new Promise((resolve) => {
        const frame = document.createElement("iframe");
        frame.onload = () => resolve(frame.contentWindow.length);
        frame.src = url;
        document.body.append(frame);
    })"""
    for page in elsewhere:
        page.evaluate(frame, judge.url)
        framed = [one for one in page.frames if one is not page.main_frame]
        assert all("judge" not in one.title() for one in framed)
