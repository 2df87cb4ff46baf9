"""Fixtures and profiles that all tests share."""

import getpass
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]
SHARED_DATA = PROJECT.parent / "shared" / "data"

SECRET = "s3cret%2Fpass"
PASSWORD = "s3cret/pass"

settings.register_profile("scandia", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("scandia")


@pytest.fixture(scope="session")
def project():
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real databases and benchmark sets."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real databases and benchmark sets (../shared/data) are not on this machine")
    return SHARED_DATA


@dataclass(frozen=True)
class Server:
    """A running server with a database ``drilling``, its owner and a reader."""

    socket: Path

    def address(self, user="reader", password=SECRET, name="drilling"):
        """What the environment variable holds."""
        return f"postgresql://{user}:{password}@/{name}?host={self.socket}"


@pytest.fixture(scope="session")
def postgresql():
    """A `Server`, run by a user who is not root; skips where none is installed."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []
    initdb = shutil.which("initdb") or next(
        (str(place / "initdb") for place in places[::-1] if (place / "initdb").exists()), None
    )
    if initdb is None:
        pytest.skip("initdb is not found: PostgreSQL's server (Debian: postgresql) is not installed")
    binaries, user = Path(initdb).resolve().parent, getpass.getuser()
    if os.getuid() == 0:
        user = "postgres"
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has at most 107 characters
    try:
        shutil.chown(folder, user)
    except LookupError:
        pytest.skip("the tests run as root, and there is no user postgres to run the server")
    options = {"user": user if os.getuid() == 0 else None, "cwd": folder, "check": True, "stdout": subprocess.DEVNULL}
    data = folder / "data"
    subprocess.run(
        [binaries / "initdb", "-D", data, "-A", "scram-sha-256", "-U", "owner", "--pwfile", _password(folder, user), "-N"],
        **options,
    )
    start = f"-k {folder} -c listen_addresses='' -c fsync=off"
    subprocess.run([binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", start, "start"], **options)
    try:
        import psycopg

        with psycopg.connect(Server(folder).address("owner", "owner", "postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE drilling")
            connection.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
        yield Server(folder)
    finally:
        subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **options)
        shutil.rmtree(folder, ignore_errors=True)


def _password(folder, user):
    path = folder / "password"
    path.write_text("owner\n")
    shutil.chown(path, user)
    return path


def pytest_collection_modifyitems(items):
    """Whole runs first: they take longest, and the other tests fill the time of the other worker."""
    items.sort(key=lambda item: item.get_closest_marker("endtoend") is None)
