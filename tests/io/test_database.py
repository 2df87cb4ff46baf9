"""Tables of databases: read-only, of one moment, as text, and without an address in any message."""

import os
import sqlite3
from contextlib import closing

import pytest

from scandia.drillholes.settings import Table
from scandia.errors import InputError
from scandia.io.database import fetch_tables
from scandia.io.tables import read_raw, write_table

COLUMNS = {"hole": "hole_id", "from": "depth_from", "to": "depth_to"}
CREATE = [
    "CREATE TABLE assays (hole_id TEXT, depth_from NUMERIC, depth_to NUMERIC, sc DOUBLE PRECISION, note TEXT)",
    "INSERT INTO assays VALUES ('0012', 1.5, 3, 0.1, NULL), ('0', 0, 1.50, 120, '50%'), ('B', 0, 2, NULL, 'a''b')",
]
TEXTS = [["0", "0", "1.5", "120", "50%"], ["0012", "1.5", "3", "0.1", ""], ["B", "0", "2", "", "a'b"]]


def table(format="sqlite", **options):
    options = options or {"relation": "assays"}
    return Table(file="drilling.db", columns=COLUMNS, format=format, **options)


@pytest.fixture
def folder(tmp_path):
    with closing(sqlite3.connect(tmp_path / "drilling.db")) as connection:
        for statement in CREATE:
            connection.execute(statement)
        connection.execute('CREATE TABLE "as""says" (x TEXT)')
        connection.commit()
    return tmp_path


def fetched(frame):
    return frame.fillna("").values.tolist()


def test_a_sqlite_table_comes_as_sorted_texts_and_stays_as_it_was(folder):
    before = (folder / "drilling.db").read_bytes()
    found = fetch_tables(folder, {"assay": table(), "part": table(query="SELECT hole_id, sc FROM assays WHERE sc > 1;")})
    assert fetched(found["assay"]) == TEXTS
    assert fetched(found["part"]) == [["0", "120"]]
    assert (folder / "drilling.db").read_bytes() == before


def test_a_snapshot_reads_as_any_raw_table(folder):
    found = fetch_tables(folder, {"assay": table()})
    path = write_table(found["assay"], folder / "assay.parquet")
    frame, faults = read_raw(path, table(), table().label, extra=("sc",))
    assert faults.empty and frame["hole"].tolist() == ["0", "0012", "B"] and frame["row"].tolist() == [1, 2, 3]
    assert [str(cell) for cell in frame["sc"]] == ["120", "0.1", "nan"]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM assays",
        "SELECT 1; DELETE FROM assays",
        "SELECT 1) ; DELETE FROM assays; SELECT * FROM (SELECT 1",
        "ATTACH DATABASE 'other.db' AS other",
        "SELECT load_extension('x')",
        "SELECT * FROM nowhere",
        "PRAGMA writable_schema = 1",
        "SELECT * FROM pragma_database_list",
    ],
)
def test_nothing_but_one_select_is_run(folder, query):
    before = (folder / "drilling.db").read_bytes()
    with pytest.raises(InputError, match=r"drilling\.db, table assay"):
        fetch_tables(folder, {"assay": table(query=query)})
    assert (folder / "drilling.db").read_bytes() == before and not (folder / "other.db").exists()


@pytest.mark.parametrize("file", ["missing.db", "folder", "text.db", "pipe"])
def test_what_is_no_sqlite_file_is_a_plain_error(folder, file):
    (folder / "folder").mkdir()
    (folder / "text.db").write_text("this is text\n" * 100)
    os.mkfifo(folder / "pipe")
    with pytest.raises(InputError, match=file):
        fetch_tables(folder, {"assay": Table(file=file, columns=COLUMNS, format="sqlite", relation="assays")})


def test_a_file_outside_its_root_is_refused(folder):
    (folder / "inner").mkdir()
    (folder / "inner" / "link.db").symlink_to(folder / "drilling.db")
    for file in ("../drilling.db", "link.db"):
        with pytest.raises(InputError, match="leads out of"):
            fetch_tables(folder / "inner", {"assay": Table(file=file, columns=COLUMNS, format="sqlite", relation="assays")})


@pytest.fixture(scope="module")
def server(postgresql):
    """The server with a table, a view and a function."""
    import psycopg

    with psycopg.connect(postgresql.address("owner", "owner"), autocommit=True) as connection:
        for statement in CREATE:
            connection.execute(statement)
        connection.execute("CREATE FUNCTION wipe() RETURNS int LANGUAGE sql VOLATILE AS 'DELETE FROM assays; SELECT 1'")
        connection.execute("CREATE SCHEMA geology")
        connection.execute("CREATE VIEW geology.view AS SELECT hole_id, depth_from, depth_to FROM assays")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO reader")  # it could write, and must not
        connection.execute("GRANT USAGE ON SCHEMA geology TO reader")
        connection.execute("GRANT SELECT ON geology.view TO reader")
    return postgresql


def from_postgresql(server, *, address=None, **options):
    environment = {"SCANDIA_DATABASE": address or server.address()}
    return fetch_tables(".", {"assay": table("postgresql", **options)}, environment=environment)["assay"]


def test_postgresql_gives_the_same_snapshot_as_sqlite(server):
    assert fetched(from_postgresql(server)) in (
        TEXTS,
        [[cell.replace("1.5", "1.50") if row[0] == "0" else cell for cell in row] for row in TEXTS],
    )


def test_postgresql_reads_views_with_their_schema_and_queries_with_percent_signs(server):
    assert [row[0] for row in fetched(from_postgresql(server, relation="geology.view"))] == ["0", "0012", "B"]
    assert fetched(from_postgresql(server, query="SELECT hole_id FROM assays WHERE note LIKE '5%' -- of note")) == [["0"]]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM assays RETURNING *",
        "SELECT 1; DELETE FROM assays",
        "SELECT 1) AS a; COMMIT; DELETE FROM assays; SELECT * FROM (SELECT 1",
        "SELECT wipe() AS hole_id",
        "WITH gone AS (DELETE FROM assays RETURNING *) SELECT * FROM gone",
        "SELECT * FROM nowhere",
    ],
)
def test_nothing_is_written_to_postgresql(server, query):
    with pytest.raises(InputError, match="the database of SCANDIA_DATABASE, table assay"):
        from_postgresql(server, query=query)
    assert len(from_postgresql(server)) == 3


def test_tables_of_one_database_are_of_one_moment(server):
    """The transaction sees neither what is written after it began nor part of it."""
    import psycopg

    writer = psycopg.connect(server.address("owner", "owner"), autocommit=True)
    wait = "SELECT count(*) AS n, pg_sleep(0.5)::text AS s FROM assays"
    tables = {"first": table("postgresql", query=wait), "second": table("postgresql", query="SELECT count(*) AS n FROM assays")}
    import threading

    timer = threading.Timer(0.2, lambda: writer.execute("INSERT INTO assays VALUES ('Z', 0, 1, 1, NULL)"))
    timer.start()
    found = fetch_tables(".", tables, environment={"SCANDIA_DATABASE": server.address()})
    timer.join()
    assert writer.execute("SELECT count(*) FROM assays").fetchone() == (4,)
    writer.execute("DELETE FROM assays WHERE hole_id = 'Z'")
    writer.close()
    assert found["first"]["n"].tolist() == found["second"]["n"].tolist() == ["3"]


@pytest.mark.parametrize(
    "change",
    [
        {"password": "wrong-word"},
        {"user": "nobody-here"},
        {"name": "nothing-there"},
    ],
)
def test_no_message_holds_a_part_of_the_address(server, change):
    with pytest.raises(InputError) as caught:
        from_postgresql(server, address=server.address(**change))
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    for word in ("reader", "s3cret", str(server.socket), "drilling?", *change.values()):
        assert word not in str(caught.value)


@pytest.mark.parametrize(
    "address", ["", "no address: secret", "mysql://me:secret@host/db", "sqlite:///secret", "postgresql://me:se[cret@host:x/db"]
)
def test_an_address_that_is_none_is_not_repeated(address):
    with pytest.raises(InputError, match="environment variable SCANDIA_DATABASE") as caught:
        fetch_tables(".", {"assay": table("postgresql")}, environment={"SCANDIA_DATABASE": address})
    assert "secret" not in str(caught.value) and "se[cret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:\udcffsecret@/db?host=/nowhere",
        "postgresql://m\x00e:secret@/db",
        "postgresql://me:secret%00@127.0.0.1:1/db",
    ],
)
def test_an_address_of_undecodable_bytes_is_a_plain_error(address):
    with pytest.raises(InputError, match="SCANDIA_DATABASE holds bytes that are no text") as caught:
        fetch_tables(".", {"assay": table("postgresql")}, environment={"SCANDIA_DATABASE": address})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("user", ["a", "e", "on"])
def test_a_short_name_of_a_user_garbles_no_message(server, user):
    import psycopg

    with psycopg.connect(server.address("owner", "owner"), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE \"{user}\" LOGIN PASSWORD 's3cret/pass'")
    with pytest.raises(InputError, match=r'table assay: column "nothing" does not exist$'):
        from_postgresql(server, address=server.address(user=user), query="SELECT nothing FROM pg_class")
    with pytest.raises(InputError, match=r'password authentication failed for user "\*\*\*"') as caught:
        from_postgresql(server, address=server.address(user=user, password="wrong-word"))
    assert "wrong-word" not in str(caught.value)


def test_a_server_that_does_not_answer_is_waited_for_so_long_and_no_longer():
    import socket
    import time

    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://me:secret@127.0.0.1:{silent.getsockname()[1]}/db"
        began = time.monotonic()
        with pytest.raises(InputError, match="timeout") as caught:
            fetch_tables(".", {"assay": table("postgresql")}, environment={"SCANDIA_DATABASE": address}, connect_timeout=2)
        assert time.monotonic() - began < 20.0
    assert "secret" not in str(caught.value)
