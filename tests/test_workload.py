"""What jobs ask for covers what they were measured to need, grows with the work and the attempt, and is asked by every rule."""

import re

import pytest

from scandia.workload import BASE_MEMORY, COSTS, Cost, Work, memory_of, minutes_of

TG = Work(tables=0.6, blocks=14_742, chunk=14_742, domains=3, variables=2, samples=20)
WOLFPASS = Work(tables=3.0, blocks=233_496, chunk=233_496, domains=5, variables=2, samples=20)
MILLION = Work(tables=0.2, blocks=983_040, chunk=245_760, domains=3, variables=1, samples=20)
SIX = Work(tables=0.6, blocks=1_008_000, chunk=336_000, domains=3, variables=6, samples=20)
TEN = Work(tables=0.6, blocks=10_080_000, chunk=500_000, domains=3, variables=6, samples=20)
# Peak memory of the rule's own process in MB and its wall seconds on two busy cores, as its benchmark file says.
MEASURED = [
    ("compile_kernels", TG, 1169, 22),
    ("build_blocks", TG, 269, 8),
    ("build_blocks", WOLFPASS, 316, 52),
    ("build_blocks", MILLION, 793, 182),
    ("estimate_grades", WOLFPASS, 805, 11),
    ("estimate_grades", MILLION, 622, 83),
    ("estimate_grades", SIX, 1023, 33),
    ("merge_chunks", MILLION, 773, 9),
    ("merge_chunks", TEN, 943, 121),
    ("assemble_blockmodel", TEN, 1099, 139),
    ("validate_model", TEN, 611, 101),
    ("validate_model", MILLION, 1115, 27),
    ("export_format", TEN, 808, 49),
    ("list_weights", TEN, 464, 11),
    ("build_blocks", SIX, 660, 77),
    ("build_blocks", TEN, 1567, 215),
    ("study_neighbourhood", TEN, 714, 40),
    ("classify_blocks", TEN, 828, 30),
    ("classify_blocks", MILLION, 1062, 19),
    ("classify_blocks", WOLFPASS, 774, 16),
    ("optimise_pit", WOLFPASS, 1173, 18),
    ("optimise_pit", TEN, 3471, 90),
    ("assemble_blockmodel", WOLFPASS, 657, 9),
    ("tabulate_tonnage", WOLFPASS, 665, 5),
    ("state_resource", WOLFPASS, 705, 7),
    ("validate_model", WOLFPASS, 726, 9),
    ("write_manifest", WOLFPASS, 706, 9),
    ("plot_model", WOLFPASS, 858, 40),
    ("plot_model", SIX, 1563, 72),
    ("plot_model", TEN, 2060, 163),
    ("write_manifest", TEN, 681, 179),
    ("write_manifest", SIX, 984, 40),
    ("state_resource", SIX, 463, 17),
    ("export_format", WOLFPASS, 379, 7),
    ("study_neighbourhood", WOLFPASS, 384, 7),
    ("study_neighbourhood", MILLION, 507, 31),
    ("study_variograms", MILLION, 314, 36),
    ("plot_data", WOLFPASS, 479, 57),
]
SNAKEMAKE = 390  # MB: two of them stand beside the rule's process, in the job and in its step, as sacct says


@pytest.mark.parametrize(("rule", "work", "megabytes", "seconds"), MEASURED)
def test_a_job_asks_for_more_than_it_was_seen_to_need_and_not_for_ten_times_that(rule, work, megabytes, seconds):
    needed = megabytes + SNAKEMAKE
    assert 1.1 * needed < memory_of(rule, work) < 10 * needed
    assert seconds < 60 * minutes_of(rule, work) < 3600 + 200 * seconds


@pytest.mark.parametrize("rule", ["validate_tables", *COSTS])
def test_requests_double_with_every_attempt_and_grow_with_the_work(rule):
    larger = Work(tables=300.0, blocks=10**8, chunk=10**7, domains=3, variables=6, samples=40)
    for work in (TG, larger):
        assert [memory_of(rule, work, attempt) for attempt in (1, 2, 3)] == [
            memory_of(rule, work) * factor for factor in (1, 2, 4)
        ]
        assert [minutes_of(rule, work, attempt) for attempt in (1, 2, 3)] == [
            minutes_of(rule, work) * factor for factor in (1, 2, 4)
        ]
    grows = COSTS.get(rule, Cost()).memory > 0
    assert memory_of(rule, larger) > memory_of(rule, TG) or not grows
    assert minutes_of(rule, larger, threads=4) <= minutes_of(rule, larger)


def test_a_chunk_asks_for_no_more_in_a_larger_grid():
    small, large = (Work(blocks=blocks, chunk=500_000, domains=3, variables=2) for blocks in (10**6, 10**9))
    assert memory_of("estimate_grades", small) == memory_of("estimate_grades", large) < 4000
    assert minutes_of("estimate_grades", small) == minutes_of("estimate_grades", large)
    assert memory_of("merge_chunks", small) == memory_of("merge_chunks", large)
    assert minutes_of("merge_chunks", small) < minutes_of("merge_chunks", large)


def test_what_reads_a_model_slab_by_slab_asks_for_no_more_memory_in_a_very_large_one():
    large, larger = (Work(blocks=blocks, chunk=500_000, domains=3, variables=6) for blocks in (10**7, 10**9))
    assert memory_of("classify_blocks", large) == memory_of("classify_blocks", larger) < 8000
    assert minutes_of("classify_blocks", large) < minutes_of("classify_blocks", larger)


def test_a_deposit_without_a_model_asks_for_the_base():
    assert memory_of("validate_tables", Work()) == BASE_MEMORY


def test_every_rule_with_a_script_asks_by_its_own_name_and_repeats_nothing_itself(project):
    texts = [file.read_text(encoding="utf-8") for file in sorted((project / "workflow" / "rules").glob("*.smk"))]
    rules = [part for text in texts for part in re.split(r"^ *(?=(?:use )?rule \w)", text, flags=re.MULTILINE)[1:]]
    own = [part for part in rules if part.startswith("rule ") and "script:" in part and "localrule: True" not in part]
    assert len(own) > 60
    for part in own:
        name = re.match(r"rule (\w+)", part)[1]
        assert f'mem_mb=memory("{name}")' in part and f'runtime=runtime("{name}")' in part, name
    assert not [part for part in rules if re.search(r"^\s*retries:", part, flags=re.MULTILINE)]
    assert set(COSTS) <= {re.match(r"rule (\w+)", part)[1] for part in own}
