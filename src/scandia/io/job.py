"""One job of a run: its log, its errors in plain words, and its way of writing."""

import sys
import traceback
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path

from scandia.errors import ScandiaError
from scandia.io.files import write


@contextmanager
def job(log, mark=None):
    """The function ``write(value, path)`` of a job; what the block prints goes to its log.

    An error that scandia raises on purpose ends the job with its message in the log instead of a traceback; Snakemake shows the
    log of a job that failed (``show-failed-logs`` of the profile), so that the message is told once. Any other error keeps its
    traceback, in the log and on the terminal.

    Parameters
    ----------
    log : path-like
        The job's log file.
    mark : str, optional
        The word SYNTHETIC and its reason, for everything the job writes.
    """
    Path(log).parent.mkdir(parents=True, exist_ok=True)
    with Path(log).open("w", encoding="utf-8", newline="\n") as stream:
        try:
            with redirect_stdout(stream), redirect_stderr(stream):
                yield partial(write, mark=mark)
        except ScandiaError as error:
            stream.write(f"{error}\n")
            sys.exit(1)
        except BaseException:
            traceback.print_exc(file=stream)
            raise
