#!/usr/bin/env python3
# Boost's examples come with Jamfiles, which make no compilation database. This
# writes one: every source that this platform can parse, with its folder's standard.

import json
import pathlib
import sys

# For other platforms and libraries; `serialization` does not compile with its own Boost 1.81.
SKIPPED = {"hip", "cuda", "windows", "serialization"}
STANDARDS = {"cpp14": "17", "cpp17": "20", "cpp20": "20"}


def standard(source):
    return next((s for folder, s in STANDARDS.items() if folder in source.parts), "14")


def main():
    root, out, compiler = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
    commands = []
    for source in sorted(root.rglob("*.cpp")):
        if SKIPPED & set(source.relative_to(root).parts):
            continue
        flags = ["-std=c++" + standard(source), "-DBOOST_ALL_NO_LIB", "-w"]
        commands.append({"directory": str(source.parent), "file": str(source),
                         "arguments": [compiler, *flags, "-c", str(source)]})
    out.mkdir(parents=True, exist_ok=True)
    (out / "compile_commands.json").write_text(json.dumps(commands, indent=1) + "\n")
    print(f"{out.name}: {len(commands)} units")


main()
