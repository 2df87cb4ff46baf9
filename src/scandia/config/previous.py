"""The steps from a previous estimate to the present one: whole configs, each with what one cause changed."""

import difflib
from copy import deepcopy
from dataclasses import dataclass

from scandia.config.load import resolve
from scandia.errors import SettingError

PREVIOUS, DRILLING = "previous", "drilling"
CAUSES = {
    "domains": ("domains", "overburden", "topography", "grid"),
    "density": ("density",),
    "parameters": ("composites", "statistics", "variography", "estimation"),
    "classification": ("classification",),
    "economics": ("economics", "reporting"),
}


@dataclass(frozen=True)
class Step:
    """A step: its cause, what it changed in words, whether it has all holes, and its whole plain config."""

    cause: str
    changed: str
    all_holes: bool
    config: dict


def steps(config):
    """Name to `Step` from the previous estimate to the present one, a dict; each has all that the steps before it changed.

    The first is ``previous``, the second ``drilling`` (the holes of today under the settings of then); the others follow the
    flow, and the last is the present config.

    Parameters
    ----------
    config : dict
        Plain and resolved, with a model and ``previous``.

    Raises
    ------
    SettingError
        Names keys that cannot differ, and the step whose config is none.
    """
    _check(config)
    given, present = config["previous"], config["model"]
    then = _merged(present, given["model"])
    campaigns = ", ".join(given["campaigns"])
    found = {PREVIOUS: Step(PREVIOUS, given["title"], not campaigns, _whole(config, then, PREVIOUS))}
    new = f"holes of other campaigns than {campaigns}" if campaigns else "nothing"
    found[DRILLING] = Step("new drilling", new, True, found[PREVIOUS].config)
    for cause, sections in CAUSES.items():
        before = found[list(found)[-1]].config["model"]
        whole = _whole(config, before | {name: present[name] for name in sections}, cause)
        found[cause] = Step(cause, _changed(before, whole["model"], sections), True, whole)
    return found


def _merged(present, given):
    """The model of then: keys of sections in place of those of today; a section that is null stood away."""
    model = deepcopy(present)
    for name, keys in given.items():
        model[name] = None if keys is None else (model[name] or {}) | deepcopy(keys)
    return model


def _whole(config, model, step):
    try:
        return resolve(config | {"model": model, "previous": None})
    except SettingError as error:
        where = "previous.model" if step == PREVIOUS else f"previous: what it leaves of then at the step of {step}"
        message = f"{where} makes no config together with what is now:\n{error}"
        raise SettingError(message) from None


def _changed(before, after, sections):
    """Keys of sections that differ, in words."""
    found = []
    for name in sections:
        one, other = before[name] or {}, after[name] or {}
        found += [f"{name}.{key}" for key in dict.fromkeys([*one, *other]) if one.get(key) != other.get(key)]
    return ", ".join(found) or "nothing"


def _check(config):
    if config["model"] is None:
        message = (
            "previous: the config has no model section, so there is no present estimate to compare with. Leave `previous` out."
        )
        raise SettingError(message)
    faults = [*_hole_faults(config), *_model_faults(config["previous"]["model"], config["model"])]
    if faults:
        message = "the config cannot be used:\n" + "\n".join(f"  - {fault}" for fault in faults)
        raise SettingError(message)


def _hole_faults(config):
    """Faults of the holes that the previous estimate was made from."""
    drillholes, campaigns = config["drillholes"], config["previous"]["campaigns"]
    if drillholes["located"]:
        yield "previous: a comparison starts from tables of drillholes; drillholes.located gives none. Leave `previous` out."
    elif campaigns and "campaign" not in drillholes["collar"]["columns"]:
        yield "previous.campaigns: drillholes.collar.columns maps no campaign. Map its column, or name no campaigns."


def _model_faults(given, present):
    allowed = [name for sections in CAUSES.values() for name in sections]
    for name, keys in given.items():
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            yield f"previous.model.{name}: no section that changes a resource.{hint} Allowed here: {', '.join(allowed)}."
        elif name == "economics" and (keys is None) != (present[name] is None):
            yield "previous.model.economics: both estimates need economics, or neither has any."
    variables = (given.get("estimation") or {}).get("variables", present["estimation"]["variables"])
    if list(variables) != list(present["estimation"]["variables"]):
        yield "previous.model.estimation.variables: both estimates must have the same ones. Leave the key out."
