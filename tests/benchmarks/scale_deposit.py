"""The simulated TG Zone cut into very many blocks, and what a run of it took: time, memory, disk."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import yaml

PROJECT = Path(__file__).parents[2]
EXTENT = (210.0, 520.0, 270.0)  # m, of the model of tg
COUNTS = {1: (105, 100, 96), 10: (210, 200, 240), 30: (300, 300, 336), 100: (420, 500, 480)}  # millions to blocks along x, y, z
VARIABLES = ["sc2o3", "treo_y", "ce2o3", "nd2o3", "dy2o3", "y2o3"]


def make_deposit(folder, millions, *, economics):
    """Path of the config of a deposit with the tables of tg, six variables and this many million blocks."""
    config = yaml.safe_load((PROJECT / "config" / "config.yaml").read_text(encoding="utf-8"))
    shutil.copytree(PROJECT / "config" / "deposits" / "tg", folder / "tables", dirs_exist_ok=True)
    config |= {"deposit": "scale", "title": "Scale, SYNTHETIC", "synthetic": None, "intercepts": None, "previous": None}
    config["drillholes"]["root"] = "tables"
    config["exports"] = {"formats": ["zarr"]}
    model, count = config["model"], COUNTS[millions]
    model["domains"]["subcells"] = [2, 2, 2]  # of blocks of about a metre
    size = [length / number for length, number in zip(EXTENT, count, strict=True)]
    model["grid"] = {"origin": [280.0, 100.0, 290.0], "size": size, "count": list(count)}
    model["estimation"]["variables"] = VARIABLES
    model["reporting"]["products"] = [{"variable": name, "metal_unit": "t"} for name in VARIABLES]
    if economics:
        model["economics"]["pit"]["blocks"] = [max(1, round(10.0 / length)) for length in size]
    else:
        model["economics"] = None
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def run_deposit(folder, config, *targets, cores=2):
    """Wall and CPU seconds of a run, the peak memory of all its processes together and of the largest, bytes, a dict."""
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(PROJECT / "Snakefile"), "--directory", str(folder)]
    command += ["--configfile", str(config), "--cores", str(cores), *targets]
    log, start = folder / "run.log", time.perf_counter()
    with log.open("w") as stream:
        run = subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT)
        together, largest = watch_memory(run)
    if run.returncode != 0:
        raise RuntimeError(log.read_text(encoding="utf-8")[-3000:])
    times = {path.stem: benchmark(path) for path in (folder / "results" / "scale" / "benchmarks").rglob("*.tsv")}
    return {"wall": time.perf_counter() - start, "together": together, "largest": largest, "jobs": times}


def watch_memory(run):
    """Peak of the resident memory of a process and all below it, together and of the largest one, bytes, until it ends."""
    together = largest = 0
    root = psutil.Process(run.pid)
    while run.poll() is None:
        sizes = []
        for process in [root, *_below(root)]:
            try:
                sizes.append(process.memory_info().rss)
            except psutil.Error:
                continue
        together, largest = max(together, sum(sizes)), max(largest, *sizes, 0)
        time.sleep(0.5)
    return together, largest


def benchmark(path):
    """Wall seconds, CPU seconds and peak MB of a job, as Snakemake measured them."""
    header, row, *_ = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    cells = dict(zip(header, row, strict=False))
    return tuple(float(cells[name]) if cells[name] not in ("NA", "-") else float("nan") for name in ("s", "cpu_time", "max_rss"))


def folder_bytes(folder):
    """Bytes of all files of a folder."""
    return sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())


def _below(root):
    try:
        return root.children(recursive=True)
    except psutil.Error:
        return []
