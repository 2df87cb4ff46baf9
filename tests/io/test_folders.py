"""Every folder and file that a config names lies where it may, or the run is refused before anything is planned."""

import pytest

from scandia.errors import SettingError
from scandia.io.folders import require_folders


def config(root, **more):
    return {"drillholes": {"root": str(root), "collar": {"file": "collar.csv", "root": None, "format": "text"}}, **more}


def test_files_below_their_own_folders_pass_also_where_they_are_missing(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    published = {"claims": {"file": "x/claims.csv", "root": str(tmp_path / "b"), "format": "text"}}
    served = {"table": {"file": "../../name of a served table", "format": "postgresql", "root": None}}
    require_folders(config(tmp_path / "a", published=published, qaqc=served, title="../x"))


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"model": {"topography": {"file": "../ground.csv"}}}, "model.topography.file"),
        ({"model": {"overburden": {"file": "/etc/hosts"}}}, "model.overburden.file"),
        (
            {"model": {"domains": {"domains": {"ore": {"solid": {"file": "x/../../ore.obj"}}}}}},
            "model.domains.domains.ore.solid.file",
        ),
        ({"model": {"estimation": {"orientations": {"ore": {"file": "link.csv"}}}}}, "model.estimation.orientations.ore.file"),
        ({"published": {"claims": {"file": "../claims.csv", "root": None}}}, "published.claims.file"),
        ({"qaqc": {"table": {"file": "q\0c.csv", "root": None}}}, "qaqc.table.file"),
    ],
)
def test_a_file_outside_of_its_folder_is_refused_by_its_key(tmp_path, more, key):
    (tmp_path / "a").mkdir()
    (tmp_path / "ground.csv").write_text("x")
    (tmp_path / "a" / "link.csv").symlink_to(tmp_path / "ground.csv")
    with pytest.raises(SettingError, match=f"^{key}: .* leads out of the deposit's folder"):
        require_folders(config(tmp_path / "a", **more))


def test_a_missing_folder_of_one_table_is_named_by_its_key(tmp_path):
    more = {"published": {"claims": {"file": "claims.csv", "root": str(tmp_path / "nowhere")}}}
    with pytest.raises(SettingError, match=r"published\.claims\.root is .*nowhere.*there is no such folder"):
        require_folders(config(tmp_path, **more))
