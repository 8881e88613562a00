# A folder of checks/ is a whole check: the value, its page with all headings,
# and a fixture with at least one leaking function and one clean twin.

import os
import re

from sources import end, lines

PARTS = ("Check.cpp", "doc.md", "test.cpp")
ID = re.compile(r"^[a-z]+(-[a-z]+)*$")
LEAKING = re.compile(r"\b\w+Bad\w*\s*\(")
CLEAN = re.compile(r"\b\w+Ok\w*\s*\(")


def in_check(root, name):
    folder = f"checks/{name}"
    absent = [p for p in PARTS if not os.path.exists(os.path.join(root, folder, p))]
    if absent:
        return [f"{folder}: has no {part}" for part in absent]
    value, page, fixture = ("\n".join(lines(root, f"{folder}/{part}")) for part in PARTS)
    out = []
    if not ID.match(name):
        out.append(f"{folder}: an id is lower case words with '-' between")
    if f'"{name}"' not in value:
        out.append(f"{folder}/Check.cpp: its Id is not the folder's name")
    headings = set(re.findall(r"^#+ (.+)$", page, re.MULTILINE))
    for wanted in ("Flagged", "Fine", "How to fix", "Limits"):
        if wanted not in headings:
            out.append(f"{folder}/doc.md: no heading '{wanted}'")
    if "RUN: %verify" not in fixture:
        out.append(f"{folder}/test.cpp: is not run through %verify")
    if not LEAKING.search(fixture) or not CLEAN.search(fixture):
        out.append(f"{folder}/test.cpp: needs functions in pairs, ...Bad and ...Ok")
    return out


def violations(root):
    where = os.path.join(root, "checks")
    names = sorted(n for n in os.listdir(where) if os.path.isdir(os.path.join(where, n)))
    return [broken for name in names for broken in in_check(root, name)]


if __name__ == "__main__":
    end(violations)
