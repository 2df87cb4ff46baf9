"""The whole config: one typed section per stage, in the order of the flow."""

from scandia.audit.settings import Answer, Criterion, Exports
from scandia.blockmodel.settings import Chunks, DensitySettings, GridSettings, Overburden, Topography
from scandia.composites.settings import Compositing
from scandia.domains.settings import Domains
from scandia.drillholes.intercept_settings import Intercepts
from scandia.drillholes.settings import Analyte, Drillholes, Published
from scandia.errors import SettingError
from scandia.geometry.minegrid import MineGrid
from scandia.kriging.settings import Audit, Estimation
from scandia.qaqc.settings import QualityControl
from scandia.resource.classify_settings import Classification
from scandia.resource.economic_settings import Economics
from scandia.resource.reconcile_settings import Previous
from scandia.resource.sensitivity_settings import Sensitivity
from scandia.resource.settings import Reporting
from scandia.settings import FILE_NAME_WORDS, is_file_name, setting, settings
from scandia.statistics.settings import Statistics
from scandia.synthetic.settings import Synthetic
from scandia.trials.settings import Trials
from scandia.validation.settings import Validation
from scandia.variography.settings import Variography


@settings
class Model:
    """Everything from composites to the statement; a deposit without this section stops after the drillholes."""

    domains: Domains = setting("Domains and the solid between the holes.")
    composites: Compositing = setting("Compositing.")
    statistics: Statistics = setting("Caps and declustering.")
    variography: Variography = setting("Experimental variograms and models.")
    grid: GridSettings = setting("Block grid.")
    chunks: Chunks = setting("Jobs of the estimate.", factory=Chunks)
    topography: Topography | None = setting("Ground surface that cuts the blocks.", default=None)
    overburden: Overburden | None = setting("Base of transported or leached ground, which is in no domain.", default=None)
    density: DensitySettings = setting("Density.")
    estimation: Estimation = setting("Kriging, or another estimator.")
    audit: Audit = setting("Blocks whose weights are written to `kriging/weights.csv`.", factory=Audit)
    validation: Validation = setting("Validation.")
    classification: Classification = setting("Classification.")
    economics: Economics | None = setting("Prices, recoveries, costs and the pit shell; null reports an inventory.", default=None)
    reporting: Reporting = setting("Cut-offs, products and footnotes.")


@settings
class Pictures:
    """What the pictures of the report show; no number depends on it."""

    most_fences: int = setting(
        "Most drill fences of the mine grid; where the collars make more, the holes do not stand on fences, and none is drawn.",
        default=40,
        ge=0,
    )


@settings
class Config:
    """One deposit from raw tables to statement."""

    deposit: str = setting("Short name; results land in results/<deposit>.")
    title: str = setting("Name of the deposit in the report.")
    crs: str = setting("Coordinate reference system, such as EPSG:26920.")
    mine_grid: MineGrid = setting("Local grid.", factory=MineGrid)
    synthetic: Synthetic | None = setting("How the tables were simulated; null for real data.", default=None)
    drillholes: Drillholes = setting("Raw tables.")
    analytes: dict[str, Analyte] = setting(
        "Grades that flow on, by the name of their column: a letter, then letters, digits and `_`; no name that scandia uses.",
        factory=dict,
    )
    intercepts: Intercepts | None = setting("Significant intercepts.", default=None)
    published: Published | None = setting("Published tables to check.", default=None)
    qaqc: QualityControl | None = setting("Assay quality control.", default=None)
    model: Model | None = setting("From composites to statement.", default=None)
    exports: Exports = setting("Formats for other programs.", factory=Exports)
    table1: dict[Criterion, Answer] = setting(
        "What a person adds to JORC Table 1 in the report, by criterion.",
        factory=dict,
    )
    pictures: Pictures = setting("Pictures of the report.", factory=Pictures)
    sensitivity: Sensitivity = setting("Choices changed one by one (`snakemake sensitivity`).", factory=Sensitivity)
    previous: Previous | None = setting(
        "The previous estimate that `snakemake reconcile` compares with; null without one.", default=None
    )
    trials: Trials = setting(
        "The whole flow on deposits drawn anew (`snakemake truth`); simulated deposits only.", factory=Trials
    )

    def __post_init__(self):
        if not is_file_name(self.deposit):
            message = f"deposit is {self.deposit!r}; it names a folder, so {FILE_NAME_WORDS}"
            raise SettingError(message)
