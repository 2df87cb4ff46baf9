# The verbs of the project: run · test · exhaustive · bench · parity · slurm · lint · clean. `run` and `test` do all their own set-up.
# Everything is relative to this folder, so `make -C` works from anywhere, also in a path with spaces.

SHELL := /bin/sh
.DEFAULT_GOAL := run
.PHONY: run test exhaustive bench parity slurm lint clean setup

BIN := .venv/bin
STAMP := .venv/.installed
# Where a machine forbids bytecode, every start of snakemake would take three times as long.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH
export PYTHONHASHSEED := 0
export MPLBACKEND := Agg
export PATH := $(CURDIR)/$(BIN):$(PATH)

run: $(STAMP)
	@$(BIN)/snakemake --cores all

test: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist loadfile

# Tests of many minutes: 10,000 random corruptions of clean databases (SCANDIA_CORRUPTIONS=2000 for fewer), and others marked so.
exhaustive: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -rs -m exhaustive tests

bench: $(STAMP)
	@$(BIN)/python -m pytest tests/benchmarks -s -p no:cacheprovider --override-ini pythonpath=tests/benchmarks \
		--override-ini python_files='bench_*.py' --override-ini python_functions='bench_*'

# Compares kriging with other programs and writes docs/parity.md; needs the benchmark data and a wheel of krigekit.
parity: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[peers]'
	@$(BIN)/python -m pytest tests/reference --write-parity -p no:cacheprovider

# The plugin of Snakemake for SLURM (docs/hpc.md), at the versions and hashes of its own lock.
slurm: $(STAMP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r envs/slurm.lock

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/snakefmt --check Snakefile workflow
	@$(BIN)/lint-imports
	@$(BIN)/snakemake --lint

clean:
	rm -rf .snakemake .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find results -mindepth 1 ! -name README.md -delete
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

setup: $(STAMP)

$(STAMP): envs/requirements.lock pyproject.toml
	@sh envs/make_venv.sh
	@touch "$@"
