#!/usr/bin/env python3
# Compares the SARIF files of a run of real.sh with verdicts.yaml: how many of
# the findings are true, which are not judged yet, which judged ones are gone.
#
#   test/corpus/score.py OUT [--all]        --all: list every finding with its verdict

import argparse
import collections
import json
import pathlib
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parent


def findings(out):
    """(project, path, line, check, evidence) of every result under `out`."""
    for sarif in sorted(out.glob("*.sarif")):
        for run in json.loads(sarif.read_text())["runs"]:
            for result in run.get("results", []):
                place = result["locations"][0]["physicalLocation"]
                yield (sarif.stem, place["artifactLocation"]["uri"], place["region"]["startLine"],
                       result["ruleId"].removeprefix("taskleak-"), result.get("properties", {}).get("evidence", "?"))


def match(verdicts, project, uri, line, check):
    for verdict in verdicts:
        path, _, number = verdict["place"].rpartition(":")
        same_path = uri == path or uri.endswith("/" + path)
        if verdict["project"] == project and verdict["check"] == check and int(number) == line and same_path:
            return verdict
    return None


def figures(counts):
    judged = counts["true"] + counts["false"]
    precision = f"{100 * counts['true'] / judged:.0f} %" if judged else "-"
    row = [counts[v] for v in ("true", "false", "unclear", "not judged")]
    return "{:>6}{:>7}{:>9}{:>12}".format(*row) + f"{precision:>11}"


def main():
    arguments = argparse.ArgumentParser(description="figures of a run on real projects")
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--all", action="store_true", help="list every finding")
    options = arguments.parse_args()
    verdicts = yaml.safe_load((HERE / "verdicts.yaml").read_text()) or []
    if not any(options.out.glob("*.sarif")):
        sys.exit(f"no *.sarif in {options.out}: run real.sh with TASKLEAK set first")

    counts = collections.defaultdict(collections.Counter)
    met = []
    for project, uri, line, check, evidence in findings(options.out):
        verdict = match(verdicts, project, uri, line, check)
        word = str(verdict["verdict"]).lower() if verdict else "not judged"
        met.append(verdict)
        for key in (project, f"= {evidence}", "= all"):
            counts[key][word] += 1
        if options.all or not verdict:
            print(f"{word}: {project} {uri}:{line} {check} ({evidence})")

    print(f"{'':<16}{'true':>6}{'false':>7}{'unclear':>9}{'not judged':>12}{'precision':>11}")
    for sarif in sorted(options.out.glob("*.sarif")):
        counts[sarif.stem]
    for key in sorted(counts, key=lambda k: (k.startswith("="), k)):
        print(f"{key.removeprefix('= '):<16}" + figures(counts[key]))
    for verdict in verdicts:
        if verdict not in met and (options.out / f"{verdict['project']}.sarif").exists():
            print(f"no longer found: {verdict['project']} {verdict['place']} {verdict['check']} ({verdict['verdict']})")


main()
