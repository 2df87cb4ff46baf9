"""What cannot change a number: `tiny` run with everything else changed gives the same hashes, output by output.

Two runs hold all changes at once, as none of them can undo another: whichever mattered would show. Where a run differs, its
changes are made one by one, and the failure names the guilty ones.

- Place and time: cores, locale, time zone, seed of Python's hashes, file mode, home, user, name of the machine, folder that
  snakemake is started in, folders of the results and of the project itself. The fingerprint must be the same, and so every
  output, pages and pictures by their bytes.
- Order: rows of every raw table shuffled, columns turned round, the grid cut into many chunks, and again other cores. Every
  output must be the same but for the numbers of rows in the raw files, which findings, excluded rows and tables name, and the
  report and the exports with them: they must be those of the same data. Only findings, excluded rows and control samples, which
  are listed by them, may stand in another order. Beside them there is a note that the rows were sorted (`rows_unsorted`), and
  the size of the chunks stands in the config alone.
"""

import csv
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from sqlite3 import connect

import numpy as np
import pandas as pd
import pytest
import yaml

from scandia.io.files import read

pytestmark = [pytest.mark.endtoend, pytest.mark.exhaustive]

PROJECT = Path(__file__).resolve().parents[2]
RAW = ("collar", "survey", "assay", "lithology", "density", "qc", "topography")
FIRST = 3  # row of the first data in a file: below a comment and the header
UNSORTED = "rows_unsorted"
LISTED = ("findings", "excluded", "qc")  # in the order of the rows; control samples have no hole and depth to be sorted by
CHUNK = 200  # blocks: a chunk for each of the twelve layers of the grid
DECIMAL_COMMA = "de_DE.UTF-8"


@dataclass
class Run:
    """How a run is started; changes edit it before it is."""

    folder: Path
    copy_project: Callable
    project: Path = PROJECT
    started_in: Path | None = None
    cores: int = 2
    umask: int = 0o022
    before: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)  # table to rows of its file, new to old

    def start(self):
        """The manifest that it leaves."""
        config = self.folder / "config" / "deposits" / "tiny" / "config.yaml"
        command = [*self.before, str(self.folder / "virtual environment" / "bin" / "python"), "-m", "snakemake"]
        command += ["--cores", str(self.cores), "--snakefile", str(self.project / "Snakefile")]
        command += ["--directory", str(self.folder), "--configfile", str(config)]
        own = {**os.environ, "PYTHONPATH": str(self.project / "src"), **self.environment}
        environment = {key: value for key, value in own.items() if value is not None and key != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(
            command, text=True, env=environment, cwd=self.started_in or self.folder, umask=self.umask,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-4000:]
        return self.results()

    def results(self, *parts):
        """Path below the results."""
        return self.folder.joinpath("results", "tiny", *parts)


def one_core(run):
    run.cores = 1


def three_cores(run):
    run.cores = 3


def locale_with_a_decimal_comma(run):
    """German, made from its source where the machine has that alone; C where it has neither."""
    run.environment |= {"LC_ALL": DECIMAL_COMMA, "LANG": DECIMAL_COMMA}
    known = subprocess.run(["locale", "-a"], text=True, capture_output=True, check=False).stdout.lower()
    if "de_de.utf" not in known:
        made = run.folder.parent / "locales"
        made.mkdir(exist_ok=True)
        source = ["localedef", "-i", "de_DE", "-f", "UTF-8", str(made / DECIMAL_COMMA)]
        built = shutil.which("localedef") and subprocess.run(source, capture_output=True, check=False).returncode == 0
        run.environment |= {"LOCPATH": str(made)} if built else {"LC_ALL": "C", "LANG": None}


def no_language(run):
    run.environment |= {"LC_ALL": "C", "LANG": None, "LANGUAGE": None}


def the_first_time_zone(run):
    run.environment["TZ"] = "Pacific/Kiritimati"


def a_time_zone_of_half_an_hour(run):
    run.environment["TZ"] = "America/St_Johns"


def seed_of_hashes(run):
    run.environment["PYTHONHASHSEED"] = "271828"


def files_of_mine_alone(run):
    run.umask = 0o077


def no_home(run):
    run.environment["HOME"] = "/dev/null/home"  # not even root can make it
    run.environment["XDG_CACHE_HOME"] = str(run.folder.parent / "cache")  # Snakemake itself keeps copies of sources there


def another_user(run):
    run.environment |= {"USER": "somebody", "LOGNAME": "somebody"}


def another_machine(run):
    """Another name of the machine, where this user may give one."""
    renamed = ["unshare", "--uts", "sh", "-c", 'hostname elsewhere.example && exec "$@"', "sh"]
    if subprocess.run([*renamed, "true"], capture_output=True, check=False).returncode == 0:
        run.before = renamed


def started_elsewhere(run):
    run.started_in = run.folder.parent / "where a person stands"
    run.started_in.mkdir(exist_ok=True)


def project_with_blanks_and_letters(run):
    run.project = run.folder.parent / "Größe – проект 1"
    run.copy_project(run.project)


def rows_shuffled(run):
    for number, name in enumerate(RAW):
        order = rewrite(run, name, rows=lambda count, seed=number: np.random.default_rng(seed).permutation(count))
        run.rows[name] = {new + FIRST: int(old) + FIRST for new, old in enumerate(order)}


def columns_turned_round(run):
    for name in RAW:
        rewrite(run, name, columns=lambda names: names[::-1])


def many_chunks(run):
    path = run.folder / "config" / "deposits" / "tiny" / "config.yaml"
    config = yaml.safe_load(path.read_text(encoding="utf-8"))
    config["model"]["chunks"] = {"blocks": CHUNK}
    path.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), encoding="utf-8")


def rewrite(run, name, rows=np.arange, columns=list):
    """Order of the rows of a raw table, which is rewritten with its rows and columns in another order."""
    path = run.folder / "config" / "deposits" / "tiny" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        comment, (header, *body) = file.readline(), csv.reader(file)
    places = [header.index(one) for one in columns(header)]
    order = rows(len(body))
    ordered = [header, *(body[place] for place in order)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(comment)
        csv.writer(file, lineterminator="\n").writerows([[row[place] for place in places] for row in ordered])
    return order


PLACE = (
    *(one_core, locale_with_a_decimal_comma, the_first_time_zone, seed_of_hashes, files_of_mine_alone, no_home, another_user),
    *(another_machine, started_elsewhere, project_with_blanks_and_letters),
)
ORDER = (three_cores, no_language, a_time_zone_of_half_an_hour, rows_shuffled, columns_turned_round, many_chunks)


@pytest.fixture
def run_with(make_workspace, copy_project):
    """A function that runs `tiny` with changes, in a folder of its own."""

    def run_changed(*changes):
        workspace = make_workspace("größer & weiter")
        workspace.python()
        run = Run(workspace.folder, copy_project)
        for change in changes:
            change(run)
        run.start()
        return run

    return run_changed


def require_same(differences, changes, run_with):
    """Nothing, where a run with all changes differs in nothing; else a failure that names each change that differs alone."""
    found = differences(run_with(*changes))
    if found:
        alone = {change.__name__: len(differences(run_with(change))) for change in changes}
        pytest.fail(f"{len(found)} differences, such as {found[:20]}; of each change alone: {alone}")


def test_place_and_time_change_nothing_at_all(tiny, run_with):
    recorded = json.loads(tiny.results("tiny", "manifest.json").read_text(encoding="utf-8"))

    def differences(run):
        other = json.loads(run.results("manifest.json").read_text(encoding="utf-8"))
        keys = [key for key in ("rules", "inputs", "config_sha256", "lock_sha256", "fingerprint") if recorded[key] != other[key]]
        return keys + unequal(recorded, other)

    require_same(differences, PLACE, run_with)


def unequal(recorded, other):
    """Paths of outputs whose hashes differ, or that only one run has."""
    held = [{entry["path"]: entry for entry in one["outputs"]} for one in (recorded, other)]
    return sorted(path for path in held[0].keys() | held[1].keys() if held[0].get(path) != held[1].get(path))


def test_the_order_of_rows_and_columns_changes_no_more_than_the_numbers_of_rows(tiny, run_with):
    recorded = json.loads(tiny.results("tiny", "manifest.json").read_text(encoding="utf-8"))

    def differences(run):
        other = json.loads(run.results("manifest.json").read_text(encoding="utf-8"))
        paths = unequal(recorded, other)
        return [path for path in paths if not same_rows(tiny.results("tiny", path), run.results(path), run.rows)]

    require_same(differences, ORDER, run_with)


def same_rows(path, other, rows):
    """Whether two outputs are the same but for rows of raw files, which are those of the same data; ``rows`` is new to old."""
    if not (path.is_file() and other.is_file()):
        return False
    if path.suffix in (".csv", ".parquet"):
        tables = [without_notes(read(path)), told_again(without_notes(read(other)), other, rows)]
        if path.stem in LISTED:
            tables = [one.sort_values(list(one.columns), ignore_index=True) for one in tables]
        return tables[0].equals(tables[1])
    if path.name in ("accepted.txt", "config.yaml"):
        return without_counts(path) == without_counts(other)
    told = {"holes.gpkg": drawn_holes, "report.html": page_parts}.get(path.name)
    return told is not None and told(path, {}) == told(other, rows)


def without_notes(table):
    """Findings but for the notes that rows are in no order, which are there to tell that they were sorted."""
    return table[table["rule"] != UNSORTED].reset_index(drop=True) if "rule" in table and "severity" in table else table


def without_counts(path):
    """A text but for how many notes there are, and how large the chunks."""
    return re.sub(r"\d+ notes|\bblocks: \d+", "", path.read_text(encoding="utf-8"))


def told_again(table, path, rows):
    """A table with its numbers of rows as the files had them before they were shuffled."""
    if "row" not in table:
        return table
    if "file" in table:
        names = table["file"].str.removesuffix(".csv")
    elif "table" in table:
        names = table["table"]
    else:
        names = pd.Series({"intervals": "assay", "members": "assay", "collars": "collar"}.get(path.stem, path.stem), table.index)
    found = [rows.get(name, {}).get(row, row) for name, row in zip(names, table["row"], strict=True)]
    return table.assign(row=pd.Series(found, table.index).astype(table["row"].dtype))


def drawn_holes(path, rows):
    """Tables of a GeoPackage as texts, the collars with their rows as they were."""
    with closing(connect(path)) as stored:
        names = [name for (name,) in stored.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        tables = {name: pd.read_sql_query(f'SELECT * FROM "{name}"', stored) for name in names}
    tables["collars"] = told_again(tables["collars"], Path("collars"), rows)
    return {name: table.map(repr).to_dict("list") for name, table in tables.items()}


def page_parts(path, rows):
    """The rows of a page's tables that name a row of a raw file, sorted, as the files had them; and the rest of the page."""
    number, cell = r'<td class="number" data-value="(\d+)\.0">[\d,]+</td>\n', r"<td[^\n]*</td>\n"
    failed = rf'<tr>\n()(?={cell * 6}<td class="short">assay</td>){number}'
    kinds = [rf'<tr>\n<td class="short">(\w+)\.csv</td>\n{number}', failed]
    notes, found = rf'<tr>\n(?:{cell}){{5}}<td class="short">{UNSORTED}</td>.*?</tr>\n', []
    rest = re.sub(notes, "", without_counts(path), flags=re.S)

    def take(match):
        name, row = match[1] or "assay", int(match[2])
        found.append((name, rows.get(name, {}).get(row, row), match[3]))
        return ""

    for kind in kinds:
        rest = re.sub(rf"{kind}(.*?)</tr>\n", take, rest, flags=re.S)
    return sorted(found), rest
