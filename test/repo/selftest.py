# Each rule sees what it is for: it complains about a small tree that breaks it
# once, and about nothing in the same tree when it is mended.

import os
import sys
import tempfile

import checks
import files
import layers
import messages

GOOD_CHECK = '// A fault.\nconst Check Some = {.Id = "some", .Summary = "waits for nobody"};\n'
PAGE = "# some\n## Flagged\n## Fine\n## How to fix\n## Limits\n"
FIXTURE = "// RUN: %verify %s\n// Waits for nobody.\nvoid leakBad() {}\nvoid leakOk() {}\n"

# A rule, a file, contents that break it, contents that do not.
CASES = [
    (layers, "lib/flow/A.cpp", '// A.\n#include "lower/Lower.h"\n', '// A.\n#include "skeleton/Skeleton.h"\n'),
    (layers, "lib/explore/A.h", "// A.\n#include <clang/AST/AST.h>\n", "// A.\n#include <vector>\n"),
    (layers, "checks/some/Check.cpp", '// A.\n#include "report/Sarif.h"\n', '// A.\n#include "finding/Check.h"\n'),
    (layers, "lib/driver/A.cpp", '// A.\n#include "clang-tidy/ClangTidy.h"\n', '// A.\n#include "report/Text.h"\n'),
    (layers, "lib/elsewhere/A.cpp", "// A.\n", None),
    (files, "lib/flow/A.cpp", "int x;\n", "// What x is for.\nint x;\n"),
    (files, "lib/flow/A.cpp", "// A.\n" + "int x;\n" * 300, "// A.\n" + "int x;\n" * 299),
    (files, "lib/flow/A.h", "// A.\n" + "int x;\n" * 150, "// A.\n" + "int x;\n" * 149),
    (files, "lib/flow/PathUtils.h", "// A.\n", None),
    (files, "lib/flow/A.h", "// A.\nclass PathManager {\n", "// A.\nclass Paths {\n"),
    (files, "lib/flow/A.h", "// A.\n// TODO: more\n", "// A.\n// No more than that.\n"),
    (files, "models/a.yaml", "library: a\n", "# A.\nlibrary: a\n"),
    (checks, "checks/some/doc.md", PAGE.replace("## Fine\n", ""), PAGE),
    (checks, "checks/some/test.cpp", FIXTURE.replace("leakOk", "leakNot"), FIXTURE),
    (checks, "checks/some/Check.cpp", GOOD_CHECK.replace('"some"', '"other"'), GOOD_CHECK),
    (messages, "checks/some/Check.cpp", GOOD_CHECK.replace("waits", "Waits"), GOOD_CHECK),
    (messages, "lib/flow/A.cpp", '// A.\ncreateStringError("no such file.");\n',
     '// A.\ncreateStringError("no such file");\n'),
]


def write(root, path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as f:
        f.write(text)


def complaints(rule, path, text):
    with tempfile.TemporaryDirectory() as root:
        for part, good in (("Check.cpp", GOOD_CHECK), ("doc.md", PAGE), ("test.cpp", FIXTURE)):
            write(root, f"checks/some/{part}", good)
        write(root, path, text)
        return rule.violations(root)


def main():
    failed = False
    files.LONGER.clear()  # The small trees have none of these.
    for rule, path, bad, good in CASES:
        if len(complaints(rule, path, bad)) != 1:
            print(f"{rule.__name__}: does not see what is wrong with {path}: {bad!r:.60}")
            failed = True
        if good is not None and complaints(rule, path, good):
            print(f"{rule.__name__}: complains about a good {path}: {good!r:.60}")
            failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
