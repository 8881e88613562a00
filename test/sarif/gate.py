#!/usr/bin/env python3
"""Is our SARIF what its readers need?

Runs the program on a small project and holds the file against the JSON schema, Microsoft's Multitool with
GitHub's rules on (its exit code says nothing: the output is read), Multitool's own line hashes, and the limits of
services that no tool checks. The bytes must not depend on the number of jobs or on where the project lies.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema

import limits

HERE = Path(__file__).resolve().parent
LEAST_RESULTS = 3  # semaphore, latch, and the shared header's once


def run_taskleak(program, project, jobs):
    """The bytes of the SARIF of one run; exit code 2 tells of the unit that does not compile."""
    out = project / "findings.sarif"
    done = subprocess.run(
        [program, f"--sarif={out}", f"-j{jobs}", "--quiet", "src"], cwd=project, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    if done.returncode != 2 or "broken.cpp: error: does not compile" not in done.stderr:
        sys.exit(f"exit code {done.returncode}, expected 2 for the broken unit: {done.stderr}")
    data = out.read_bytes()
    out.unlink()
    return data


def make_project(folder):
    project = Path(folder) / "shop"
    shutil.copytree(HERE / "project", project)
    (project / ".git").mkdir()
    entries = [{"directory": str(project), "file": str(source.relative_to(project)),
                "arguments": ["c++", "-std=c++20", "-Iinclude", "-c", str(source.relative_to(project))]}
               for source in sorted((project / "src").iterdir())]
    (project / "compile_commands.json").write_text(json.dumps(entries))
    return project


def check_schema(log, multitool):
    schema = json.loads((multitool.parent / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    validator = jsonschema.Draft202012Validator(schema)
    return [f"schema: {'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(log)]


def call(multitool, *words):
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    return subprocess.run([str(multitool), *map(str, words)], env=environment, capture_output=True, text=True)


def github_rules_on(multitool, folder):
    """Multitool's configuration with the rules switched on that are off by default."""
    config = Path(folder) / "rules.xml"
    call(multitool, "export-validation-config", config)
    text, switched = re.subn(r'(Key="GH10\d\d\.[^>]*>\s*<Property Key="RuleEnabled" Value=")Default', r"\1Error",
                             config.read_text(encoding="utf-8-sig"))
    if not switched:
        sys.exit("multitool's configuration has another form than expected")
    config.write_text(text)
    return config


def check_multitool(sarif, multitool, folder):
    out = Path(folder) / "validation.sarif"
    done = call(multitool, "validate", sarif, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--config",
                github_rules_on(multitool, folder), "--output", out, "--log", "ForceOverwrite")
    if not out.exists():
        return [f"multitool wrote nothing: {done.stdout}{done.stderr}"]
    validation = json.loads(out.read_text(encoding="utf-8-sig"))["runs"][0]
    return [f"multitool: {r['ruleId']}: {r.get('message', {}).get('arguments', r.get('message'))} at "
            f"{r.get('locations', [{}])[0].get('logicalLocations', '')}"
            for r in validation.get("results", []) if r.get("level", "warning") == "error"]


def check_line_hashes(log, project, multitool, folder):
    """Multitool computes GitHub's hashes too, for files that it finds by a base."""
    bare = json.loads(json.dumps(log))
    run = bare["runs"][0]
    run["originalUriBaseIds"] = {"ROOT": {"uri": project.as_uri() + "/"}}
    for result in run["results"]:
        del result["partialFingerprints"]
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"] = "ROOT"
    source, target = Path(folder) / "bare.sarif", Path(folder) / "hashed.sarif"
    source.write_text(json.dumps(bare))
    call(multitool, "rewrite", source, "--insert", "RollingHashPartialFingerprints", "--output", target, "--log",
         "ForceOverwrite")
    theirs = [r.get("partialFingerprints", {}).get("primaryLocationLineHash")
              for r in json.loads(target.read_text(encoding="utf-8-sig"))["runs"][0]["results"]]
    ours = [r["partialFingerprints"]["primaryLocationLineHash"] for r in log["runs"][0]["results"]]
    return [] if ours == theirs else [f"line hashes: ours {ours}, multitool's {theirs}"]


def main(program, multitool_folder):
    multitool = Path(multitool_folder) / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        project = make_project(one)
        data = run_taskleak(program, project, 1)
        problems = [f"other bytes with {what}" for what, again in (
            ("-j2", run_taskleak(program, project, 2)),
            ("the project elsewhere", run_taskleak(program, make_project(other), 2))) if again != data]
        log = json.loads(data)
        sarif = Path(one) / "findings.sarif"
        sarif.write_bytes(data)
        if len(log["runs"][0]["results"]) < LEAST_RESULTS:
            problems.append(f"{len(log['runs'][0]['results'])} results, expected {LEAST_RESULTS} or more")
        problems += check_schema(log, multitool)
        problems += check_multitool(sarif, multitool, one)
        problems += check_line_hashes(log, project, multitool, one)
        problems += limits.problems(log, project, len(data))
    print("\n".join(problems) or f"{len(log['runs'][0]['results'])} results pass")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
