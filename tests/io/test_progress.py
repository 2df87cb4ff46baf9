"""Progress: silent for short work, a bar on a terminal, lines in a log."""

import io
import os
import pty
import subprocess
import sys

from scandia.io.progress import controlling_terminal, show_progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def told(stream, steps, seconds):
    now = [0.0]
    progress = show_progress("kriging", stream=stream, clock=lambda: now[0])
    for done in range(1, steps + 1):
        now[0] = seconds * done / steps
        progress(done * 100, steps * 100)
    return stream.getvalue()


def test_short_work_needs_no_words():
    assert told(io.StringIO(), 50, 1.5) == ""


def test_a_log_gets_a_line_every_tenth_and_one_at_the_end():
    lines = told(io.StringIO(), 200, 100.0).splitlines()
    assert 9 <= len(lines) <= 11
    assert lines[-1] == "kriging: 20,000 of 20,000 (100%) after 100 s, about 0 s left"
    assert "\r" not in "".join(lines)


def test_a_terminal_gets_one_line_that_ends_with_the_work():
    text = told(Terminal(), 200, 100.0)
    assert text.count("\n") == 1
    assert text.endswith("\n")
    assert "[" + "#" * 20 + "." * 20 + "]  50%, 50 s left" in text


class Gone(io.StringIO):
    """A terminal whose window was closed."""

    def write(self, text):
        raise OSError(5, "Input/output error")


def test_a_job_tells_its_log_in_lines_and_the_terminal_by_a_bar():
    log, terminal, now = io.StringIO(), Terminal(), [0.0]
    progress = show_progress("kriging", stream=log, terminal=terminal, clock=lambda: now[0])
    for done in range(1, 201):
        now[0] = 100.0 * done / 200
        progress(done, 200)
    assert 9 <= len(log.getvalue().splitlines()) <= 11 and "\r" not in log.getvalue()
    assert terminal.getvalue().count("\n") == 1 and "]  50%, 50 s left" in terminal.getvalue()


def test_a_terminal_that_goes_away_ends_nothing():
    log, now = io.StringIO(), [0.0]
    progress = show_progress("kriging", stream=log, terminal=Gone(), clock=lambda: now[0])
    for done in (1, 2, 3, 4):
        now[0] += 10.0
        progress(done, 4)
    assert len(log.getvalue().splitlines()) == 4


def test_where_there_is_no_terminal_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    assert controlling_terminal(str(tmp_path / "missing")) is None
    plain = tmp_path / "plain"
    plain.write_text("")
    assert controlling_terminal(str(plain)) is None
    assert controlling_terminal("/dev/null") is None


WATCHED = """
import sys, scandia.io.progress as module
module.QUIET = 0.0
with open(sys.argv[1], "w") as log:
    sys.stderr = log
    progress = module.show_progress("kriging")
    for done in (1, 2):
        progress(done, 2)
"""


def run_with_a_terminal(log, term):
    """What a session's terminal shows of a job whose output and errors go elsewhere."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = term
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (1, 2):
            os.dup2(nowhere, number)
        os.execv(sys.executable, [sys.executable, "-c", WATCHED, str(log)])
    shown = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.close(terminal)
    return shown.decode()


def test_a_job_finds_the_terminal_of_its_session(tmp_path):
    shown = run_with_a_terminal(tmp_path / "log", "xterm")
    assert "kriging [####" in shown and "100%, 0 s left" in shown
    assert "kriging: 2 of 2 (100%)" in (tmp_path / "log").read_text()


def test_a_dumb_terminal_and_a_batch_job_get_lines_alone(tmp_path):
    assert run_with_a_terminal(tmp_path / "log", "dumb") == ""
    assert "kriging: 2 of 2 (100%)" in (tmp_path / "log").read_text()
    environment = os.environ | {"TERM": "xterm"}
    command = [sys.executable, "-c", WATCHED, str(tmp_path / "batch")]
    done = subprocess.run(command, start_new_session=True, env=environment, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert "kriging: 2 of 2 (100%)" in (tmp_path / "batch").read_text()
