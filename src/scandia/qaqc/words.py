"""The words of verdicts and of results without one."""

PASS, WARNING, FAIL, OVERRIDDEN, NOT_JUDGED = "pass", "warning", "fail", "overridden", "not judged"
NO_RESULT = "no result"
NOT_CERTIFIED = "no certified value in the config"
NO_PARENT = "parent is not among the assays"
