"""How grade varies with distance and direction.

Required inputs: composites/composites.parquet.
Outputs: variography/{experimental.csv,models.yaml,fits.csv}.
Steps: compute_variograms (downhole and three directions), fit_variograms (fitted, given or borrowed).
"""


rule compute_variograms:
    input:
        composites="<results>/composites/composites.parquet",
        compiled="<results>/kriging/compiled.txt",
    output:
        "<results>/variography/experimental.csv",
    log:
        "<logs>/compute_variograms.log",
    benchmark:
        "<benchmarks>/compute_variograms.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        variography=MODEL.get("variography"),
        variables=VARIABLES,
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("compute_variograms"),
    script:
        "../scripts/compute_variograms.py"


rule fit_variograms:
    input:
        composites="<results>/composites/composites.parquet",
        experimental="<results>/variography/experimental.csv",
    output:
        models="<results>/variography/models.yaml",
        fits="<results>/variography/fits.csv",
    log:
        "<logs>/fit_variograms.log",
    benchmark:
        "<benchmarks>/fit_variograms.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        variography=MODEL.get("variography"),
        variables=VARIABLES,
        mine_grid=CONFIG["mine_grid"],
        mark=SYNTHETIC,
        code=code("fit_variograms"),
    script:
        "../scripts/fit_variograms.py"
