#!/bin/sh
# Makes .venv in the current folder from envs/requirements.lock and installs scandia into it. Needs Python 3.11, 3.12 or 3.13 with pip and venv.
set -eu

usable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

python=""
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python; do
    if command -v "$candidate" >/dev/null 2>&1 && usable "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "scandia needs Python 3.11, 3.12 or 3.13 with venv and pip; none was found on the PATH." >&2
    echo "Hint: install one (Debian and Ubuntu: python3 and python3-venv), or name it: make run PYTHON=/path/to/python3.12" >&2
    exit 1
fi

echo "Setting up .venv with $("$python" --version): about 2 minutes, once."
"$python" -m venv --clear .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r envs/requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "Compiling the kernels: a few seconds, once."
.venv/bin/python -m scandia.kriging.compile
