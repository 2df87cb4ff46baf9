"""The errors that scandia raises on purpose, each with what was given, what is allowed and a hint."""


class ScandiaError(Exception):
    """Base of every error that scandia raises on purpose."""


class SettingError(ScandiaError, ValueError):
    """A setting has a value that is not allowed."""


class InputError(ScandiaError, ValueError):
    """An argument or a table cannot be used as it is."""


class FindingsError(ScandiaError):
    """The drillhole tables hold faults of severity error, which stop the run."""


class MachineError(ScandiaError):
    """The machine refuses what a job needs of it: room on the disk, a permission, memory, time."""
