"""Name and unit of what a cut-off is applied to: a grade, or the net smelter return."""

from scandia.vocabulary import NSR

NSR_LABEL = "NSR"


def lead_words(variable, analytes, economics=None):
    """Label and unit of the variable of a cut-off, as a pair.

    Parameters
    ----------
    variable : str
        An analyte, or ``nsr``, which needs economics.
    analytes : dict of str to Analyte
    economics : Economics, optional
    """
    if variable == NSR:
        return NSR_LABEL, f"{economics.currency}/t"
    return analytes[variable].label, analytes[variable].unit
