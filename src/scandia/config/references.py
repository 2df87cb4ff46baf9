"""Checks of the config that need two sections at once: every name that one section uses must exist in another."""

import difflib

from pyproj import CRS
from pyproj.exceptions import CRSError

from scandia.config.economics import economic_faults
from scandia.config.names import name_faults
from scandia.drillholes.layouts import CLAIM_NAMES, INTERCEPT_NAMES, LOCATED_NAMES, RAW_TABLES, names_of
from scandia.drillholes.rare_earths import part_faults
from scandia.errors import InputError, SettingError
from scandia.vocabulary import NSR


def check_references(config):
    """None, if every analyte and domain that a section names is declared; else SettingError with all of the faults."""
    faults = [
        *name_faults(config.analytes, config.model.domains.domains if config.model else ()),
        *_crs_faults(config),
        *_column_faults(config),
        *_analyte_faults(config),
        *_located_faults(config),
        *(_model_faults(config) if config.model else ()),
    ]
    if faults:
        message = "the config cannot be used:\n" + "\n".join(f"  - {fault}" for fault in faults)
        raise SettingError(message)


def _crs_faults(config):
    try:
        crs = CRS.from_user_input(config.crs)
    except CRSError:
        yield f"crs is {config.crs!r}, which is no coordinate reference system. Give its EPSG code, such as EPSG:26920."
        return
    if crs.is_geographic or crs.is_geocentric:
        yield (
            f"crs is {config.crs!r} ({crs.name}), whose coordinates are {crs.axis_info[0].unit_name}s, not eastings and "
            "northings in metres. Project the tables, and give the projected system, such as EPSG:26920."
        )
    elif any(axis.unit_conversion_factor != 1.0 for axis in crs.axis_info[:2]):
        yield (
            f"crs is {config.crs!r} ({crs.name}), in units of {crs.axis_info[0].unit_name}; but all coordinates are metres once "
            "they are read. Give the same system in metres, and the unit of the tables as coordinate_unit."
        )


def _unknown(key, names, allowed, what):
    for name in names:
        if name not in allowed:
            near = difflib.get_close_matches(name, list(allowed), n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            yield f"{key} names {name!r}, which is no {what}.{hint} Declared: {', '.join(allowed)}."


def _column_faults(config):
    """Names in `columns` that the table does not know: nothing would ever read them."""
    for key, table, allowed in _mapped(config):
        yield from _unknown(f"{key}.columns", table.columns, allowed, "name of the vocabulary for this table")


def _mapped(config):
    """Config key, table, and the vocabulary names that it may map, of every raw table."""
    drillholes = config.drillholes
    for name in RAW_TABLES:
        table = getattr(drillholes, name)
        if table is not None:
            yield f"drillholes.{name}", table, names_of(name, in_intervals=name == "survey" and table.station is not None)
    for name, table in drillholes.assays.items():
        yield f"drillholes.assays.{name}", table, names_of("assay")
    if drillholes.located is not None:
        yield "drillholes.located.table", drillholes.located.table, LOCATED_NAMES
    if config.qaqc is not None:
        yield "qaqc.table", config.qaqc.table, names_of("qc")
    if config.published is not None:
        yield "published.intercepts", config.published.intercepts, INTERCEPT_NAMES
        yield "published.claims", config.published.claims, CLAIM_NAMES


def _analyte_faults(config):
    analytes = config.analytes
    for name, analyte in analytes.items():
        yield from _sum_faults(name, analytes)
        further = [analyte.table] if analyte.table is not None else []
        yield from _unknown(f"analytes.{name}.table", further, config.drillholes.assays, "table of drillholes.assays")
    for name, parts in config.drillholes.checks.sums.items():
        yield from _checked_sum_faults(name, parts, analytes)
    if config.intercepts:
        yield from _intercept_faults(config)
    if config.qaqc:
        yield from _unknown("qaqc.analytes", config.qaqc.analytes, analytes, "analyte")
        yield from _unknown("qaqc.detection_limits", config.qaqc.detection_limits, analytes, "analyte")
        for name in config.qaqc.analytes:
            if name not in config.qaqc.detection_limits:
                yield f"qaqc.detection_limits has no limit for {name!r}, which qaqc.analytes names. Blanks are judged by it."
        yield from _hold_out_faults(config)
        for standard, certified in config.qaqc.standards.items():
            yield from _unknown(f"qaqc.standards.{standard}", certified, analytes, "analyte")
            if not set(certified) & set(config.qaqc.analytes):
                yield (
                    f"qaqc.standards.{standard} certifies none of qaqc.analytes ({', '.join(config.qaqc.analytes)}), so "
                    "it judges nothing. Certify one of them, or name it in qaqc.not_certified with a reason."
                )


def _sum_faults(name, analytes):
    """Parts that do not exist, sums of themselves, and parts that cannot be added to the sum."""
    unknown = list(_unknown(f"analytes.{name}.sum_of", analytes[name].sum_of, analytes, "analyte"))
    yield from unknown
    try:
        faults = list(part_faults(name, analytes)) if not unknown else []
    except InputError as error:
        faults = [f"{error}."]
    yield from faults


def _checked_sum_faults(name, parts, analytes):
    """Reported sums and parts that do not exist, and parts that cannot be converted to the sum."""
    key = f"drillholes.checks.sums.{name}"
    unknown = list(_unknown("drillholes.checks.sums", [name], analytes, "analyte")) + list(
        _unknown(key, parts, analytes, "analyte")
    )
    yield from unknown or part_faults(name, analytes, parts, key=key)


def _intercept_faults(config):
    rules = config.intercepts
    named = [name for column in rules.columns for name in (column.analyte, column.share_of) if name is not None]
    yield from _unknown("intercepts.analyte", [rules.analyte], config.analytes, "analyte")
    yield from _unknown("intercepts.columns", dict.fromkeys(named), config.analytes, "analyte")
    if rules.true_width == "domains" and not config.model:
        yield "intercepts.true_width is domains, but there is no model section. Give a plane, or set it to none."


def _hold_out_faults(config):
    if config.qaqc.on_failure != "hold_out":
        return
    if config.drillholes.assay is None or "batch" not in config.drillholes.assay.columns:
        yield (
            "qaqc.on_failure is hold_out, which needs the batch of each core sample. Map `batch` in drillholes.assay.columns, or "
            "set it to stop or keep_with_warning."
        )
    for name, table in config.drillholes.assays.items():
        if "batch" not in table.columns:
            yield (
                f"qaqc.on_failure is hold_out, which needs the batch of each core sample. Map `batch` in drillholes.assays."
                f"{name}.columns, or set it to stop or keep_with_warning."
            )
    if config.model and config.model.composites.unsampled == "zero":
        yield (
            "qaqc.on_failure is hold_out and model.composites.unsampled is zero: held-out samples would count as barren ground. "
            "Set unsampled to missing, or on_failure to stop or keep_with_warning."
        )


def _located_faults(config):
    """Located samples come with nothing that needs the tables they stand in place of."""
    located = config.drillholes.located
    if located is None:
        return
    for name in ("qaqc", "published"):
        if getattr(config, name) is not None:
            yield f"{name} needs the raw tables, and drillholes.located stands in their place. Leave `{name}` out."
    if config.drillholes.corrections is not None:
        yield "drillholes.corrections are of raw tables, and drillholes.located stands in their place. Leave them out."
    codes = [code for domain in config.model.domains.domains.values() for code in domain.lithology] if config.model else []
    if codes and located.lithology is not None:
        yield from _unknown("drillholes.located.lithology", [located.lithology], codes, "logged code of a domain")


def _model_faults(config):
    model, analytes, domains = config.model, config.analytes, config.model.domains.domains
    estimated = [name for name, domain in domains.items() if domain.estimate]
    of_all = config.drillholes.lithology_of_all
    if of_all is not None:
        codes = [code for domain in domains.values() for code in domain.lithology]
        yield from _unknown("drillholes.lithology_of_all", [of_all], codes, "logged code of a domain")
    if config.drillholes.assay is None and config.drillholes.located is None:
        yield "model needs drillholes.assay, or drillholes.located. Leave `model` out to stop after the drillholes."
    logged = [name for name, domain in domains.items() if domain.logged]
    if logged and config.drillholes.lithology is None and of_all is None and config.drillholes.located is None:
        yield (
            f"model.domains.domains.{logged[0]} is chosen by logged codes, which needs drillholes.lithology. Map that table, or "
            "choose the domain by grades alone or by a solid."
        )
    yield from _unknown("model.estimation.variables", model.estimation.variables, analytes, "analyte")
    leads = [*model.estimation.variables, *([NSR] if model.economics is not None else [])]
    yield from _unknown("model.reporting.variable", [model.reporting.variable], leads, "estimated variable")
    products = [product.variable for product in model.reporting.products]
    yield from _unknown("model.reporting.products", products, model.estimation.variables, "estimated variable")
    for key, given in (("model.statistics.caps", model.statistics.caps), ("sensitivity.caps", config.sensitivity.caps)):
        for domain, caps in given.items():
            yield from _unknown(key, [domain], domains, "domain")
            yield from _unknown(f"{key}.{domain}", caps, analytes, "analyte")
    if model.composites.weighting == "density" and config.drillholes.density is None:
        yield "model.composites.weighting is density, which needs drillholes.density. Give that table, or weight by length."
    for name, domain in domains.items():
        if domain.select is not None:
            yield from _unknown(f"model.domains.domains.{name}.select.analyte", [domain.select.analyte], analytes, "analyte")
    yield from _unknown("model.variography.domains", model.variography.domains, estimated, "estimated domain")
    for name in estimated:
        if name not in model.variography.domains:
            yield f"model.variography.domains lacks the estimated domain {name!r}. Add it, or set its `estimate` to false."
    yield from _variography_faults(model, domains)
    yield from _estimation_faults(model, domains, estimated)
    regression = model.density.regression
    if regression is not None:
        allowed = model.estimation.variables if regression.apply else analytes
        what = "estimated variable" if regression.apply else "analyte"
        yield from _unknown("model.density.regression.analyte", [regression.analyte], allowed, what)
        if config.drillholes.density is None:
            yield "model.density.regression needs drillholes.density. Map a table of measurements, or leave the regression out."
    yield from _unknown("model.density.assigned", model.density.assigned, domains, "domain")
    yield from _unknown("model.classification.domains", model.classification.domains, estimated, "estimated domain")
    for number, one in enumerate(model.classification.overrides):
        yield from _unknown(f"model.classification.overrides.{number}.domains", one.domains, domains, "domain")
    if model.economics is not None:
        yield from economic_faults(model, analytes, domains)


def _variography_faults(model, domains):
    for name, settings in model.variography.domains.items():
        key = f"model.variography.domains.{name}"
        if settings.source == "borrow":
            if settings.borrow_from is None:
                yield f"{key}.borrow_from is missing: name the domain whose shape is borrowed."
            else:
                yield from _unknown(f"{key}.borrow_from", [settings.borrow_from], domains, "domain")
                yield from _unbounded_faults(key, settings, model)
        if settings.source == "model":
            for variable in model.estimation.variables:
                if variable not in settings.models:
                    yield f"{key}.models lacks the estimated variable {variable!r}."


def _estimation_faults(model, domains, estimated):
    estimation, key = model.estimation, "model.estimation"
    yield from _unknown(f"{key}.domain_searches", estimation.domain_searches, domains, "domain")
    yield from _unknown(f"{key}.orientations", estimation.orientations, estimated, "estimated domain")
    yield from _unknown(f"{key}.boundaries.soft", estimation.boundaries.soft, estimated, "estimated domain")
    for domain, others in estimation.boundaries.soft.items():
        yield from _unknown(f"{key}.boundaries.soft.{domain}", others, domains, "domain")
    for domain, readings in estimation.orientations.items():
        if readings.source == "solid" and domain in domains and domains[domain].solid is not None:
            yield (
                f"{key}.orientations.{domain}.source is solid, the one between the holes, but {domain} comes from a file. "
                "Take the source surface with that file."
            )
    reasons = model.statistics.contacts.soft_reasons
    for domain, others in estimation.boundaries.soft.items():
        for other in others:
            if other not in reasons.get(domain, {}):
                yield (
                    f"{key}.boundaries.soft.{domain}.{other} cites no contact analysis. Give "
                    f"model.statistics.contacts.soft_reasons.{domain}.{other}: a sentence that cites statistics/contacts.csv."
                )
    yield from _unknown(f"{key}.high_grade", estimation.high_grade, estimated, "estimated domain")
    for domain, restricted in estimation.high_grade.items():
        yield from _unknown(f"{key}.high_grade.{domain}", restricted, estimation.variables, "estimated variable")
    yield from _estimator_faults(model, estimated)
    if estimation.own_points and estimation.discretisation != model.domains.subcells:
        points, subcells = list(estimation.discretisation), list(model.domains.subcells)
        yield (
            f"{key}.own_points needs the points that the fractions count, but {key}.discretisation is {points} and "
            f"model.domains.subcells is {subcells}. Make them equal, or set own_points to false."
        )


def _estimator_faults(model, estimated):
    """Estimators of unknown domains and variables, and what an estimator cannot be combined with."""
    estimation, key = model.estimation, "model.estimation"
    yield from _unknown(f"{key}.estimators", estimation.estimators, estimated, "estimated domain")
    for domain, own in estimation.estimators.items():
        yield from _unknown(f"{key}.estimators.{domain}", own, estimation.variables, "estimated variable")
    for domain in estimated:
        for number, variable in enumerate(estimation.variables):
            given = variable in estimation.estimators.get(domain, {})
            place = f"{key}.estimators.{domain}.{variable}" if given else f"{key}.estimator"
            estimator = estimation.estimator_of(domain, variable)
            yield from _unknown(
                f"{place}.drift", estimator.drift, estimation.variables[:number], f"variable estimated before {variable!r}"
            )
            if estimation.negative_weights != "keep" and estimator.method in ("simple", "linear_drift", "external_drift"):
                yield (
                    f"{key}.negative_weights is {estimation.negative_weights!r}, but {place}.method is {estimator.method!r}, "
                    "whose weights must keep more than their sum. Keep negative weights, or use ordinary kriging."
                )
            given = getattr(model.variography.domains.get(domain), "models", {}).get(variable)
            if estimator.method == "simple" and given is not None and not given.bounded:
                yield f"{place}.method is 'simple', but the model of {variable} in {domain} has no sill. Use ordinary kriging."


def _unbounded_faults(key, borrower, model):
    lender = model.variography.domains.get(borrower.borrow_from)
    for variable in model.estimation.variables:
        given = lender.models.get(variable) if lender and variable not in borrower.models else None
        if given is not None and not given.bounded:
            yield f"{key} borrows an unbounded model of {variable}, which has no sill to scale. Give {key}.models one of its own."
