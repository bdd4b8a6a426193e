"""The frontend against a backend that can be told how to fail."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from app import create_app
from settings import Settings


class Backend:
    """A real HTTP server; `script` holds what it answers next: a status, or seconds to wait before a 200."""

    def __init__(self) -> None:
        self.script: list[int | float] = []
        self.calls: list[str] = []
        self.always: int | None = None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                self.rfile.read(length)
                outer.calls.append(f"{self.command} {self.path}")
                planned = outer.always or (outer.script.pop(0) if outer.script else 200)
                if isinstance(planned, float):
                    time.sleep(planned)
                    planned = 200
                body = json.dumps([{"id": 1, "name": "<b>one</b>"}]).encode()
                self.send_response(planned)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = answer

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def backend():
    made = Backend()
    yield made
    made.server.shutdown()


@pytest.fixture
def client(backend):
    return create_app(
        Settings(
            port=0,
            backend_url=backend.url,
            backend_timeout=0.3,
            backend_retries=2,
            circuit_failures=3,
            circuit_reset=0.5,
            log_format="json",
            log_level="info",
        )
    ).test_client()


def metric(client, start: str) -> list[str]:
    return [line for line in client.get("/metrics").text.splitlines() if line.startswith(start)]


def test_shows_items_and_escapes_them(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "&lt;b&gt;one&lt;/b&gt;" in page.text


def test_probes_ask_nobody(client, backend):
    backend.always = 500
    assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    assert backend.calls == []


def test_tries_reads_again(client, backend):
    backend.script = [503, 502]
    assert client.get("/").status_code == 200
    assert len(backend.calls) == 3


def test_tries_no_write_again(client, backend):
    backend.script = [503]
    assert client.post("/items", json={"name": "x"}).status_code == 503
    assert backend.calls == ["POST /items"]


def test_waits_no_longer_than_its_timeout(client, backend):
    backend.script = [5.0]
    started = time.perf_counter()
    assert client.post("/items", json={"name": "x"}).status_code == 503
    assert time.perf_counter() - started < 2


def test_stops_asking_a_backend_that_keeps_failing_and_asks_again_later(client, backend):
    backend.always = 500
    for _ in range(3):
        assert client.post("/items", json={}).status_code == 503
    asked = len(backend.calls)
    answer = client.post("/items", json={})
    assert (answer.status_code, len(backend.calls)) == (503, asked)
    assert "Retry-After" in answer.headers
    assert metric(client, "circuit_breaker_open{") == ['circuit_breaker_open{circuit="backend"} 1.0']
    backend.always = None
    time.sleep(0.6)
    assert client.get("/").status_code == 200
    assert metric(client, "circuit_breaker_open{") == ['circuit_breaker_open{circuit="backend"} 0.0']


def test_counts_requests_by_route(client):
    client.get("/")
    client.get("/no/such/page/4711")
    counted = metric(client, "http_requests_total{")
    assert 'http_requests_total{method="GET",route="/",status="200"} 1.0' in counted
    assert 'http_requests_total{method="GET",route="unknown",status="404"} 1.0' in counted
    assert not any("4711" in line for line in counted)
    assert metric(client, "http_request_duration_seconds_bucket{")


def test_logs_json_lines(client, capsys):
    create_app(Settings.load({"BACKEND_URL": "http://127.0.0.1:9"})).test_client().get("/")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    own = [line for line in lines if line["logger"] == "frontend"]
    assert [line["message"] for line in own] == ["backend unavailable", "request"]
    assert own[1]["status"] == 503
    assert {"time", "level", "logger", "duration_ms"} <= set(own[1])


def test_refuses_to_start_without_a_backend():
    with pytest.raises(KeyError, match="BACKEND_URL"):
        Settings.load({})
