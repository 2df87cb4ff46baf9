"""The words of the chapter on validation."""

from scandia.report.phrases import look_up
from scandia.validation.verdicts import LEFT_OUT, tally


def validation_words(config, tables):
    """Sentences of the chapter on validation: the verdicts, and what the checks can tell and what not."""
    verdicts = tables.get("validation/verdicts.csv")
    if verdicts is not None:
        yield f"Verdicts on the checks: {verdict_words(verdicts)}. " + (
            "A failed check is a fault of the model, or a limit of what its data can tell; it is told, not mended here."
        )
    judged = look_up(config, "model.validation.judged")
    if judged:
        ways = " and ".join(f"without {LEFT_OUT[one]}" for one in judged)
        yield (
            f"Cross-validation is judged by estimating each composite {ways}. Without itself alone it has neighbours in its own "
            "hole, which flatters. The other ways stand among the verdicts with their numbers, not judged."
        )
    if "validation/variances.csv" in tables:
        yield (
            "Blocks vary less than composites. By theory their variance is f times that of the composites, f from the variogram; "
            "the discrete Gaussian model turns the declustered composites into blocks by it. Kriging smooths further: its "
            "estimates have too little above high cut-offs and too much above low ones, and the curves show how much."
        )
    if "validation/recommendation.csv" in tables:
        yield (
            "The neighbourhood study asks how many samples, from how far and in how many holes a block needs. It does not "
            "justify the size of the blocks, and it is no proof that an estimate is right."
        )


def verdict_words(verdicts):
    """How many checks failed, warn, passed and were not judged, in words."""
    words = {"fail": "failed", "warn": "warn", "pass": "passed", "not judged": "not judged"}
    return ", ".join(f"{count} {words[name]}" for name, count in tally(verdicts).items() if count) or "none"
