"""The report.

Required inputs: every table and picture of the run.
Outputs: audit/decisions.csv, report.html.
Steps: list_decisions (who decided what, and why), write_report (one page that opens offline).
"""


rule list_decisions:
    input:
        corrections=[] if LOCATED else "<results>/corrections.csv",
    output:
        "<results>/audit/decisions.csv",
    log:
        "<logs>/list_decisions.log",
    benchmark:
        "<benchmarks>/list_decisions.tsv"
    conda:
        "../../envs/scandia.yaml"
    resources:
        mem_mb=memory("list_decisions"),
        runtime=runtime("list_decisions"),
    params:
        config=CONFIG,
        mark=SYNTHETIC,
        code=code("list_decisions"),
    script:
        "../scripts/list_decisions.py"


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
    resources:
        mem_mb=memory("write_report"),
        runtime=runtime("write_report"),
    params:
        results=lambda wildcards, output: Path(output[0]).parent.as_posix(),
        studies=standing_studies(),
        flow=flow(),
        mark=SYNTHETIC,
        code=code("write_report"),
    script:
        "../scripts/write_report.py"
