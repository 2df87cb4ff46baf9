"""Before a run starts: what was killed, changed behind its time, or is still at work in the same folder.

Required inputs: none; all other rules stand above.
Steps: the lock of a killed run is taken away where nothing of it is left (`scandia.io.runs`); results with a time in the future count as
old, so that a clock that was set back hides no change; every rule that reads raw files has a digest of their content as a parameter,
so that a change is seen whatever the times of the files say; a run that begins looks whether it may write, and whether it is alone.
"""

from scandia.errors import ScandiaError
from scandia.io.clean import sweep_chunks, sweep_scripts
from scandia.io.clock import date_back, require_past
from scandia.io.machine import require_writable
from scandia.io.runs import begin, enter, forget, free, is_alone, others
from scandia.io.witness import content_digest

# A job on another machine parses this file too, and so does a workflow that takes this one in.
MAIN = workflow.exec_mode.name == "DEFAULT" and workflow.modifier.is_main_snakefile()


def read_files():
    """All raw files that exist."""
    return [*raw_files(), *database_files(), *published_files(), *override_files()]


def add_contents(own, maker):
    """None; gives a rule the digest of the raw files among its inputs, where it has any; who merges chunks that of their makers."""
    raw = set(read_files())
    given = [*own.input, *maker.input]
    fixed = list(dict.fromkeys(str(path) for path in given if not callable(path) and str(path) in raw))
    asked = list(dict.fromkeys(files for files in given if getattr(files, "raw", False)))
    if asked:
        own.set_params(
            contents=lambda wildcards: content_digest([*fixed, *(name for files in asked for name in files(wildcards))])
        )
    elif fixed:
        own.set_params(contents=content_digest(fixed))


def require_clean_alone(wanted):
    """None; `clean` and another target, a rule or a file, at once would take away what the other makes."""
    asked = sorted(map(str, workflow.dag_settings.targets))
    if "clean" in wanted and len(asked) > 1:
        message = f"{' and '.join(asked)} at once: ask for `clean` alone"
        raise ScandiaError(message)


def begin_run():
    """None; ends a run that could not write, or not see what changed, or is not alone, in plain words before its first job."""
    try:
        wanted = called(workflow.dag_settings.targets)
        require_clean_alone(wanted)
        if not wanted or not wanted <= set(AUDITS):  # files as targets are no rules
            begin(RUN, remote=not workflow.local_exec, clears="clean" in wanted)
        require_writable(RESULTS)
        require_past([*read_files(), *(PROJECT / "workflow" / "scripts").glob("*.py")])
    except ScandiaError as error:
        sys.exit(f"\n{error}")


if workflow.exec_mode.name == "DEFAULT":
    named = own_rules()
    for name, own in named.items():
        add_contents(own, named.get(name.replace("merge_chunks", "estimate_grades"), own))

if MAIN:
    try:
        require_writable(".snakemake")  # where it cannot write, Snakemake itself would say so in a traceback
        RUN = enter(RESULTS)
    except ScandiaError as error:
        sys.exit(f"\n{error}")
    if "--unlock" in sys.argv:
        forget(RUN)
    told = [free(RUN), "" if others(RUN) else date_back(RESULTS)]
    if told[0] and is_alone(RUN):
        if not workflow.storage_settings.notemp:
            sweep_chunks(RESULTS)
        sweep_scripts([script.name for script in (PROJECT / "workflow" / "scripts").glob("*.py")])
    print(*filter(None, told), sep="\n", end="\n" if any(told) else "", file=sys.stderr)


onstart:
    begin_run()
