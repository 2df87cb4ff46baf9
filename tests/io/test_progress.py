"""Progress: silent for short work, a bar on a terminal, lines in a log."""

import io

from scandia.io.progress import show_progress


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
