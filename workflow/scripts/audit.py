from scandia.audit.plain.recompute import recompute
from scandia.audit.verdict import conclude, judge_code, judge_files, judge_rerun, refuse_difference
from scandia.io.audit import clean_folder, compare_runs, find_files, read_manifest, rerun, unlisted_files
from scandia.io.files import read
from scandia.io.job import job
from scandia.io.recorded import recorded_estimate
from scandia.report.verdict import verdict_page

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, results = snakemake.params, snakemake.params.results
    recorded = read_manifest(results, given.roots)
    found = {"files": judge_files(recorded, find_files(results, recorded))}
    found["code"] = judge_code(recorded, given.codes, given.lock)
    home = clean_folder(results, recorded, f"{results}/audit/rerun")
    rerun([*given.command, "--cores", str(snakemake.threads)], home)
    found["rerun"] = judge_rerun(recorded, compare_runs(results, home / results, recorded))
    found["recomputed"] = recompute(**recorded_estimate(results), seed=int(recorded["fingerprint"][:8], 16))
    verdict, words = conclude(*found.values())
    unlisted = unlisted_files(results, recorded)
    write(verdict_page(recorded, read(given.config), verdict, words, unlisted=unlisted, **found), f"{results}/audit/verdict.html")
    write("\n".join([f"Audit: {verdict}.", *words]), f"{results}/audit/verdict.txt")
    refuse_difference(verdict, words, f"{results}/audit/verdict.html")
