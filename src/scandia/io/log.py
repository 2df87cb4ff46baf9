"""The log of one job: everything it prints, and its errors in plain words."""

import sys
import traceback
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from scandia.errors import ScandiaError


@contextmanager
def logged(path):
    """Send what the block prints to a log; an error of scandia ends the job with its message instead of a traceback."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    with Path(path).open("w", encoding="utf-8", newline="\n") as log:
        try:
            with redirect_stdout(log), redirect_stderr(log):
                yield log
        except ScandiaError as error:
            log.write(f"{error}\n")
            sys.exit(f"\n{error}\n(log: {path})")
        except BaseException:
            traceback.print_exc(file=log)
            raise
