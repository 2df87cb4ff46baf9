from scandia.audit.verdict import AS_RECORDED, conclude, judge_code, judge_files, judge_rerun, refuse_difference
from scandia.io.audit import clean_folder, compare_runs, find_files, read_manifest, rerun, unlisted_files
from scandia.io.hashes import text_hash
from scandia.io.job import job
from scandia.io.plain import yaml_text
from scandia.io.recorded import recompute_recorded
from scandia.report.verdict import verdict_page

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, results, config = snakemake.params, snakemake.params.results, snakemake.params.config
    recorded = read_manifest(results, given.roots)
    found = {"files": judge_files(recorded, find_files(results, recorded))}
    found["code"] = judge_code(recorded, given.codes, given.lock, text_hash(yaml_text(config)))
    home = clean_folder(recorded, config, f"{results}/audit/rerun")
    stopped = rerun([*given.command, "--cores", str(snakemake.threads)], home)
    found["rerun"] = judge_rerun(recorded, compare_runs(results, home / given.rerun, recorded))
    fate = {"seed": int(recorded["fingerprint"][:8], 16), "unchanged": bool((found["files"]["verdict"] == AS_RECORDED).all())}
    found["recomputed"] = recompute_recorded(results, config, **fate)
    verdict, words = conclude(*found.values(), stopped=stopped)
    unlisted = unlisted_files(results, recorded)
    write(verdict_page(recorded, config, verdict, words, unlisted=unlisted, **found), f"{results}/audit/verdict.html")
    write("\n".join([f"Audit: {verdict}.", *words]), f"{results}/audit/verdict.txt")
    refuse_difference(verdict, words, f"{results}/audit/verdict.html")
