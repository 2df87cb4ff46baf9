"""The verdict of an audit, from what was found of the recorded files, the code, the rerun and the recomputation."""

import pandas as pd

from scandia.audit.compare import DIFFERENT, IDENTICAL, WITHIN
from scandia.audit.manifest import fingerprint, owner_of, owners
from scandia.errors import InputError

FILES = ("order", "rule", "path", "what", "verdict", "recorded", "found")
RERUN = ("order", "rule", "path", "verdict", "where", "recorded", "rerun", "largest")
AS_RECORDED, CHANGED, MISSING = "as recorded", "changed", "missing"
SAME_CONTENT = "bytes changed, what it holds is the same"
DRAWN = (".png", ".svg", ".html")  # made from the numbers, compared by their bytes


def judge_files(recorded, found):
    """Every input and output with its verdict, in the order of the flow, a DataFrame with the columns `FILES`.

    Parameters
    ----------
    recorded : dict
        The manifest.
    found : dict of str to dict
        Path to the hashes found, as `scandia.io.audit.find_files` gives them; a path that is missing is not there.
    """
    known, rows = owners(recorded), []
    for entry in recorded["inputs"]:
        rows.append((-1, "raw", entry["path"], "input", *_judge(entry, recorded["bytes"], found)))
    for entry in recorded["outputs"]:
        place, rule = owner_of(entry["path"], known)
        rows.append((place, rule, entry["path"], "result", *_judge(entry, recorded["bytes"], found)))
    own = fingerprint(recorded)
    verdict = AS_RECORDED if own == recorded["fingerprint"] else CHANGED
    rows.append((len(known), "write_manifest", "manifest.json", "fingerprint", verdict, recorded["fingerprint"], own))
    return pd.DataFrame(sorted(rows, key=lambda row: (row[0], row[2])), columns=list(FILES))


def judge_code(recorded, code, lock, config_hash):
    """Rules whose code is not that of the run, lock file and config where they are not, a DataFrame: what, recorded, found."""
    rows = [(f"code of {rule}", own["code"], code.get(rule, MISSING)) for rule, own in recorded["rules"].items()]
    rows += [("lock file", recorded["lock_sha256"], lock), ("resolved config", recorded["config_sha256"], config_hash)]
    table = pd.DataFrame(rows, columns=["what", "recorded", "found"])
    return table[table["recorded"] != table["found"]].reset_index(drop=True)


def judge_rerun(recorded, differences):
    """Every output of the rerun beside the recorded one, in the order of the flow, a DataFrame with the columns `RERUN`.

    Pictures and pages are drawn from numbers: where numbers differ within the tolerance, so may they.
    """
    known = owners(recorded)
    numbers = [one.verdict for path, one in differences.items() if not path.endswith(DRAWN)]
    drawn_may_differ = WITHIN in numbers and DIFFERENT not in numbers
    rows = []
    for path, one in differences.items():
        verdict = WITHIN if drawn_may_differ and one.verdict == DIFFERENT and path.endswith(DRAWN) else one.verdict
        rows.append((*owner_of(path, known), path, verdict, one.where, one.before, one.after, one.largest))
    return pd.DataFrame(sorted(rows, key=lambda row: (row[0], row[2])), columns=list(RERUN))


def conclude(files, code, rerun=None, recomputed=None, *, stopped=""):
    """Verdict and the sentences that say why: one of `IDENTICAL`, `WITHIN`, `DIFFERENT`, and a list of str.

    Parameters
    ----------
    files, code : DataFrame
        From `judge_files` and `judge_code`.
    rerun : DataFrame, optional
        From `judge_rerun`.
    recomputed : DataFrame, optional
        From `scandia.audit.plain.recompute`.
    stopped : str
        What stopped the rerun; empty where it ended well.
    """
    verdicts, words = [IDENTICAL], []
    bad = files[files["verdict"] != AS_RECORDED]
    if len(bad):
        first, verdicts = bad.iloc[0], [*verdicts, DIFFERENT]
        words.append(
            f"{len(bad)} of {len(files)} files are not as recorded, first {first['path']} ({first['what']}): {first['verdict']}."
        )
    else:
        words.append(f"All {len(files)} hashes are as recorded.")
    if len(code):
        words.append(f"Code or config here are not those of the run: {code['what'].iloc[0]} and {len(code) - 1} more.")
    if stopped:
        verdicts, words = [*verdicts, DIFFERENT], [*words, f"The rerun from raw stopped. Its last lines:\n{stopped}"]
    elif rerun is not None:
        verdicts, words = [*verdicts, *rerun["verdict"]], [*words, _rerun_words(rerun)]
    if recomputed is not None:
        wrong = recomputed[recomputed["verdict"] == DIFFERENT]
        verdicts = [*verdicts, *wrong["verdict"]]
        words.append(_recomputed_words(recomputed, wrong))
    gravest = next(word for word in (DIFFERENT, WITHIN, IDENTICAL) if word in verdicts)
    return gravest, words


def _rerun_words(rerun):
    bad = rerun[rerun["verdict"] == DIFFERENT]
    near = rerun[rerun["verdict"] == WITHIN]
    if len(bad):
        first = bad.iloc[0]
        return (
            f"The rerun differs in {len(bad)} of {len(rerun)} files, first {first['path']} of {first['rule']}, {first['where']}: "
            f"{first['recorded']} became {first['rerun']}."
        )
    if len(near):
        return f"The rerun from raw is identical within 1e-9 in {len(near)} of {len(rerun)} files, the others are identical."
    return f"The rerun from raw is identical in all {len(rerun)} files."


def _recomputed_words(recomputed, wrong):
    unknown = recomputed[recomputed["verdict"] == "not recomputed"]
    if len(wrong):
        first = wrong.iloc[0]
        numbers = f"{first['run']} against {first['plain']}"
        return f"The independent recomputation disagrees {len(wrong)} times, first {first['what']}: {numbers}."
    if len(unknown):
        names = "; ".join(unknown["what"])
        return f"The independent path does not know: {names}. It recomputed nothing and says nothing of this run."
    return f"The independent recomputation agrees in all {len(recomputed)} numbers."


def _judge(entry, byte_hashes, found):
    """Verdict, recorded and found hash of one file."""
    path = entry["path"]
    bytes_recorded = byte_hashes.get(path, entry.get("sha256"))
    own = found.get(path)
    if own is None:
        return MISSING, bytes_recorded, ""
    if own["bytes"] == bytes_recorded:
        return AS_RECORDED, bytes_recorded, own["bytes"]
    same = "content_sha256" in entry and own.get("content") == entry["content_sha256"]
    return (SAME_CONTENT if same else CHANGED), bytes_recorded, own["bytes"]


def refuse_difference(verdict, words, page):
    """Nothing; an InputError with the verdict's sentences where something is different, so that the command fails."""
    if verdict == DIFFERENT:
        message = "\n".join([f"Verdict: {verdict}.", *words, f"Every file and number: {page}"])
        raise InputError(message)
