"""A real PostgreSQL for the tests that need one: Debian's, in a folder of its own, reached by a socket."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Server:
    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self._binaries = binaries

    def run(self, program: str, *args: str) -> None:
        # PostgreSQL refuses to run as root
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        command = [str(self._binaries / program), *args]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **user)

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-w", "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")


@pytest.fixture(scope="session")
def postgres():
    binaries = _binaries()
    if binaries is None:
        if "CI" in os.environ:
            pytest.fail("there is no PostgreSQL, and CI must have one: apt-get install postgresql")
        pytest.skip("there is no PostgreSQL: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="demo-postgres-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    server = Server(folder, binaries)
    server.run("initdb", "-D", str(folder / "data"), "-U", "demo_app", "--auth=trust")
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def database(postgres, monkeypatch):
    import psycopg

    monkeypatch.setenv("PGHOST", str(postgres.folder))
    monkeypatch.setenv("PGUSER", "demo_app")
    monkeypatch.setenv("PGDATABASE", "demo_app")
    with psycopg.connect(dbname="postgres", autocommit=True) as admin:
        admin.execute("DROP DATABASE IF EXISTS demo_app WITH (FORCE)")
        admin.execute("CREATE DATABASE demo_app")
    return postgres
