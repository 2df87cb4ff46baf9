"""Compiled functions and their cache: where it lies, what makes it stale, and how jobs and machines share it."""

import hashlib
import inspect
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import numba
from numba.core.caching import FunctionCache, IndexDataCacheFile

# A folder that all jobs of a run can write to, for code that can lie neither beside the source nor at home.
SHARED = "SCANDIA_COMPILED"


def cached(**options):
    """Decorator like `numba.njit` with a cache that jobs and machines may share and that needs no folder to be writable.

    Numba keeps compiled code in NUMBA_CACHE_DIR, beside the source or below the user's home, and refuses to start where it may
    write to none of them. Then the cache lies in `fallback_folder`. Files appear whole or not at all, each belongs to one key:
    jobs that compile at once, on processors of several kinds too, do not disturb each other.

    Parameters
    ----------
    **options
        Those of `numba.njit`.
    """

    def compile_later(function):
        dispatcher = numba.njit(**options)(function)
        if hasattr(dispatcher, "enable_caching"):  # not where Numba is switched off
            dispatcher._cache = cache_of(function)
        return dispatcher

    return compile_later


def cache_of(function):
    """The `KeyedCache` of a function, in the first folder that can be written to."""
    try:
        return KeyedCache(function)
    except RuntimeError as error:
        if "cannot cache" not in str(error):
            raise
    numba.config.CACHE_DIR = str(fallback_folder())
    return KeyedCache(function)


class KeyedCache(FunctionCache):
    """Numba's cache of a function with one file per key and no index.

    Numba numbers the files of a function in an index. Two jobs that compile at once for two kinds of processor, or for two kinds
    of arguments, both take the next number, and the index may then give one of them the other's code: a wrong or an illegal
    instruction. A name made of the key cannot be taken twice.
    """

    def __init__(self, function):
        super().__init__(function)
        locator = self._impl.locator
        self._cache_file = KeyedFiles(locator.get_cache_path(), self._impl.filename_base, locator.get_source_stamp())

    def save_overload(self, sig, data):
        """Nothing; where there is no room or right to write, the compiled code serves this job alone."""
        with suppress(OSError):
            super().save_overload(sig, data)


class KeyedFiles(IndexDataCacheFile):
    """Files of compiled code, each with the key that it belongs to."""

    def save(self, key, data):
        """Nothing; the data of a key in its file, which appears whole or not at all."""
        self._save_data(self.name(key), (self.stamp(key), data))

    def load(self, key):
        """The data of a key, or None where there are none, or where they are another's, of older sources or of another Numba."""
        try:
            stamp, data = self._load_data(self.name(key))
        except Exception:  # no file, or one that a crash of the machine cut off: the function is compiled anew
            return None
        return data if stamp == self.stamp(key) else None

    def name(self, key):
        """File name: signature, kind of processor and digest of the function's code are in the key."""
        return f"{self._index_name.removesuffix('.nbi')}.{hashlib.sha256(repr(key).encode()).hexdigest()[:24]}.nbc"

    def stamp(self, key):
        """What a file must say of itself: version of Numba, digest of the source, key."""
        return self._version, repr(self._source_stamp), repr(key)


def fallback_folder():
    """Folder for compiled code that is this user's alone: the one that the run shares, else among the temporary files."""
    shared = os.environ.get(SHARED)
    if shared:
        with suppress(OSError):
            Path(shared).mkdir(mode=0o700, parents=True, exist_ok=True)
            if is_own(Path(shared)):
                return Path(shared)
    return private_folder()


def private_folder():
    """Folder of this user alone among the temporary files, made if need be; a new one where somebody else owns the name."""
    folder = Path(tempfile.gettempdir()) / f"scandia-compiled-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder if is_own(folder) else Path(tempfile.mkdtemp(prefix="scandia-compiled-"))


def is_own(folder):
    """Whether a folder is no link, and this user alone can write to it: who can write there can run code in our jobs."""
    state = folder.stat()
    own = not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)
    return own and not folder.is_symlink() and os.access(folder, os.W_OK)


def source_stamp(*modules):
    """Integer that changes with the source text of any of the modules.

    Numba's cache looks at the file of the function alone, so a change in a kernel of another file would go unseen. A stamp that
    the function closes over is part of the cache's key.
    """
    text = "".join(inspect.getsource(module) for module in modules)
    return int(hashlib.sha256(text.encode()).hexdigest()[:15], 16)
