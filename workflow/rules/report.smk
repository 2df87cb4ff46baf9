"""The report.

Required inputs: every table and picture of the run.
Outputs: report.html.
Steps: write_report (one page that opens offline).
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
        mark=SYNTHETIC,
        code=code("write_report"),
    script:
        "../scripts/write_report.py"
