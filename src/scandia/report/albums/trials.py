"""Pictures of the trials on deposits drawn anew."""

from scandia.report.albums.drawing import Drawing
from scandia.report.figures.trials import bias_of_seeds, coverage_of_seeds


def trials_album(trials, summary):
    """Drawings of `trials.summary.merge_trials` and `summarise_trials`, a list."""
    seeds = trials["seed"].nunique()
    honest = (
        f"How often intervals of the kriging variance hold the true block grade, {seeds} deposits drawn anew. "
        "Bars: confidence from deposit to deposit; with the true variogram they should reach the dashed line, "
        "with the fitted one they tell what not knowing it costs. Grey: 3 points to either side."
    )
    biased = f"Relative bias of each of {seeds} deposits drawn anew, by estimator; diamonds: mean and its interval of confidence."
    return [
        Drawing("trials_coverage", coverage_of_seeds(summary), honest, honest, "trials", "trials"),
        Drawing("trials_bias", bias_of_seeds(trials, summary), biased, biased, "trials", "trials"),
    ]
