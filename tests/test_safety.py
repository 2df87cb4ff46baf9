"""Nothing that is read can run: no pickle, no eval, safe YAML, no shell; in the package, the scripts and the rules."""

import ast
import re

import pytest

UNSAFE_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib", "code", "codeop"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}
UNSAFE_ATTRIBUTES = {
    ("yaml", "load"), ("yaml", "load_all"), ("yaml", "unsafe_load"), ("yaml", "full_load"), ("os", "system"), ("os", "popen"),
    ("pd", "read_pickle"), ("pandas", "read_pickle"), ("pd", "eval"), ("subprocess", "getoutput"),
}  # fmt: skip


def faults(tree):
    """What a source does that it must not, a list of (line, words)."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names if alias.name.split(".")[0] in UNSAFE_MODULES]
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in UNSAFE_MODULES:
            found.append((node.lineno, node.module))
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in UNSAFE_CALLS:
                found.append((node.lineno, function.id))
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                words = (function.value.id, function.attr)
                found += [(node.lineno, ".".join(words))] if words in UNSAFE_ATTRIBUTES else []
            if isinstance(function, ast.Attribute) and (function.attr == "eval" or _queries(function, node.args)):
                found.append((node.lineno, f"a table's {function.attr}"))
            for keyword in node.keywords:
                constant = isinstance(keyword.value, ast.Constant)
                on = keyword.value.value is True if constant else keyword.arg == "allow_pickle" or _runs(function)
                if keyword.arg in ("shell", "allow_pickle") and on:
                    found.append((node.lineno, f"{keyword.arg}="))
    return found


def _runs(function):
    """Whether a function is one of subprocess; elsewhere a shell is that of a pit."""
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "subprocess"


def _queries(function, arguments):
    """Whether something is asked by a text that is put together."""
    return function.attr == "query" and bool(arguments) and isinstance(arguments[0], ast.JoinedStr | ast.BinOp)


def test_no_source_runs_what_it_reads(project):
    for folder in ("src", "workflow/scripts"):
        for path in sorted((project / folder).rglob("*.py")):
            assert faults(ast.parse(path.read_text(encoding="utf-8"))) == [], path


@pytest.mark.parametrize(
    "text",
    [
        "import pickle", "from marshal import loads", "eval('1')", "yaml.load(x)", "frame.query(f'a > {x}')", "os.system('ls')",
        "subprocess.run('ls', shell=True)",
        "run('ls', shell=True)",
        "subprocess.run('ls', shell=on)", "np.load(x, allow_pickle=True)", "exec(x)", "pd.read_pickle(x)",
    ],
)  # fmt: skip
def test_the_check_finds_what_it_is_for(text):
    assert faults(ast.parse(text))


def test_no_rule_has_a_shell_or_runs_text(project):
    for path in [project / "Snakefile", *sorted((project / "workflow" / "rules").glob("*.smk"))]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(shell|run|wrapper|cwl|notebook)\s*:", text, re.MULTILINE), path
        assert not re.search(r"\b(eval|exec|shell|pickle)\s*\(", text), path
