#!/usr/bin/env python3
# Compile commands for sources whose own build makes none: Boost's examples and
# tests come with Jamfiles, libstdc++'s tests with DejaGnu.
#
#   commands.py NAME ROOT OUT COMPILER

import json
import pathlib
import re
import sys


def boost_examples(source, text):
    """Not those for other platforms; `serialization` does not compile with its own Boost 1.81."""
    if {"hip", "cuda", "windows", "serialization"} & set(source.parts):
        return None
    folders = {"cpp14": "17", "cpp17": "20", "cpp20": "20"}
    standard = next((s for folder, s in folders.items() if folder in source.parts), "14")
    return ["-std=c++" + standard, "-DBOOST_ALL_NO_LIB"]


def fiber_tests(source, text):
    if source.parent.name != "test":
        return None
    return ["-std=c++14", "-DBOOST_TEST_DYN_LINK"]


def asio_tests(source, text):
    """Most only name each function once; those with tasks in them are of interest."""
    if "test" not in source.parts:
        return None
    has_tasks = re.search(r"asio::detail::thread|co_spawn|channel|use_future|latch|strand|thread_pool", text)
    return ["-std=c++20", "-DBOOST_ALL_NO_LIB"] if has_tasks else None


def libstdcxx_tests(source, text):
    if "30_threads" not in source.parts or "dg-do compile" in text or source.stem.endswith("neg"):
        return None
    testsuite = next(p for p in source.parents if p.name == "30_threads").parent
    return ["-std=c++20", "-I" + str(testsuite / "util")]


FLAGS = {
    "boost-fiber": boost_examples,
    "boost-asio": boost_examples,
    "fiber-tests": fiber_tests,
    "asio-tests": asio_tests,
    "libstdcxx-tests": libstdcxx_tests,
}


def main():
    name, root, out, compiler = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), sys.argv[4]
    commands = []
    for source in sorted([*root.rglob("*.cpp"), *root.rglob("*.cc")]):
        flags = FLAGS[name](source, source.read_text(errors="replace"))
        if flags is not None:
            commands.append({"directory": str(source.parent), "file": str(source),
                             "arguments": [compiler, *flags, "-w", "-c", str(source)]})
    out.mkdir(parents=True, exist_ok=True)
    (out / "compile_commands.json").write_text(json.dumps(commands, indent=1) + "\n")
    print(f"{name}: {len(commands)} units")


main()
