"""How far a long estimation is: a bar on the terminal of a person, plain lines in a log."""

import os
import sys
import time

WIDTH = 40  # characters of the bar
QUIET = 2.0  # seconds before anything is said: short work needs no words
STEP = 0.1  # share of the work between two lines in a log
REDRAW = 0.1  # seconds between two bars


def show_progress(label, *, stream=None, terminal=None, clock=time.monotonic):
    """Function ``progress(done, count)`` that tells how far the work ``label`` is, for `scandia.kriging.estimate`.

    Parameters
    ----------
    label : str
        What is being done.
    stream : text stream, optional
        Standard error by default. A terminal gets a bar, anything else a line every tenth of the work.
    terminal : text stream, optional
        Gets a bar beside the lines of the stream; that of `controlling_terminal` by default, as the stream of a job is its log.
        Where there is none, or it goes away, there are the lines alone.
    clock : callable, optional
        Seconds from any start.
    """
    stream = sys.stderr if stream is None else stream
    if stream.isatty():
        stream, terminal = None, stream
    elif terminal is None:
        terminal = controlling_terminal()
    begin, said, drawn = clock(), [0.0], [terminal, 0.0]

    def progress(done, count):
        share, passed = done / max(count, 1), clock() - begin
        if passed < QUIET:
            return
        left = passed * (1.0 - share) / share if share > 0 else float("inf")
        if drawn[0] is not None and (done == count or passed >= drawn[1] + REDRAW):
            drawn[1] = passed
            bar = ("#" * round(WIDTH * share)).ljust(WIDTH, ".")
            drawn[0] = _draw(drawn[0], f"\r{label} [{bar}] {share:4.0%}, {left:,.0f} s left" + ("\n" if done == count else ""))
        if stream is not None and (share >= said[0] + STEP or done == count):
            said[0] = share
            stream.write(f"{label}: {done:,} of {count:,} ({share:.0%}) after {passed:,.0f} s, about {left:,.0f} s left\n")
            stream.flush()

    return progress


def controlling_terminal(path="/dev/tty"):
    """Text stream of the terminal that a person watches this process on; None where there is none, as in a batch job.

    A process in the background has none either: what it drew there would come between the lines of another.
    """
    if not hasattr(os, "tcgetpgrp") or os.environ.get("TERM", "dumb") == "dumb":
        return None
    try:
        number = os.open(path, os.O_WRONLY | os.O_NOCTTY)
    except OSError:
        return None
    try:
        watched = os.isatty(number) and os.tcgetpgrp(number) == os.getpgrp()
    except OSError:
        watched = False
    if watched:
        return os.fdopen(number, "w", encoding="utf-8", errors="replace")
    os.close(number)
    return None


def _draw(terminal, text):
    """The terminal, after the text is drawn on it; None where it has gone away: nobody's estimate ends with a window."""
    try:
        terminal.write(text)
        terminal.flush()
    except OSError:
        return None
    return terminal
