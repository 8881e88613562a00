# What a corpus program says about itself in its comments.
#   // pattern: notify_one for several waiters       what kind of leak it is, once
#   wait(lock); // stuck: unwoken-wait                a task can be stuck here; the checks that may say so
#   notify_one(); // cause                            why
# Marks in code that only the clean form has do not count.

import pathlib
import re

MARK = re.compile(r"//\s*(?:stuck:\s*(?P<checks>[a-z-]+(?:,\s*[a-z-]+)*)|(?P<cause>cause))\b")
PATTERN = re.compile(r"^// pattern: (.+)$", re.M)
STAND_INS = "standins"


class Program:
    def __init__(self, root, path):
        text = path.read_text(encoding="utf-8")
        relative = path.relative_to(root)
        self.path = path
        self.library = relative.parent.name
        self.name = path.stem
        # Those for libraries that cannot be installed are only compiled.
        self.is_run = relative.parts[0] != STAND_INS
        found = PATTERN.search(text)
        self.pattern = found[1].strip() if found else ""
        self.marks = {}  # line -> checks that may report there; empty: any of the program's
        for number, line in leaking_lines(text):
            for mark in MARK.finditer(line):
                self.marks[number] = re.split(r",\s*", mark["checks"]) if mark["checks"] else []

    def checks(self):
        return sorted({check for checks in self.marks.values() for check in checks})

    def problems(self):
        if not self.pattern:
            yield "has no `// pattern:` line"
        if not self.checks():
            yield "marks no line with `// stuck: CHECK`"

    def accepts(self, line, check):
        return line in self.marks and check in (self.marks[line] or self.checks())


def leaking_lines(text):
    """Numbered lines that the leaking form has: those not behind #ifndef LEAKING or its #else."""
    hidden = []
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip()
        if word.startswith("#if"):
            hidden.append((word.startswith("#ifndef LEAKING"), "LEAKING" in word))
        elif word.startswith("#else") and hidden and hidden[-1][1]:
            hidden[-1] = (not hidden[-1][0], True)
        elif word.startswith("#endif") and hidden:
            hidden.pop()
        elif not any(is_hidden for is_hidden, _ in hidden):
            yield number, line


def programs(root, word=""):
    """Those below `root` whose library/name has `word` in it."""
    root = pathlib.Path(root)
    found = sorted([*root.glob("*/*.cpp"), *root.glob("*/*.c"), *root.glob(f"{STAND_INS}/*/*.cpp"),
                    *root.glob(f"{STAND_INS}/*/*.c")])
    every = [Program(root, path) for path in found if path.name != "CMakeLists.txt"]
    return [p for p in every if word in f"{p.library}/{p.name}"]
