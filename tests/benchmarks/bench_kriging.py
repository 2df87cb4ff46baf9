"""Kriging of the reference problem: checked against a plain solve, then timed beside peers in interleaved rounds of one run."""

import os
from statistics import median

import numpy as np
import problem
import pytest
import truth
from clock import say, spread, tabulate
from worker import PEERS, start_engine, start_peer, write_problem

ROUNDS = 3
LIMIT = 1e-9
GRID = os.environ.get("SCANDIA_BENCH_GRID", "200k")  # 20k for a quick look
WHOLE = {"ranges": problem.RADII, "min_samples": problem.FEWEST, "max_samples": problem.MOST}
HALF = {"ranges": tuple(0.5 * radius for radius in problem.RADII), "min_samples": 16, "max_samples": problem.MOST}
HOLES, OCTANTS = {"max_per_hole": 4, "min_holes": 2}, {"max_per_octant": 4, "min_octants": 3}
SEARCHES = {
    "at most 4 of a hole": [WHOLE | HOLES],
    "at most 4 of an octant": [WHOLE | OCTANTS],
    "both": [WHOLE | HOLES | OCTANTS],
    "both, two passes": [HALF | HOLES | OCTANTS, WHOLE | HOLES | OCTANTS],
}


@pytest.fixture(scope="module")
def checked():
    """Numbers of 500 blocks of the grid, and their true estimates and variances by support."""
    grid, owner = problem.grid(GRID)
    samples, _, grades = problem.composites(owner)
    numbers = truth.drawn(grid)
    centres = grid.centres()[numbers]
    return numbers, {kind: truth.krige(samples, grades, centres, grid.offsets(n)) for kind, n in problem.POINTS.items()}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """scandia in a process of its own."""
    worker = start_engine(tmp_path_factory.mktemp("engine"))
    yield worker
    worker.close()


@pytest.mark.parametrize("kind", problem.POINTS)
def bench_agreement(kind, engine, checked):
    """500 random blocks against the plain solve: the one thing here that can fail."""
    found = engine.ask({"grid": GRID, "points": problem.POINTS[kind], "checked": checked[0].tolist()})["found"]
    estimate, variance = truth.differ(found, checked[1][kind])
    say(f"\n{kind} kriging, 500 blocks of the {GRID} grid: within {estimate:.1e} (variance {variance:.1e}) of the plain solve")
    assert max(estimate, variance) < LIMIT


@pytest.mark.parametrize("kind", problem.POINTS)
def bench_beside_peers(kind, engine, checked, tmp_path):
    """CPU seconds of the estimation itself, one thread, in interleaved rounds."""
    write_problem(tmp_path, GRID, checked[0])
    peers = {peer: worker for peer in PEERS if (worker := start_peer(peer, tmp_path))}
    job = {"grid": GRID, "points": problem.POINTS[kind], "checked": checked[0].tolist()}
    answers = {"scandia": [], **{peer: [] for peer in peers}}
    for _ in range(ROUNDS):
        answers["scandia"].append(engine.ask(job))
        for peer, worker in peers.items():
            answers[peer].append(worker.ask(kind))
    for worker in peers.values():
        worker.close()
    blocks, seconds = answers["scandia"][0]["blocks"], {name: [one["cpu"] for one in own] for name, own in answers.items()}
    rows = []
    for name, own in seconds.items():
        off = np.nanmax(np.abs(np.array(answers[name][-1]["found"][0], dtype=float) - checked[1][kind][0]))
        speed, cost = spread([blocks / s for s in own], 0), spread([1e6 * s / blocks for s in own])
        full = peers[name].name if name in peers else name
        rows.append((full, speed, cost, spread(ratios(seconds["scandia"], own), 1), f"{off:.0e}"))
    rows += [(peer, "missing", "", "", "") for peer in PEERS if peer not in peers]
    heads = (f"{kind} kriging", "blocks per CPU s", "us per block", "its time / scandia's", "off the truth by")
    tabulate(f"{blocks:,} blocks, one thread; median [least-most] of {ROUNDS} rounds", heads, rows)
    if peers:
        best = [min(own) for own in zip(*(seconds[peer] for peer in peers), strict=True)]
        say(f"scandia / best of {len(peers)} peers, {kind} kriging: {spread(ratios(seconds['scandia'], best), 1)}")


def ratios(ours, theirs):
    """How much longer a peer took, round by round."""
    return [other / own for own, other in zip(ours, theirs, strict=True)]


def bench_threads(engine):
    """Wall seconds of one and two threads, best of the rounds; the 1M grid on two."""
    seconds = {1: [], 2: []}
    for _ in range(2 * ROUNDS):
        for threads, column in seconds.items():
            column.append(engine.ask({"grid": GRID, "threads": threads})["wall"])
    best = {threads: min(column) for threads, column in seconds.items()}
    say(f"\nload of the machine {os.getloadavg()[0]:.1f}; wall seconds mean little where others work; best of {2 * ROUNDS}")
    say(f"{GRID} grid: {best[1]:.3f} s on one thread, {best[2]:.3f} s on two; gain {best[1] / best[2]:.2f}")
    whole = [engine.ask({"grid": "1M", "threads": 2}) for _ in range(ROUNDS)]
    wall, cpu = (spread(answer[clock] for answer in whole) for clock in ("wall", "cpu"))
    say(f"1M grid, {whole[0]['blocks']:,} blocks, two threads: {wall} s, {cpu} CPU s")


@pytest.mark.parametrize("kind", problem.POINTS)
def bench_searches(kind, engine):
    """CPU seconds with limits by hole and octant against the plain search, paired."""
    plain, limited = [], {name: [] for name in SEARCHES}
    job = {"grid": GRID, "points": problem.POINTS[kind]}
    for _ in range(ROUNDS):
        plain.append(engine.ask(job))
        for name, passes in SEARCHES.items():
            limited[name].append(engine.ask(job | {"passes": passes}))
    rows = []
    for name, answers in {"plain": plain, **limited}.items():
        slower = spread(ratios([one["cpu"] for one in plain], [one["cpu"] for one in answers]))
        cost = 1e6 * median(answer["cpu"] for answer in answers) / answers[0]["blocks"]
        rows.append((name, f"{cost:.2f}", slower, f"{answers[0]['samples']:.1f}", f"{answers[0]['estimated']:,}"))
    heads = (f"{kind} kriging, search", "us per block", "slower by", "samples a block", "estimated")
    tabulate(f"{plain[0]['blocks']:,} blocks, one thread, {ROUNDS} rounds", heads, rows)
