# Builds, runs and analyses the corpus, and says how well the analyzer does.
#   corpus.py --taskleak=PROGRAM --build=FOLDER [--only=WORD] [--check=PAGE | --write=PAGE]
# A leaking form has to leak when it is run, a clean one not to; the analyzer has to
# find the one, on a marked line, and to be silent about the other.

import argparse
import concurrent.futures
import dataclasses
import json
import os
import pathlib
import subprocess
import sys

import accuracy
from program import programs

HERE = pathlib.Path(__file__).resolve().parent
FORMS = ("leaking", "clean")
WANTED = {"leaking": 3, "clean": 0}  # Exit codes, see oracle.h.
# A clean form is given time, a leaking one has none to give.
PATIENCE = {"leaking": "800", "clean": "15000"}
# Some leaks are a race that is lost most of the time: one run that loses it is enough.
TRIES = {"leaking": 4, "clean": 1}


@dataclasses.dataclass
class Finding:
    line: int
    check: str
    evidence: str
    message: str


@dataclasses.dataclass
class Result:
    program: object
    exits: dict = dataclasses.field(default_factory=dict)     # form -> exit code
    findings: dict = dataclasses.field(default_factory=dict)  # form -> list of Finding

    def found(self):
        return [f for f in self.findings["leaking"] if self.program.accepts(f.line, f.check)]

    def strays(self):
        return [f for f in self.findings["leaking"] if not self.program.accepts(f.line, f.check)]

    def is_proven(self):
        return any(f.evidence == "proven" for f in self.found())

    def truth_is_broken(self):
        return [form for form, code in self.exits.items() if code != WANTED[form]]


def target(program, form):
    return f"{program.library}-{program.name}-{form}"


def build(folder, chosen):
    if not (folder / "build.ninja").exists():
        subprocess.run(["cmake", "-S", HERE / "programs", "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
                        "-DCMAKE_C_COMPILER=clang-22", "-DCMAKE_CXX_COMPILER=clang++-22"],
                       check=True, stdout=subprocess.DEVNULL)
    targets = [target(p, form) for p in chosen for form in FORMS]
    run = subprocess.run(["ninja", "-C", folder, "-k0", *targets], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(run.stdout + run.stderr)


def execute(folder, program, form):
    environment = {**os.environ, "ORACLE_PATIENCE": PATIENCE[form]}
    for _ in range(TRIES[form]):
        code = subprocess.run([folder / target(program, form)], env=environment, timeout=120,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
        if code == WANTED[form]:
            break
    return code


def run_all(folder, results):
    """Runs both forms of each program; most of the time they sleep."""
    with concurrent.futures.ThreadPoolExecutor(4 * (os.cpu_count() or 1)) as pool:
        runs = {pool.submit(execute, folder, r.program, form): (r, form)
                for r in results if r.program.is_run for form in FORMS}
        for run in concurrent.futures.as_completed(runs):
            result, form = runs[run]
            result.exits[form] = run.result()


def split_commands(folder, chosen, form):
    """The compile commands of one form alone, in a folder of their own."""
    wanted = {str(p.path) for p in chosen}
    commands = json.loads((folder / "compile_commands.json").read_text())
    ours = [c for c in commands if c["file"] in wanted and ("-DLEAKING" in c["command"]) == (form == "leaking")]
    out = folder / form
    out.mkdir(exist_ok=True)
    (out / "compile_commands.json").write_text(json.dumps(ours, indent=1))
    return out


def analyse(taskleak, folder, results, form):
    """Fills in the findings; returns the analyzer's own figures."""
    database = split_commands(folder, [r.program for r in results], form)
    sarif, stats = database / "findings.sarif", database / "stats.json"
    subprocess.run([taskleak, "-p", database, "--quiet", "--exit-zero", f"--root={HERE}", f"--sarif={sarif}",
                    f"--stats={stats}"], check=True, stdout=subprocess.DEVNULL)
    by_path = {r.program.path: r for r in results}
    for r in results:
        r.findings[form] = []
    for found in json.loads(sarif.read_text())["runs"][0]["results"]:
        place = found["locations"][0]["physicalLocation"]
        r = by_path.get(HERE / place["artifactLocation"]["uri"])
        finding = Finding(place["region"]["startLine"], found["ruleId"].removeprefix("taskleak-"),
                          found["properties"]["evidence"], found["message"]["text"])
        if r is None:
            sys.exit(f"a finding outside the corpus: {place['artifactLocation']['uri']}: {finding.message}")
        r.findings[form].append(finding)
    return json.loads(stats.read_text())


def complaints(results):
    """Everything that is not as it should be, one line each."""
    for r in results:
        where = f"{r.program.library}/{r.program.name}"
        for problem in r.program.problems():
            yield f"{where}: {problem}"
        for form in r.truth_is_broken():
            yield f"{where}: the {form} form exits with {r.exits[form]} when it is run"
        if not r.found():
            yield f"{where}: missed"
        for f in r.strays():
            yield f"{where}:{f.line}: reported where no mark is: {f.check} ({f.evidence}): {f.message}"
        for f in r.findings["clean"]:
            yield f"{where}:{f.line}: FALSE ALARM in the clean form: {f.check} ({f.evidence}): {f.message}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--taskleak", required=True, type=pathlib.Path)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--only", default="", metavar="WORD", help="programs with this in library/name")
    page = parser.add_mutually_exclusive_group()
    page.add_argument("--check", type=pathlib.Path, help="fail if this page does not say what was seen")
    page.add_argument("--write", type=pathlib.Path, help="write what was seen to this page")
    options = parser.parse_args()
    chosen = programs(HERE / "programs", options.only)
    if not chosen:
        sys.exit(f"no program of the corpus has '{options.only}' in its name")
    folder = options.build.resolve()
    results = [Result(p) for p in chosen]
    build(folder, chosen)
    run_all(folder, results)
    figures = [analyse(options.taskleak.resolve(), folder, results, form) for form in FORMS]
    print(accuracy.table(results, figures))
    print(*complaints(results), sep="\n")
    sys.exit(accuracy.settle(results, figures, options))


if __name__ == "__main__":
    main()
