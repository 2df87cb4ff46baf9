"""The manifest of a run: what went in, what ran, what came out."""

import platform

import scandia


def manifest(config, *, inputs, outputs, code, lock, config_hash):
    """A plain mapping that names every file of a run by its hash.

    Parameters
    ----------
    config : dict
        The resolved config.
    inputs, outputs : list of dict
        Files as `scandia.io.hashes.describe_files` describes them; sorted here by path.
    code : dict
        Rule to digest of the code it ran.
    lock, config_hash : str
        SHA-256 of the lock file and of the resolved config.

    Notes
    -----
    Two runs agree when everything but ``platform`` agrees: times and machine names are left out on purpose.
    """
    return {
        "deposit": config["deposit"],
        "title": config["title"],
        "simulated": config["synthetic"] is not None,
        "scandia": scandia.__version__,
        "platform": {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
        "lock_sha256": lock,
        "config_sha256": config_hash,
        "code": dict(sorted(code.items())),
        "inputs": sorted(inputs, key=lambda entry: entry["path"]),
        "outputs": sorted(outputs, key=lambda entry: entry["path"]),
    }
