"""Tables of SQLite files and PostgreSQL databases: fetched read-only, as text, in an order of their own."""

import os
import re
import sqlite3
from contextlib import closing
from urllib.parse import quote, unquote

import pandas as pd

from scandia.drillholes.sources import CONNECT_TIMEOUT
from scandia.errors import InputError
from scandia.io.folders import inside
from scandia.io.values import text_of

_SCHEMES = ("postgresql", "postgres")
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE)
_ONE = "one"  # a bound value makes the server take one statement and no more


def fetch_tables(root, tables, *, environment=os.environ, connect_timeout=CONNECT_TIMEOUT):
    """Rows of the tables that a database holds, by name, as DataFrames of str, to be kept beside the results.

    All tables of one database are read in one read-only transaction, so they are of one moment. Rows are sorted by their texts
    from the first column to the last: equal content is an equal snapshot, and rows have their numbers in it.

    Parameters
    ----------
    root : path-like
        Folder of SQLite files, where their table has none of its own.
    tables : dict of str to drillholes.sources.Table
        Those of format sqlite or postgresql.
    environment : mapping of str to str
        Where the address of a PostgreSQL database is looked up, and nowhere else.
    connect_timeout : int
        Seconds that connecting to a PostgreSQL database may take.

    Raises
    ------
    InputError
        A database or table cannot be read, or an address is not set. No message holds an address, a name of a user or a password.
    """
    found = {}
    places = {name: _place(table, root) for name, table in tables.items()}
    for place in sorted(set(places.values())):
        chosen = {name: tables[name] for name in tables if places[name] == place}
        if place[0] == "sqlite":
            found |= _from_sqlite(inside(place[1], place[2]), chosen)
        else:
            found |= _from_postgresql(place[2], chosen, environment, connect_timeout)
    return {name: found[name] for name in tables}


def _place(table, root):
    """What tables of one database have in common."""
    if table.format == "sqlite":
        return table.format, str(table.root or root), table.file
    return table.format, "", table.database


def _from_sqlite(path, tables):
    if not path.is_file():
        message = f"{path.name} is not in its folder, or is no regular file; check root and file of {', '.join(tables)}"
        raise InputError(message)
    found = {}
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            connection.set_authorizer(_only_selects)
            for name, table in tables.items():
                cursor = connection.execute(f"SELECT * FROM (\n{_select(table)}\n)")
                found[name] = _frame([column[0] for column in cursor.description], cursor.fetchall(), table)
    except (sqlite3.Error, sqlite3.Warning) as error:  # the warning: more than one statement
        message = f"{path.name}, {_next(tables, found)}: {error}"
        raise InputError(message) from None
    return found


def _from_postgresql(variable, tables, environment, connect_timeout):
    engine = _engine(variable, environment, connect_timeout)
    import sqlalchemy as sql

    found = {}
    try:
        with engine.connect() as connection:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            connection = connection.execution_options(**options)
            for name, table in tables.items():
                text = _select(table).replace("%", "%%")
                query = f"SELECT * FROM (\n{text}\n) AS rows_of_query WHERE %({_ONE})s::integer = 1"
                result = connection.exec_driver_sql(query, {_ONE: 1})
                found[name] = _frame(list(result.keys()), result.fetchall(), table)
    except (sql.exc.SQLAlchemyError, UnicodeError) as error:
        message = f"the database of {variable}, {_next(tables, found)}: {_reason(error, engine)}"
        raise InputError(message) from None
    finally:
        engine.dispose()
    return found


def _engine(variable, environment, connect_timeout):
    try:
        import psycopg  # noqa: F401
        import sqlalchemy as sql
    except ImportError:
        message = "tables of PostgreSQL need sqlalchemy and psycopg; install scandia with its extra `sql`"
        raise InputError(message) from None
    address = environment.get(variable)
    if address and not _is_text(address):
        message = f"the environment variable {variable} holds bytes that are no text; write other signs of the address as %.."
        raise InputError(message)
    if not address:
        message = f"the environment variable {variable} is not set; it holds the address of the database: postgresql://user:password@host/name"
        raise InputError(message)
    try:
        url = sql.make_url(address)
    except (sql.exc.ArgumentError, ValueError):
        url = None
    if url is None or url.drivername.split("+")[0] not in _SCHEMES:
        message = f"the environment variable {variable} holds no address such as postgresql://user:password@host/name"
        raise InputError(message)
    # The config's timeout, and not one in the address, so that it is the one that the config shows.
    options = {"connect_args": {"connect_timeout": connect_timeout}, "poolclass": sql.pool.NullPool, "hide_parameters": True}
    return sql.create_engine(url.set(drivername="postgresql+psycopg"), **options)


def _is_text(address):
    """False where bytes of the environment could not be decoded, or a sign ends the text for the library of the database."""
    try:
        address.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in unquote(address)


def _reason(error, engine):
    """What the server says, without the credentials of the address."""
    origin = getattr(error, "orig", None)
    text = getattr(getattr(origin, "diag", None), "message_primary", None) or str(origin or type(error).__name__)
    text = _without_credentials(text, engine.url)
    return text.strip().splitlines()[0] if text.strip() else type(error).__name__


def _without_credentials(text, url):
    """A message without the password, wherever it stands, and without the other parts where they stand as parts of an address.

    A user may be called ``a`` and a database ``assay``: as words of the message they say nothing of the address.
    """
    if url.password:
        for part in {url.password, quote(url.password, safe="")}:
            text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "***", text)
    text = re.sub(r"\b(postgres(?:ql)?(?:\+\w+)?)://\S+", r"\1://***", text)
    others = [url.username, url.host, url.database, *map(str, url.query.values())]
    for part in sorted(filter(None, others), key=len, reverse=True):
        # As the server and its library write them: in quotation marks of any language, a socket also with its file.
        text = re.sub(rf"(?<=[\"'«„“=]){re.escape(part)}(?=[\"'»“”]|/\.s\.|\s|$)", "***", text)
    return text


def _next(tables, found):
    """The table that was being read."""
    return f"table {next((name for name in tables if name not in found), 'none')}"


def _only_selects(action, *_):
    """SQLite asks this of every step of a statement: reading the file's own tables is allowed, attaching another file is not."""
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _select(table):
    """The query, or all of the relation, whose names are quoted so that they are names whatever they hold."""
    if table.query is not None:
        return table.query.strip().rstrip(";")
    return "SELECT * FROM " + ".".join('"' + part.replace('"', '""') + '"' for part in table.relation.split("."))


def _frame(names, rows, table):
    """Rows as texts, sorted by them."""
    texts = sorted(tuple(text_of(value, table.decimal) for value in row) for row in rows)
    columns = list(zip(*texts, strict=True)) if texts else [()] * len(names)
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        message = f"table {table.label} gives two columns the name {twice!r}; name them apart in the query"
        raise InputError(message)
    return pd.DataFrame({name: pd.array(values, dtype="str") for name, values in zip(names, columns, strict=True)})
