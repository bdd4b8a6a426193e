"""The backend on a real PostgreSQL."""

import json
import time
from dataclasses import replace

import psycopg
import pytest
from fastapi.testclient import TestClient
from main import create_app
from settings import Settings

SETTINGS = Settings(
    pool_min=1, pool_max=2, pool_timeout=0.5, statement_timeout=0.5, log_format="json", log_level="info"
)


@pytest.fixture
def client(database):
    with psycopg.connect() as connection:
        connection.execute("CREATE TABLE items (id bigint GENERATED ALWAYS AS IDENTITY, name text NOT NULL)")
    with TestClient(create_app(SETTINGS)) as made:
        yield made


def test_keeps_items(client):
    assert client.get("/items").json() == []
    added = client.post("/items", json={"name": "one'; DROP TABLE items; --"})
    assert added.status_code == 201
    assert client.get("/items").json() == [{"id": 1, "name": "one'; DROP TABLE items; --"}]


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 201}, {"name": None}])
def test_refuses_what_is_no_item(client, body):
    assert client.post("/items", json=body).status_code == 422


def test_is_ready_once_it_has_reached_the_database_and_stays_so(client, database):
    assert client.get("/readyz").status_code == 200
    database.stop()
    try:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 200
        answer = client.get("/items")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    finally:
        database.start()
    deadline = time.monotonic() + 10
    while client.get("/items").status_code != 200:
        assert time.monotonic() < deadline, "the pool did not recover"
        time.sleep(0.2)


def test_is_alive_and_not_ready_without_a_database(monkeypatch, tmp_path):
    monkeypatch.setenv("PGHOST", str(tmp_path))
    with TestClient(create_app(SETTINGS)) as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503


def test_gives_up_statements_that_take_too_long(client):
    with psycopg.connect() as other:
        other.execute("LOCK TABLE items")
        started = time.perf_counter()
        assert client.get("/items").status_code == 503
        assert time.perf_counter() - started < 3
    assert client.get("/items").status_code == 200


def test_counts_requests_and_connections(client):
    # with room for one connection only: the pool fills while the first requests come, and may grow for them
    with TestClient(create_app(replace(SETTINGS, pool_max=1))) as fresh:
        fresh.get("/items")
        text = fresh.get("/metrics").text
    assert 'http_requests_total{method="GET",route="/items",status="200"} 1.0' in text
    assert "http_request_duration_seconds_bucket{" in text
    assert "db_pool_size 1.0" in text
    assert "db_pool_waiting 0.0" in text


def test_logs_json_lines(client, capsys):
    # the log's stream is the one that was there when it was set up
    with TestClient(create_app(SETTINGS)) as fresh:
        fresh.get("/items")
        fresh.get("/healthz")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    requests = [line for line in lines if line["message"] == "request"]
    assert [(line["route"], line["status"]) for line in requests] == [("/items", 200)]
