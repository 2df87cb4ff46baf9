"""The registry of checks: every rule that a finding can come from, in the order of the flow."""

from scandia.drillholes.rule import EXCLUDED, NEVER, USED, Rule
from scandia.drillholes.rules_files import FILE_RULES
from scandia.drillholes.rules_holes import COLLAR_RULES, SURVEY_RULES
from scandia.drillholes.rules_intervals import INTERVAL_RULES
from scandia.drillholes.rules_reading import READING_RULES
from scandia.drillholes.rules_values import VALUE_RULES

__all__ = ["EXCLUDED", "NEVER", "RULES", "USED", "Rule"]

RULES = {**FILE_RULES, **COLLAR_RULES, **SURVEY_RULES, **INTERVAL_RULES, **VALUE_RULES, **READING_RULES}
