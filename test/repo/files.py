# What holds for each file: it opens by saying what it is for, it is short, its
# names say something, and it leaves no unfinished business behind.

import os
import re

from sources import CODE, end, files, lines

LONGEST = {".h": 150}
LONGEST_ELSE = 300
# Longer ones, each with its reason.
LONGER = {
    # One class each, whose members are defined in a file for each idea.
    "lib/explore/Machine.h": 235,
    "lib/lower/FunctionLowering.h": 305,
}
# A few lines of build commands speak for themselves.
SHORT_LIST = 12

COMMENT = re.compile(r"""^\s*(//|#(?!\s*(include|define|pragma|if))|/\*|['"]{3})""")
EMPTY_NAME = re.compile(r"(Manager|Helper|Util|Utils|Common|Misc|Base|Impl)$")
DECLARED = re.compile(r"^\s*(?:template\s*<.*>\s*)?(?:class|struct|enum class|namespace)\s+([A-Z]\w*)\s*(?:final\s*)?[:{]")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
OTHERS_NAMES = "test/corpus/standins/"  # They keep the names of the libraries they stand for.
OURS = ("test/repo/files.py", "test/repo/selftest.py")  # These have to spell the words.


def opening(text):
    """How many comment lines a file opens with, a shebang and RUN lines aside."""
    text = [l for l in text if not l.startswith("#!") and "RUN:" not in l and "REQUIRES:" not in l]
    count = 0
    while count < len(text) and COMMENT.match(text[count]):
        count += 1
    return count


def in_file(path, text):
    stem, ending = os.path.splitext(os.path.basename(path))
    is_short_list = path.endswith("CMakeLists.txt") and len(text) <= SHORT_LIST
    if not opening(text) and not is_short_list:
        yield f"{path}: opens without saying what it is for"
    longest = LONGER.get(path, LONGEST.get(ending, LONGEST_ELSE))
    if len(text) > longest:
        yield f"{path}: {len(text)} lines, {longest} at most: split it by idea"
    if EMPTY_NAME.search(stem) and not path.startswith("examples/"):
        yield f"{path}: the name says nothing"
    for number, line in enumerate(text, 1):
        m = DECLARED.match(line)
        if m and EMPTY_NAME.search(m[1]) and not path.startswith(OTHERS_NAMES):
            yield f"{path}:{number}: the name {m[1]} says nothing"
        if UNFINISHED.search(line) and path not in OURS:
            yield f"{path}:{number}: a known limit is a test, not a note"


def violations(root):
    out = []
    for path in files(root, *CODE, ".py", ".sh", ".in", "CMakeLists.txt", ".cmake"):
        if "/Inputs/" not in path:
            out += in_file(path, lines(root, path))
    for path in files(root, ".yaml", folders=("models",)):
        if not opening(lines(root, path)):
            out.append(f"{path}: opens without saying what it is for")
    gone = [p for p in LONGER if not os.path.exists(os.path.join(root, p))]
    return out + [f"test/repo/files.py: {p} is not there any more" for p in gone]


if __name__ == "__main__":
    end(violations)
