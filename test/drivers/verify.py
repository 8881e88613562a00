# verify.py --program=P --tidy=T --plugin=L [FLAGS] FILE: runs a fixture through
# the program and through clang-tidy with the plugin; both have to report just
# what the file's expected-* comments say.

import argparse
import os
import re
import subprocess
import sys

from expectations import Diagnostic, differences, read_all

LINE = re.compile(r"^(?P<file>[^:\s][^:]*):(?P<line>\d+):(?P<column>\d+): "
                  r"(?P<level>error|warning|note|remark): (?P<text>.*)$")


def by_program(program, file, flags):
    """What the program's own verifier has to say; empty if all is as expected."""
    run = subprocess.run([program, "--verify", "--quiet", file, "--", *flags],
                         capture_output=True, text=True)
    if run.returncode == 0:
        return []
    return (run.stdout + run.stderr).splitlines() or [f"exit code {run.returncode}"]


def diagnostics(output):
    """clang-tidy's text, line by line. Snippets and carets do not look like diagnostics."""
    out, warning = [], None
    for line in output.splitlines():
        m = LINE.match(line)
        if not m:
            continue
        place = (m["file"], m["line"], m["column"])
        if m["level"] != "note":
            warning = place
        advice = m["level"] == "note" and place == warning
        out.append(Diagnostic(os.path.realpath(m["file"]), int(m["line"]), m["level"], m["text"], advice))
    return out


def by_tidy(tidy, plugin, file, flags):
    run = subprocess.run([tidy, f"--load={plugin}", "--checks=-*,taskleak-*", "--config={}", "--quiet",
                          "--header-filter=.*", file, "--", *flags],
                         capture_output=True, text=True)
    if run.returncode != 0:
        return (run.stdout + run.stderr).splitlines() or [f"exit code {run.returncode}"]
    return differences(read_all(file), diagnostics(run.stdout))


def main():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    for name in ("program", "tidy", "plugin"):
        parser.add_argument(f"--{name}", required=True)
    tools, words = parser.parse_known_args()
    *flags, file = words
    failed = False
    for driver, lines in (("the program", by_program(tools.program, file, flags)),
                          ("clang-tidy", by_tidy(tools.tidy, tools.plugin, file, flags))):
        if lines:
            failed = True
            print(f"{driver} on {file}:", *lines, sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
