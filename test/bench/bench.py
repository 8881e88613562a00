# What the plugin costs: whole processes of clang-tidy with one trivial check, and
# the same with the plugin and all its checks, on the same files; then where the
# program spends its time. CPU seconds, medians of interleaved runs.
#   ./dev bench [--runs=N] [FILE...]

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

FILES = (
    "test/drivers/fixtures/asio/select-without-cancel.cpp",
    "test/drivers/fixtures/boost-fiber/blocking-send.cpp",
    "test/drivers/fixtures/own/pool-destructor.cpp",
    "test/drivers/fixtures/std/main-with-statics.cpp",
    "examples/order-service/main.cpp",
)
TRIVIAL = "misc-new-delete-overloads"
TIDY = "clang-tidy-22"
PLUGIN = "build/lib/libtaskleak-tidy.so"
PROGRAM = "build/bin/taskleak"
FLAGS = ["--", "-std=c++20"]
PARTS = ("compile", "lower", "flow", "explore")


def seconds(command):
    """CPU time of a process and its peak memory in MB; it has to end well."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"bench: this fails: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(file, runs):
    plain = [TIDY, f"--checks=-*,{TRIVIAL}", "--config={}", file, *FLAGS]
    ours = [TIDY, f"--load={PLUGIN}", "--checks=-*,taskleak-*", "--config={}", file, *FLAGS]
    seconds(plain)  # Warms the file cache.
    pairs = [(seconds(plain), seconds(ours)) for _ in range(runs)]
    return [statistics.median(p[side][what] for p in pairs) for what in (0, 1) for side in (0, 1)]


def parts(files):
    """Totals of the program's own clock over all files, and what the explorer did."""
    sums = dict.fromkeys((*PARTS, "total", "scenarios", "states", "overBudget"), 0)
    with tempfile.TemporaryDirectory() as folder:
        stats = os.path.join(folder, "stats.json")
        for file in files:
            subprocess.run([PROGRAM, "--quiet", "--exit-zero", f"--stats={stats}", file, *FLAGS],
                           stdout=subprocess.DEVNULL, check=True)
            with open(stats, encoding="utf-8") as f:
                read = json.load(f)
            for key in sums:
                sums[key] += read["seconds"][key] if key in read["seconds"] else read[key]
    return sums


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    files = args.files or FILES
    row = "{:55} {:>8} {:>8} {:>6} {:>7} {:>7}".format
    print(row("file", "tidy s", "ours s", "ratio", "tidy MB", "ours MB"))
    ratios = []
    for file in files:
        tidy, ours, tidy_memory, our_memory = measure(file, args.runs)
        ratios.append(ours / tidy)
        print(row(file, f"{tidy:.2f}", f"{ours:.2f}", f"{ratios[-1]:.2f}", f"{tidy_memory:.0f}",
                  f"{our_memory:.0f}"), flush=True)
    print(row("median", "", "", f"{statistics.median(ratios):.2f}", "", ""))
    sums = parts(files)
    shares = ", ".join(f"{p} {100 * sums[p] / sums['total']:.1f} %" for p in PARTS)
    print(f"\nthe program on all of them: {sums['total']:.2f} s; {shares}")
    print(f"{sums['scenarios']} scenarios, {sums['states']} states, {sums['overBudget']} over budget")


if __name__ == "__main__":
    main()
