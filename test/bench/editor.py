# What taskleak-clangd costs beside the clangd that it is made of, both with clangd's
# own default checks: the time from an edit to its diagnostics, and memory. Both
# servers have the file open and take turns, edit by edit; medians over all edits. How the
# memory of a process happens to lie makes some per cent, so several pairs are started for
# each file, and the pair with the median ratio is told.
#   ./dev bench --editor [--edits=N] [--pairs=N] [FILE...]

import argparse
import os
import pathlib
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "clangd"))
from lsp import Editor

BOOST = "/usr/share/doc/libboost1.81-doc/examples/libs/asio/example"
FILES = (
    f"{BOOST}/cpp20/coroutines/chat_server.cpp",
    "test/drivers/fixtures/asio/select-without-cancel.cpp",
    "examples/order-service/main.cpp",
    "test/drivers/fixtures/std/main-with-statics.cpp",
)
STOCK, OURS = "clangd-22", "build/bin/taskleak-clangd"
WARM_UP = 3
# For both: the same flags, and no index that works meanwhile.
CONFIG = """CompileFlags: {Add: [-std=c++20], CompilationDatabase: None}
Index: {StandardLibrary: No, Background: Skip}
"""


def server(command, folder, file):
    home = pathlib.Path(tempfile.mkdtemp(dir=folder))
    (home / "clangd").mkdir()
    (home / "clangd/config.yaml").write_text(CONFIG, encoding="utf-8")
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    editor = Editor([os.path.abspath(command) if "/" in command else command, "--background-index=false"],
                    str(home), environment=environment)
    editor.open(file)
    editor.diagnostics(file)
    return editor


def memory(editor):
    """MB now, and at most so far."""
    lines = pathlib.Path(f"/proc/{editor.server.pid}/status").read_text(encoding="utf-8").splitlines()
    sizes = dict(line.split(":", 1) for line in lines)
    return [int(sizes[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM")]


def edit(editor, file, text):
    """Milliseconds from the edit to its diagnostics: of the clock, and of the server's threads."""
    began, ran = time.perf_counter(), editor.processor_seconds()
    editor.edit(file, text)
    editor.diagnostics(file)
    return (time.perf_counter() - began) * 1e3, (editor.processor_seconds() - ran) * 1e3


def measure(file, edits):
    """For each server the medians of time and CPU time, and its memory."""
    text = pathlib.Path(file).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        both = [server(command, folder, file) for command in (STOCK, OURS)]
        seen = ([], [])
        for turn in range(WARM_UP + edits):
            for side in (0, 1) if turn % 2 else (1, 0):
                one = edit(both[side], file, f"{text}\nint edited{turn}() {{ return {turn}; }}\n")
                if turn >= WARM_UP:
                    seen[side].append(one)
        sizes = [memory(editor) for editor in both]
        for editor in both:
            with editor:
                pass
    return [[*(statistics.median(column) for column in zip(*seen[side])), *sizes[side]] for side in (0, 1)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=20, help="with each pair of servers")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    row = "{:40}" + " {:>9} {:>9} {:>6}" * 3
    print(row.format("file", "clangd ms", "ours ms", "ratio", "cpu ms", "ours", "ratio", "peak MB", "ours", "ratio"))
    columns = []
    for file in args.files or FILES:
        pairs = [measure(os.path.abspath(file), args.edits) for _ in range(args.pairs)]
        stock, ours = sorted(pairs, key=lambda pair: pair[1][0] / pair[0][0])[len(pairs) // 2]
        cells, ratios = [], []
        for what in (0, 1, 3):
            ratios.append(ours[what] / stock[what])
            cells += [f"{stock[what]:.1f}", f"{ours[what]:.1f}", f"{ratios[-1]:.3f}"]
        columns.append(ratios)
        print(row.format(file[-40:], *cells), flush=True)
    medians = [f"{statistics.median(column):.3f}" for column in zip(*columns)]
    print(row.format("median", *(cell for m in medians for cell in ("", "", m))))


if __name__ == "__main__":
    main()
