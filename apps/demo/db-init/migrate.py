"""Brings the schema up to date: each file of migrations/ once, in order, all or nothing."""

import logging
import os
import sys
import time
from pathlib import Path

import psycopg
from demo_common import logs

log = logging.getLogger("db-init")
FOLDER = Path(__file__).parent / "migrations"
# any number, as long as nobody else locks it
LOCK = 7_041_001


def connect(attempts: int) -> psycopg.Connection:
    """Waits for a database that is still starting, longer each time."""
    for attempt in range(1, attempts + 1):
        try:
            return psycopg.connect()
        except psycopg.OperationalError as error:
            if attempt == attempts:
                raise
            log.warning("database unavailable", extra={"attempt": attempt, "reason": str(error)})
            time.sleep(min(2**attempt, 30) / 2)
    raise AssertionError("unreachable")


def migrate(connection: psycopg.Connection, folder: Path = FOLDER) -> list[str]:
    """Names of the files that were run."""
    with connection.transaction():
        # two jobs at once: the second waits, and then finds nothing to do
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        connection.execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
            " (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
        )
        done = {name for (name,) in connection.execute("SELECT name FROM schema_migrations")}
        new = [file for file in sorted(folder.glob("*.sql")) if file.name not in done]
        for file in new:
            connection.execute(file.read_text())
            connection.execute("INSERT INTO schema_migrations (name) VALUES (%s)", (file.name,))
            log.info("migrated", extra={"file": file.name})
    return [file.name for file in new]


if __name__ == "__main__":
    logs.configure(os.environ.get("LOG_FORMAT", "json"), os.environ.get("LOG_LEVEL", "info"))
    try:
        with connect(attempts=6) as found:
            migrate(found)
    except psycopg.Error as error:
        log.error("migration failed", extra={"reason": str(error)})
        sys.exit(1)
