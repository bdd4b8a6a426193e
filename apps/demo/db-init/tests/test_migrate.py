"""Migrations on a real PostgreSQL."""

import threading

import psycopg
import pytest
from migrate import connect, migrate


def test_runs_each_file_once(database):
    with psycopg.connect() as connection:
        assert migrate(connection) == ["001_items.sql"]
        assert migrate(connection) == []
        connection.execute("INSERT INTO items (name) VALUES ('one')")


def test_leaves_nothing_of_a_run_that_fails(database, tmp_path):
    (tmp_path / "001_good.sql").write_text("CREATE TABLE good ()")
    (tmp_path / "002_bad.sql").write_text("CREATE TABLE good ()")
    with psycopg.connect() as connection:
        with pytest.raises(psycopg.errors.DuplicateTable):
            migrate(connection, tmp_path)
    with psycopg.connect() as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == []


def test_two_at_once_do_it_once(database):
    results: list[list[str]] = []

    def run() -> None:
        with psycopg.connect() as connection:
            results.append(migrate(connection))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [[], [], [], ["001_items.sql"]]


def test_says_that_there_is_no_database(monkeypatch, tmp_path):
    monkeypatch.setenv("PGHOST", str(tmp_path))
    with pytest.raises(psycopg.OperationalError):
        connect(attempts=1)
