"""The variogram models file: domain to variable to model, in YAML that a person can read and edit."""

from pydantic import TypeAdapter

from scandia.io.plain import read_yaml, write_yaml
from scandia.variography.model import Variogram

MODELS = TypeAdapter(dict[str, dict[str, Variogram]])


def write_models(models, path):
    """Nothing; writes domain to variable to `Variogram`, azimuths against grid north."""
    write_yaml(MODELS.dump_python(models, mode="json"), path)


def read_models(path):
    """Domain to variable to `Variogram`, as `write_models` wrote them."""
    return MODELS.validate_python(read_yaml(path))
