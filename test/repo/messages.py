# What users read begins in lower case and has no full stop at its end: errors,
# summaries of checks, what a check says and advises.

import re

from sources import end, files, lines

SAID = re.compile(r'(?:createStringError|makeError|\.Summary\s*=|\.Message\s*=|\.Help\s*=|refuse)'
                  r'\s*\(?\s*"((?:[^"\\]|\\.)*)"(?=\s*[;,)}])')
# Names that are written so.
CAPITALS = re.compile(r"^(LLVM|SARIF|YAML|JSON|C\+\+|Clang|CMake)\b")


def wrong(text):
    if not text:
        return None
    if text[0].isupper() and not CAPITALS.match(text):
        return "begins in upper case"
    if text.endswith(".") and not text.endswith("..."):
        return "ends in a full stop"
    return None


def violations(root):
    out = []
    for path in files(root, ".cpp", ".h", folders=("lib", "checks", "tools")):
        text = "\n".join(lines(root, path))
        for m in SAID.finditer(text):
            why = wrong(m[1])
            if why:
                number = text.count("\n", 0, m.start()) + 1
                out.append(f'{path}:{number}: "{m[1]}" {why}')
    return out


if __name__ == "__main__":
    end(violations)
