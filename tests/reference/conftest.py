"""`compare`: holds numbers against an independent answer, and what it measured against docs/parity.md."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

PARITY = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("parity.py"))))
PAGE = Path(__file__).resolve().parents[2] / "docs" / "parity.md"
ROWS = pytest.StashKey()


def pytest_addoption(parser):
    parser.addoption("--write-parity", action="store_true", help="write docs/parity.md from what these tests measure")


def pytest_configure(config):
    config.stash[ROWS] = []


@pytest.fixture(scope="session")
def parity():
    return PARITY


@pytest.fixture(scope="session")
def parity_page(request):
    if request.config.getoption("--write-parity", default=False):
        pytest.skip("docs/parity.md is being written")
    return PAGE.read_text()


@pytest.fixture
def compare(request):
    """Function that fails where a difference exceeds its tolerance, or where docs/parity.md tells it differently."""
    writing = request.config.getoption("--write-parity", default=False)

    def hold(got, answer, **about):
        comparison = PARITY.measured(request.node.originalname, got, answer, **about)
        excess = f"{comparison.compared}: differs by up to {comparison.largest:.3g}, more than {comparison.tolerance:.3g}"
        assert comparison.largest <= comparison.tolerance, excess
        row = comparison.row()
        request.config.stash[ROWS].append(row)
        known = writing or row in PAGE.read_text().splitlines()
        assert known, f"docs/parity.md does not hold this line; after a look at why, run `make parity`:\n{row}"

    return hold


def pytest_sessionfinish(session, exitstatus):
    """Write the page, if asked to and if every comparison was made."""
    if not session.config.getoption("--write-parity", default=False):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [report for report in reporter.stats.get("skipped", []) if "is being written" not in str(report.longrepr)]
    if exitstatus or skipped:
        reasons = "; ".join(sorted({str(report.longrepr[-1]) for report in skipped})) or "a test failed"
        reporter.write_line(f"\ndocs/parity.md is left as it is: {reasons}")
        session.exitstatus = exitstatus or pytest.ExitCode.TESTS_FAILED
    else:
        PAGE.write_text(PARITY.page(session.config.stash[ROWS]))
        reporter.write_line(f"\nWritten: docs/parity.md, {len(session.config.stash[ROWS])} comparisons")
