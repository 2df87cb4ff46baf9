from scandia.audit.verdict import conclude, judge_code, judge_files, refuse_difference
from scandia.io.audit import find_files, read_manifest, unlisted_files
from scandia.io.hashes import text_hash
from scandia.io.job import job
from scandia.io.plain import yaml_text
from scandia.report.verdict import verdict_page

with job(snakemake.log[0], snakemake.params.mark) as write:
    given, results = snakemake.params, snakemake.params.results
    recorded = read_manifest(results, given.roots)
    files = judge_files(recorded, find_files(results, recorded))
    code = judge_code(recorded, given.codes, given.lock, text_hash(yaml_text(given.config)))
    verdict, words = conclude(files, code)
    unlisted = unlisted_files(results, recorded)
    page = verdict_page(recorded, given.config, verdict, words, files=files, code=code, unlisted=unlisted)
    write(page, f"{results}/audit/verify.html")
    write("\n".join([f"Files {verdict}.", *words]), f"{results}/audit/verify.txt")
    refuse_difference(verdict, words, f"{results}/audit/verify.html")
