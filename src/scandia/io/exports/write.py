"""One way out to each format: a folder of its files and a README, whole or not at all."""

from math import prod

from scandia.blockmodel.dataset import grid_of
from scandia.errors import InputError
from scandia.io.exports.limits import FORMATS, too_large
from scandia.io.exports.readme import readme
from scandia.io.plain import whole_folder, write_text

EXTRAS = {"omf": "meshes"}  # of libraries; the others are in the extra `exports`


def export(bundle, name, folder):
    """Nothing; writes a bundle in the format of that name into a new folder, with a README.

    Parameters
    ----------
    bundle : bundle.Bundle
    name : str
        One of `limits.FORMATS`.
    folder : path-like
        It appears under its name complete or not at all; what stood there before is replaced.

    Raises
    ------
    InputError
        An unknown format, one whose library is not installed (the message names the extra), or one that cannot hold so many
        blocks.
    """
    if name not in FORMATS:
        message = f"{name!r} is no export format; the formats are {', '.join(FORMATS)}"
        raise InputError(message)
    if bundle.blocks is not None and (fault := too_large(name, prod(grid_of(bundle.blocks).count))):
        raise InputError(fault)
    with whole_folder(folder) as temporary:
        try:
            _writer(name)(bundle, temporary)
        except ImportError as error:
            hint = f"pip install 'scandia[{EXTRAS.get(error.name, 'exports')}]'"
            message = f"the export {name} needs the library {error.name}, which is not installed. Hint: {hint}"
            raise InputError(message) from None
        write_text(readme(bundle, name, sorted(path.name for path in temporary.iterdir())), temporary / "README.md")


def _writer(name):
    """The function of a format, imported only now; each import is written out, so that the digest of the code knows it."""
    if name in ("csv", "parquet"):
        from scandia.io.exports.tables import write_csv, write_parquet

        return write_csv if name == "csv" else write_parquet
    if name == "zarr":
        from scandia.io.exports.zarr_store import write_zarr

        return write_zarr
    if name == "vtk":
        from scandia.io.exports.vtk_files import write_vtk

        return write_vtk
    if name == "omf":
        from scandia.io.exports.omf_project import write_omf

        return write_omf
    if name == "geoeas":
        from scandia.io.exports.geoeas_files import write_geoeas

        return write_geoeas
    from scandia.io.exports.geopackage import write_geopackage

    return write_geopackage
