"""How far a long estimation is: a bar on a terminal, plain lines in a log."""

import sys
import time

WIDTH = 40  # characters of the bar
QUIET = 2.0  # seconds before anything is said: short work needs no words
STEP = 0.1  # share of the work between two lines in a log


def show_progress(label, *, stream=None, clock=time.monotonic):
    """Function ``progress(done, count)`` that tells on a stream how far the work ``label`` is, for `scandia.kriging.estimate`.

    Parameters
    ----------
    label : str
        What is being done.
    stream : text stream, optional
        Standard error by default. A terminal gets one line that is drawn again and again, anything else a line every tenth of
        the work.
    clock : callable, optional
        Seconds from any start.
    """
    stream = sys.stderr if stream is None else stream
    begin, said = clock(), [0.0]

    def progress(done, count):
        share, passed = done / max(count, 1), clock() - begin
        if passed < QUIET:
            return
        left = passed * (1.0 - share) / share if share > 0 else float("inf")
        if stream.isatty():
            bar = ("#" * round(WIDTH * share)).ljust(WIDTH, ".")
            stream.write(f"\r{label} [{bar}] {share:4.0%}, {left:,.0f} s left" + ("\n" if done == count else ""))
        elif share >= said[0] + STEP or done == count:
            said[0] = share
            stream.write(f"{label}: {done:,} of {count:,} ({share:.0%}) after {passed:,.0f} s, about {left:,.0f} s left\n")
        stream.flush()

    return progress
