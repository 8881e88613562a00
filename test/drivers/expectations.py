# Reads expected-* comments as Clang's own verifier does, and holds a list of
# diagnostics against them. Strict: what is not expected fails, and so does a
# comment that this reader does not understand.
#   wait(); // expected-warning {{'done'}}
#   // expected-note@+1 0+ {{}}

import os
import re
from dataclasses import dataclass, field

DIRECTIVE = re.compile(
    r"expected-(?P<level>error|warning|note|remark)(?P<regex>-re)?"
    r"(?:@(?P<line>\*|[+-]?\d+))?"
    r"(?:\s+(?P<count>\d+\+|\d+-\d+|\d+|\+))?"
    r"\s*\{\{(?P<text>(?:\{\{.*?\}\}|(?!\}\}).)*)\}\}"
)
MENTION = re.compile(r"(?://|/\*|\*|\})\s*expected-(?!no-diagnostics)[a-z]+")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


@dataclass
class Diagnostic:
    file: str
    line: int
    level: str
    text: str
    # A note that says more about a warning than its own schedule does.
    advice: bool = False

    def __str__(self):
        return f"{self.file}:{self.line}: {self.level}: {self.text}"


@dataclass
class Expectation:
    file: str
    line: int  # 0: any line of any file
    level: str
    text: str
    least: int
    most: float
    pattern: re.Pattern = field(repr=False)
    seen: int = 0

    def matches(self, d):
        here = self.line == 0 or (self.file == d.file and self.line == d.line)
        return here and self.level == d.level and self.pattern.search(d.text) is not None

    def __str__(self):
        where = "any line" if self.line == 0 else f"line {self.line}"
        return f"{self.file}: {where}: {self.level}: {self.text} (expected {self.least}, seen {self.seen})"


def counts(text):
    """The least and the most number of times that a directive's count allows."""
    if not text:
        return 1, 1
    if text == "+":
        return 1, float("inf")
    if text.endswith("+"):
        return int(text[:-1]), float("inf")
    least, _, most = text.partition("-")
    return int(least), int(most or least)


def pattern(text, is_regex):
    if not is_regex:
        return re.compile(re.escape(text))
    # Within expected-*-re, only what stands in {{}} is an expression.
    parts = re.split(r"\{\{(.*?)\}\}", text)
    return re.compile("".join(p if i % 2 else re.escape(p) for i, p in enumerate(parts)))


def line_of(directive, here):
    at = directive["line"]
    if at == "*":
        return 0
    if at is None:
        return here
    return here + int(at) if at[0] in "+-" else int(at)


def read_file(path):
    """The expectations in one file."""
    out = []
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            found = list(DIRECTIVE.finditer(line))
            if len(MENTION.findall(line)) > len(found):
                raise ValueError(f"{path}:{number}: this expectation is not understood")
            for d in found:
                least, most = counts(d["count"])
                out.append(Expectation(path, line_of(d, number), d["level"], d["text"], least, most,
                                       pattern(d["text"], d["regex"])))
    return out


def read_all(path, seen=None):
    """The expectations of a file and of what it includes from beside itself."""
    seen = set() if seen is None else seen
    path = os.path.realpath(path)
    if path in seen or not os.path.exists(path):
        return []
    seen.add(path)
    out = read_file(path)
    with open(path, encoding="utf-8") as f:
        for name in INCLUDE.findall(f.read()):
            out += read_all(os.path.join(os.path.dirname(path), name), seen)
    return out


def differences(expectations, diagnostics):
    """What is there too much and what is missing, as lines of text."""
    out = []
    for d in diagnostics:
        # One that is still wanted comes before one that merely allows.
        fitting = sorted((e for e in expectations if e.seen < e.most and e.matches(d)),
                         key=lambda e: e.seen >= e.least)
        if fitting:
            fitting[0].seen += 1
        elif not d.advice:
            out.append(f"not expected: {d}")
    out += [f"missing: {e}" for e in expectations if e.seen < e.least]
    return out
