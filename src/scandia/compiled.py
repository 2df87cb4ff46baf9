"""Compiled functions and their cache: where it lies, and what makes it stale."""

import hashlib
import inspect
import os
import tempfile
from pathlib import Path

import numba


def cached(**options):
    """Decorator like `numba.njit` with a cache that several jobs may share and that needs no folder to be writable.

    Numba keeps compiled code beside the source or below the user's home, and refuses to start where it may write to neither.
    Then the cache lies in a folder of the user's own among the machine's temporary files. Files appear whole or not at all, so
    that jobs that compile at once do not disturb each other.

    Parameters
    ----------
    **options
        Those of `numba.njit`.
    """

    def compile_later(function):
        try:
            return numba.njit(cache=True, **options)(function)
        except RuntimeError as error:
            if "cannot cache" not in str(error):
                raise
        numba.config.CACHE_DIR = str(private_folder())
        return numba.njit(cache=True, **options)(function)

    return compile_later


def private_folder():
    """Folder of this user alone among the temporary files, made if need be; a new one where somebody else owns the name."""
    folder = Path(tempfile.gettempdir()) / f"scandia-compiled-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    folder.mkdir(mode=0o700, exist_ok=True)
    own = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    if own and not folder.is_symlink() and os.access(folder, os.W_OK):
        return folder
    return Path(tempfile.mkdtemp(prefix="scandia-compiled-"))


def source_stamp(*modules):
    """Integer that changes with the source text of any of the modules.

    Numba's cache looks at the file of the function alone, so a change in a kernel of another file would go unseen. A stamp that
    the function closes over is part of the cache's key.
    """
    text = "".join(inspect.getsource(module) for module in modules)
    return int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)
