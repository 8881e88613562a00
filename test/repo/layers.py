# Layers point down only: what a file includes lies in its own layer or in one
# below, and only some layers know Clang. The picture is in docs/design.md.

import re

from sources import end, files, lines

BELOW = {
    "skeleton": (),
    "model": ("skeleton",),
    "lower": ("model", "skeleton"),
    "link": ("skeleton",),
    "flow": ("skeleton",),
    "explore": ("skeleton",),
    "finding": ("explore", "flow", "link", "skeleton"),
    "report": ("finding", "explore", "flow", "link", "skeleton"),
    "driver": ("report", "finding", "explore", "flow", "link", "lower", "model", "skeleton"),
    "checks": ("finding", "explore", "flow", "link", "skeleton"),
}
KNOWS_CLANG = {"model", "lower", "driver"}
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]')


def layer_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "lib" else parts[0]


def violation(layer, included):
    first = included.split("/")[0]
    if first == "clang-tidy":
        return "clang-tidy is for tools/tidy and tools/clangd alone"
    if first in ("clang", "clang-c") and layer not in KNOWS_CLANG:
        return f"{layer} does not know Clang"
    if first in BELOW and first != layer and first not in BELOW[layer]:
        return f"{layer} is not above {first}"
    return None


def violations(root):
    out = []
    for path in files(root, ".h", ".cpp", folders=("lib", "checks")):
        layer = layer_of(path)
        if layer not in BELOW:
            out.append(f"{path}: the layer {layer} has no place in test/repo/layers.py")
            continue
        if path.endswith("/test.cpp"):
            continue  # A user's program.
        for number, line in enumerate(lines(root, path), 1):
            m = INCLUDE.match(line)
            why = m and violation(layer, m[1])
            if why:
                out.append(f"{path}:{number}: includes {m[1]}: {why}")
    return out


if __name__ == "__main__":
    end(violations)
