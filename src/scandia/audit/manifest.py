"""The manifest of a run: what went in, what ran with which parameters, what came out, and one fingerprint of it all."""

import hashlib
import json
import platform
import re

import scandia

APART = ("platform", "times", "bytes", "fingerprint")  # what may differ between two runs that agree


def manifest(config, *, inputs, outputs, rules, times, lock, config_hash):
    """A plain mapping that names every file of a run by its hash.

    Parameters
    ----------
    config : dict
        The resolved config.
    inputs, outputs : list of dict
        Files as `scandia.io.hashes.describe_files` describes them: ``path``, the hash of what they hold, and ``bytes_sha256``
        where the bytes of equal contents may differ. Sorted here by path.
    rules : dict of str to dict
        Rule, in the order of the flow, to the digest of its ``code``, its ``parameters`` and its ``outputs``.
    times : dict of str to dict
        Job, which is its rule and, where a rule has several, their names behind it, to when it ``ended`` and how many
        ``seconds`` it took; jobs of rules that made nothing of this run are left out.
    lock, config_hash : str
        SHA-256 of the lock file and of the resolved config.

    Notes
    -----
    Two runs agree when their ``fingerprint`` agrees: SHA-256 of all but ``platform``, ``times`` and ``bytes``. The last holds the
    hashes of files as they lie on the disk, by which a changed byte is found even where the numbers stay.
    """
    held, byte_hashes = _split(outputs)
    read, raw_hashes = _split(inputs)
    result = {
        "deposit": config["deposit"],
        "title": config["title"],
        "simulated": config["synthetic"] is not None,
        "scandia": scandia.__version__,
        "platform": {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
        "lock_sha256": lock,
        "config_sha256": config_hash,
        "rules": rules,
        "inputs": read,
        "outputs": held,
        "times": {job: times[job] for job in sorted(times) if re.split("[./]", job)[0] in rules},
        "bytes": dict(sorted((raw_hashes | byte_hashes).items())),
    }
    return result | {"fingerprint": fingerprint(result)}


def fingerprint(recorded):
    """SHA-256, hexadecimal, of all that two runs that agree have in common.

    Examples
    --------
    >>> fingerprint({"inputs": []}) == fingerprint({"inputs": [], "times": {"a": 1}})
    True
    """
    common = {key: value for key, value in recorded.items() if key not in (*APART, "SYNTHETIC")}
    return hashlib.sha256(json.dumps(common, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def owners(recorded):
    """Dict of each output's path to the place of its rule in the flow, from 0, and the rule's name."""
    return {path: (place, rule) for place, (rule, facts) in enumerate(recorded["rules"].items()) for path in facts["outputs"]}


def owner_of(path, known):
    """Place and name of the rule that made a file: its own, or that of the folder that it lies in; behind all others if none."""
    parts = path.split("/")
    for end in range(len(parts), 0, -1):
        found = known.get("/".join(parts[:end]))
        if found is not None:
            return found
    return len(known), ""


def _split(entries):
    """Entries sorted by path, and the hashes of the bytes apart."""
    ordered = sorted(entries, key=lambda entry: entry["path"])
    apart = {entry["path"]: entry["bytes_sha256"] for entry in ordered if "bytes_sha256" in entry}
    return [{key: value for key, value in entry.items() if key != "bytes_sha256"} for entry in ordered], apart
