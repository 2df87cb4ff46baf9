"""The report and the manifest.

Required inputs: every table and picture of the run.
Outputs: report.html, manifest.json.
Steps: write_report (one page that opens offline), write_manifest (hashes of inputs, config, code, lock file and outputs).
"""


rule write_report:
    input:
        config="<results>/config.yaml",
        files=reported_files(),
        conclusion=conclusion_file(),
        footnotes="<results>/resource/footnotes.txt" if MODEL else [],
    output:
        report(
            "<results>/report.html",
            category="Report",
            caption="../report/report.rst",
        ),
    log:
        "<logs>/write_report.log",
    benchmark:
        "<benchmarks>/write_report.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        results=lambda wildcards, output: Path(output[0]).parent.as_posix(),
        studies=standing_studies(),
        flow=flow(),
        mark=SYNTHETIC,
        code=code("write_report"),
    script:
        "../scripts/write_report.py"


rule write_manifest:
    input:
        raw=[*raw_files(), *database_files(), *snapshots(), *published_files(), *override_files()],
        outputs=["<results>/config.yaml", "<results>/report.html", *reported_files(), *model_files(), *hashed_exports()],
    output:
        "<results>/manifest.json",
    log:
        "<logs>/write_manifest.log",
    benchmark:
        "<benchmarks>/write_manifest.tsv"
    conda:
        "../../envs/scandia.yaml"
    params:
        config=CONFIG,
        results=lambda wildcards, output: Path(output[0]).parent.as_posix(),
        studies=standing_studies(),
        rules={script.stem: code(script.stem) for script in sorted((PROJECT / "workflow" / "scripts").glob("*.py"))},
        lock=file_digest(LOCK),
        mark=SYNTHETIC,
        code=code("write_manifest"),
    script:
        "../scripts/write_manifest.py"
