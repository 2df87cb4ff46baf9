"""Words rerun only what prints them, and studies only the report."""

import pytest
import yaml

pytestmark = pytest.mark.endtoend

COMPUTED = {"validate_tables", "composite_samples", "build_blocks", "estimate_grades", "classify_blocks", "optimise_pit"}
COMPUTED |= {"assemble_blockmodel", "tabulate_tonnage", "compare_truth", "compare_pits", "judge_quality", "list_intercepts"}


def test_changed_words_rerun_only_what_prints_them(tiny, changed_config):
    model = yaml.safe_load(tiny.results("tiny", "config.yaml").read_text(encoding="utf-8"))["model"]
    product = next(iter(model["economics"]["products"]))
    for keys in (
        ("economics", "products", product, "price", "source"),
        ("economics", "mining_cost", "source"),
        ("classification", "reason"),
        ("reporting", "qualified_person"),
        ("reporting", "cutoff_basis"),
    ):
        changed_config("model", *keys, value="ASSUMED, other words.")
    planned = tiny.planned("tiny")
    assert {"write_formula", "state_resource", "write_report"} <= planned
    assert not COMPUTED & planned


def test_what_the_statement_does_not_print_leaves_it_alone(tiny, changed_config):
    changed_config("trials", value={"seeds": 3})
    changed_config("sensitivity", value={"density": 0.1})
    changed_config("pictures", value={"most_fences": 5})
    changed_config("exports", value={"formats": ["csv"]})
    planned = tiny.planned("tiny")
    assert {"write_config", "plot_model", "write_report"} <= planned
    assert not {"state_resource", "tabulate_tonnage"} & planned


def test_a_study_that_is_made_again_reruns_the_report_and_nothing_above(tiny):
    stamp = tiny.results("tiny", "sensitivity", "stamp.txt")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text("another study\n", encoding="utf-8")
    try:
        assert tiny.planned("tiny") == {"write_report", "write_manifest", "write_crate"}
    finally:
        stamp.unlink()
