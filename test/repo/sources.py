# The files that the rules about this repository look at, and how a rule ends.

import os
import sys

FOLDERS = ("lib", "checks", "tools", "include", "test", "cmake", "models", "examples")
CODE = (".h", ".cpp", ".c", ".def", ".td")


def files(root, *endings, folders=FOLDERS):
    """Paths below the root, sorted; those that end in one of the endings."""
    out = []
    for folder in folders:
        for where, below, names in os.walk(os.path.join(root, folder)):
            below[:] = [b for b in below if b not in ("build", "__pycache__")]
            out += [os.path.relpath(os.path.join(where, n), root) for n in names if n.endswith(endings)]
    return sorted(out)


def lines(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as f:
        return f.read().splitlines()


def end(rule):
    """Runs a rule on the root given on the command line."""
    broken = rule(os.path.realpath(sys.argv[1]))
    print(*broken, sep="\n")
    sys.exit(1 if broken else 0)
