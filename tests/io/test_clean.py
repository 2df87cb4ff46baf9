"""`clean` takes away what runs wrote and what they left, and can reach nothing else."""

import pytest

from scandia.errors import InputError
from scandia.io.clean import clear_results, sweep_scripts

RESULTS = "results/tiny"
FILES = (r"results/tiny/statement\.csv$", r"results/tiny/chunks/[0-9]+\.nc$")
FOLDERS = (r"results/tiny/figures/(?P<album>.+)$",)


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder of runs with results, temporary files, a person's note, and things beside them."""
    home = tmp_path / "home"
    for name in (
        *(
            "statement.csv",
            "chunks/1.nc",
            "figures/model/plan.png",
            "figures/model/.snakemake_timestamp",
            "logs/a.log",
            "STOPPED.txt",
        ),
        *("benchmarks/a.tsv", "audit/verify.html", "audit/rerun/run/results/tiny/statement.csv", "compare/comparison.html"),
        *(".statement.csv.12.part.csv", "figures/.model.12.part/plan.png", "logs/.a.log.12.part", ".drawn.x.part/collar.csv"),
    ):
        path = home / RESULTS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    for name in ("results/tg/statement.csv", "config/collar.csv", "results/README.md"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    monkeypatch.chdir(home)
    return home


def left(home):
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file() or path.is_symlink())


BESIDE = ["config/collar.csv", "results/README.md", "results/tg/statement.csv"]


def test_all_that_a_run_writes_goes_with_its_folders(here):
    assert clear_results(RESULTS, FILES, FOLDERS) == "Removed from results/tiny: 10 files of runs and 4 temporary ones."
    assert left(here) == BESIDE
    assert not (here / RESULTS).exists()
    assert clear_results(RESULTS, FILES, FOLDERS) == "There is no folder results/tiny."


def test_what_no_rule_writes_stays_and_is_named(here):
    (here / RESULTS / "note.txt").write_text("mine")
    (here / RESULTS / "chunks" / "draft.nc").write_text("mine")
    words = clear_results(RESULTS, FILES, FOLDERS)
    assert words.endswith("Kept, because no rule writes them: results/tiny/chunks/draft.nc, results/tiny/note.txt")
    assert left(here) == sorted([*BESIDE, "results/tiny/chunks/draft.nc", "results/tiny/note.txt"])


def test_links_are_not_followed(here, tmp_path):
    outside = tmp_path / "outside"
    (outside / "model").mkdir(parents=True)
    (outside / "statement.csv").write_text("outside")
    (outside / "model" / "plan.png").write_text("outside")
    (here / RESULTS / "statement.csv").unlink()
    (here / RESULTS / "statement.csv").symlink_to(outside / "statement.csv")
    (here / RESULTS / "figures" / "pit").symlink_to(outside / "model")
    (here / RESULTS / "elsewhere").symlink_to(outside)
    words = clear_results(RESULTS, FILES, FOLDERS)
    assert words.endswith("no rule writes them: results/tiny/elsewhere")
    assert left(outside) == ["model/plan.png", "statement.csv"]
    assert left(here) == sorted([*BESIDE, "results/tiny/elsewhere"])


@pytest.mark.parametrize("linked", ["results", "results/tiny"])
def test_results_behind_a_link_are_refused(here, tmp_path, linked):
    (here / linked).rename(tmp_path / "moved")
    (here / linked).symlink_to(tmp_path / "moved")
    before = left(tmp_path)
    with pytest.raises(InputError, match="`clean` follows no link"):
        clear_results(RESULTS, FILES, FOLDERS)
    assert left(tmp_path) == before


@pytest.mark.parametrize("results", ["results", "results/..", "results/../config", "config/../results/tiny", "/tmp", "."])
def test_no_other_folder_is_cleaned(here, results):
    before = left(here)
    with pytest.raises(InputError):
        clear_results(results, [".*"], [".*"])
    assert left(here) == before


def test_copies_of_scripts_go_and_other_files_stay(tmp_path):
    for name in ("tmpab_c1.write_config.py", "tmpab.other.py", "write_config.py"):
        (tmp_path / name).write_text("")
    sweep_scripts(["write_config.py"], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tmpab.other.py", "write_config.py"]
