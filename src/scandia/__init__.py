"""Mineral resource estimation from raw drillhole tables to a resource statement."""

import os

__version__ = "0.1.0"

# Snakemake says in OMP_NUM_THREADS (and in the variables of each BLAS) how many threads a job has. Libraries that read a variable
# of their own take a thread per processor of the machine, whoever else works there, unless they are told before they start.
THREADS = ("NUMBA_NUM_THREADS", "VTK_SMP_MAX_THREADS", "BLOSC_NTHREADS", "ZARR_THREADING__MAX_WORKERS")

if os.environ.get("OMP_NUM_THREADS", "0").isdecimal() and int(os.environ.get("OMP_NUM_THREADS", "0")) > 0:
    os.environ.update(dict.fromkeys(THREADS, os.environ["OMP_NUM_THREADS"]))
