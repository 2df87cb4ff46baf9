"""Rules, reasons and barriers of classification in words."""

from scandia.resource.classify_rules import FEWEST_HOLES, Barrier, next_rule

NO_PART, NOT_ESTIMATED, NO_RULE = -1, 0, 127  # class_reason where no rule gave the class; rules count from 1
SMOOTHED, OVERRIDE = 126, 80  # class_reason of smoothed parts; overrides count from this


def rule_words(rule):
    """One rule as a phrase, such as "indicated if pass <= 2, holes >= 3, mean distance <= 60 m"."""
    return f"{rule.resource_class} if {', '.join(condition_words(rule).values())}"


def condition_words(rule):
    """Barrier to the words of its condition in a rule, a dict in the order in which they are looked at."""
    words = {} if rule.max_pass is None else {Barrier.PASS: f"pass <= {rule.max_pass}"}
    words[Barrier.HOLES] = f"holes >= {max(rule.min_holes, FEWEST_HOLES)}"
    if rule.max_distance is not None:
        words[Barrier.DISTANCE] = f"mean distance <= {rule.max_distance:g} m"
    if rule.holes_within:
        words[Barrier.HOLES_WITHIN] = " and ".join(f"{one.count} holes within {one.distance:g} m" for one in rule.holes_within)
    if rule.max_spacing is not None:
        words[Barrier.SPACING] = f"drill spacing <= {rule.max_spacing:g} m"
    if rule.min_slope is not None:
        words[Barrier.SLOPE] = f"slope >= {rule.min_slope:g}"
    if rule.min_efficiency is not None:
        words[Barrier.EFFICIENCY] = f"efficiency >= {rule.min_efficiency:g}"
    if rule.production is not None:
        one = rule.production
        words[Barrier.PRODUCTION] = f"error of {one.tonnes:,.0f} t within {100 * one.error:g} % at {100 * one.confidence:g} %" + (
            f" ({one.independent:g} independent parts)" if one.independent > 1 else ""
        )
    return words


def barrier_words(rules, number):
    """Next class from a rule (from 1; 0: none) and barrier to words of what bars it: str or None, and a dict."""
    place = next_rule(rules, number)
    if place is None:
        return None, {}
    return rules[place].resource_class, {Barrier.ONE_HOLE: "never a class from one hole"} | condition_words(rules[place])


def reason_words(classification, domain=None):
    """Code of ``class_reason`` to its meaning in words, as a dict: rules, smoothing, overrides, and why there is no class."""
    rules = classification.rules if domain is None else classification.rules_of(domain)
    words = {number: f"rule {number}: {rule_words(rule)}" for number, rule in enumerate(rules, start=1)}
    if classification.smoothing is not None:
        words[SMOOTHED] = f"smoothed: its group had fewer than {classification.smoothing.minimum_blocks} blocks"
    for number, one in enumerate(classification.overrides):
        words[OVERRIDE + number] = f"override {number + 1} by {one.who}, {one.date}: {one.reason}"
    return words | {NO_RULE: "no rule holds", NOT_ESTIMATED: "no estimate", NO_PART: "no part of the block in this domain"}
