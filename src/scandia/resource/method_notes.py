"""Footnotes on the estimate: method, policies and search, every sentence made from the typed config."""

from scandia.vocabulary import METHODS

NEGATIVE = {"keep": "are kept", "zero_and_rescale": "are set to zero and the others rescaled to the sum of one"}


def method_notes(estimation, analytes, labels):
    """Generator of sentences on an `Estimation`.

    Parameters
    ----------
    estimation : Estimation
    analytes : dict of str to Analyte
    labels : dict of str to str
        Domain to its label.
    """
    names = ", ".join(analytes[variable].label for variable in estimation.variables)
    own = " (a part of a block has those inside its domain)" if estimation.own_points else ""
    hard = "soft" if estimation.boundaries.soft else "hard"
    method = _estimator(estimation.estimator, estimation, analytes)
    yield (
        f"Method: {method} of {names}{_but(estimation)}, {times(estimation.discretisation)} points a block{own}, {hard} "
        f"domain boundaries; negative weights {NEGATIVE[estimation.negative_weights]}. Nearest neighbour and inverse distance to "
        f"the power {estimation.inverse_distance_power:g} beside it as checks."
    )
    yield from _estimators(estimation, analytes, labels)
    yield from _boundaries(estimation.boundaries, labels)
    yield from _high_grades(estimation.high_grade, analytes, labels)
    if estimation.duplicates == "merge":
        yield f"Composites within {estimation.duplicate_distance:g} m of each other count as one, with their mean."
    yield f"Search: {_search(estimation.search)}."
    for domain, search in estimation.domain_searches.items():
        yield f"Search in {labels.get(domain, domain)}: {_search(search)}."
    for domain, readings in estimation.orientations.items():
        yield (
            f"Search and variogram in {labels.get(domain, domain)} turn block by block with "
            f"{readings.words}, the nearest {readings.neighbours} by inverse distance to the power {readings.power:g}, "
            "in place of the angles of the search."
        )


def times(numbers):
    """Numbers with multiplication signs between them."""
    return " × ".join(f"{number:g}" for number in numbers)


def sentence(text):
    """Text with a full stop at its end, if it has none."""
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _but(estimation):
    return " where no other estimator is named below" if any(estimation.estimators.values()) else ""


def _estimators(estimation, analytes, labels):
    for domain, by_variable in estimation.estimators.items():
        for variable, one in by_variable.items():
            analyte = analytes[variable]
            mean = "" if one.mean is None else f" {analyte.unit}"
            yield f"Estimator of {analyte.label} in {labels.get(domain, domain)}: {_estimator(one, estimation, analytes)}{mean}."


def _estimator(one, estimation, analytes):
    """An `Estimator` in words, its mean last."""
    if one.method == "simple":
        return f"{METHODS[one.method]} with the known mean {one.mean:g}"
    if one.method == "external_drift":
        return f"{METHODS[one.method]} of {', '.join(analytes[name].label for name in one.drift)}"
    if one.method == "inverse_distance":
        return f"{METHODS[one.method]} to the power {one.power or estimation.inverse_distance_power:g}"
    return METHODS[one.method]


def _boundaries(boundaries, labels):
    for domain, others in boundaries.soft.items():
        each = ", ".join(f"of {labels.get(other, other)} within {distance:g} m" for other, distance in others.items())
        yield f"Soft boundary: blocks in {labels.get(domain, domain)} also use samples {each} of the nearest sample of their own."


def _high_grades(high_grade, analytes, labels):
    for domain, by_variable in high_grade.items():
        for variable, one in by_variable.items():
            unit = analytes[variable].unit
            beyond = f"count as {one.threshold:g} {unit}" if one.action == "clamp" else "are left out"
            yield (
                f"High grades: samples of {analytes[variable].label} above {one.threshold:g} {unit} in "
                f"{labels.get(domain, domain)} count in full within {times(one.ranges)} m along the axes of the search and "
                f"{beyond} beyond; decided by {one.name}: {sentence(one.reason)}"
            )


def _search(search):
    passes = "; ".join(f"pass {number}: {_pass(one)}" for number, one in enumerate(search.passes, start=1))
    return f"ellipsoid at azimuth {search.azimuth:g}°, dip {search.dip:g}°, rake {search.rake:g}°; {passes}"


def _pass(one):
    turned = "" if one.azimuth is None else f" at azimuth {one.azimuth:g}°, dip {one.dip:g}°, rake {one.rake:g}°"
    most = f", at most {one.max_per_hole} a hole" if one.max_per_hole else ""
    most += f", at most {one.max_per_octant} an octant" if one.max_per_octant else ""
    holes = "1 hole" if one.min_holes == 1 else f"{one.min_holes} holes"
    octants = f" and {one.min_octants} octant{'s' * (one.min_octants > 1)}" if one.min_octants else ""
    samples = f"{one.min_samples} to {one.max_samples} samples{most}"
    return f"radii {times(one.ranges)} m{turned}, {samples}, from at least {holes}{octants}"
