"""One job of a run: its log, its errors in plain words, and its way of writing."""

import os
import signal
import sys
import threading
import traceback
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from functools import partial
from pathlib import Path

from scandia.errors import MachineError, ScandiaError
from scandia.io.files import write
from scandia.io.machine import AGAIN, explain, in_words
from scandia.io.plain import sweep
from scandia.io.witness import noted, require_unchanged

RUN = "SCANDIA_RUN"  # variable of the environment with the name of the run that a job belongs to


@contextmanager
def job(log, mark=None):
    """The function ``write(value, path)`` of a job; what the block prints goes to its log.

    An error that scandia raises on purpose, or that the machine makes (a full disk, a missing permission, no memory, the word to
    end), ends the job with one message in the log instead of a traceback; Snakemake shows the log of a job that failed
    (``show-failed-logs`` of the profile), so that the message is told once. On the terminal it is told where the log cannot take
    it. Any other error keeps its traceback, in the log and on the terminal.

    Raw files that the job read are told in the log with their hashes; one that changed meanwhile ends the job.

    Parameters
    ----------
    log : path-like
        The job's log file.
    mark : str, optional
        The word SYNTHETIC and its reason, for everything the job writes.
    """
    log, told = Path(log), []
    try:
        with in_words(log):
            log.parent.mkdir(parents=True, exist_ok=True)
            stream = log.open("w", encoding="utf-8", newline="\n")
        with stream, _at_work(log), _told_to_end():
            try:
                with redirect_stdout(stream), redirect_stderr(stream), noted() as found:
                    yield partial(write, mark=mark)
                stream.writelines(require_unchanged(found))
            except BaseException as error:
                words = _words(error, log)
                _tell(words + "\n" if words else traceback.format_exc(), stream)
                told.append(_kind(error, log))
                raise
    except (ScandiaError, OSError, MemoryError) as error:
        words = _words(error, log)
        if words is None:
            raise
        if _kind(error, log) not in told:  # the log could not be opened or closed
            sys.stderr.write(f"{words}\n")
        sys.exit(1)


def _words(error, log):
    """The one message that an error ends a job with, or None; an error that names no file is one of the log."""
    if isinstance(error, ScandiaError):
        return str(error)
    return explain(error, getattr(error, "filename", None) or log)


def _kind(error, log):
    """What makes two errors one to a reader, whatever room is left on the disk meanwhile: their type, number and file."""
    return type(error), getattr(error, "errno", None), str(getattr(error, "filename", None) or log)


def _tell(text, stream):
    """None; writes a message into the log, or on the terminal where the log cannot take it."""
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        sys.stderr.write(text)


@contextmanager
def _at_work(log):
    """A block during which a hidden file beside the log names the run: a killed job cannot take it away, nor say a word."""
    sign = log.with_name(f".{log.name}.{os.getpid()}.part")
    with in_words(log):
        sweep(log)
        sign.write_text(os.environ.get(RUN, ""), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            sign.unlink()


@contextmanager
def _told_to_end():
    """A block in which the signal TERM is an error: a batch system sends it at a limit of time, a machine as it shuts down."""

    def end(number, frame):
        message = (
            "The job was told to end from outside: by a limit of time, by hand, or because the machine shuts down. Hint: give a "
            f"longer limit (runtime) if it was that; {AGAIN}."
        )
        raise MachineError(message)

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
