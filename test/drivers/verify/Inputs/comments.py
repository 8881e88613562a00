# Tests of expectations.py: what a comment allows, and what it does not.

import os
import sys
import tempfile

sys.path.insert(0, sys.argv[1])
import expectations as e

# A file's text; diagnostics as (line, level, text[, advice]); how many differences there are.
CASES = [
    ("f(); // expected-warning {{'q'}}", [(1, "warning", "send to 'q'")], 0),
    ("f(); // expected-warning {{'q'}}", [(1, "warning", "send to 'p'")], 2),
    ("f(); // expected-warning {{'q'}}", [(2, "warning", "send to 'q'")], 2),
    ("f(); // expected-warning {{'q'}}", [(1, "note", "send to 'q'")], 2),
    ("f(); // expected-warning {{'q'}}", [(1, "warning", "'q'"), (1, "warning", "'q'")], 1),
    ("f(); // expected-warning 2 {{'q'}}", [(1, "warning", "'q'"), (1, "warning", "'q'")], 0),
    ("f(); // expected-warning 0-1 {{'q'}}", [], 0),
    ("f(); // expected-warning {{'q'}} expected-note {{then}}", [(1, "warning", "'q'"), (1, "note", "then")], 0),
    ("\nf();\n// expected-note@-1 1+ {{t}}", [(2, "note", "t"), (2, "note", "tt")], 0),
    ("\nf();\n// expected-note@-1 + {{t}}", [(2, "note", "t"), (2, "note", "tt")], 0),
    ("// expected-note@+1 {{t}}\nf();", [(2, "note", "t")], 0),
    ("// expected-note@7 {{t}}", [(7, "note", "t")], 0),
    ("// expected-note@* 0+ {{}}", [(3, "note", "a"), (9, "note", "b"), (1, "warning", "c")], 1),
    ("// expected-note@* 0+ {{}}\nf(); // expected-note {{a}}", [(2, "note", "a")], 0),
    ("// expected-note@* 0+ {{}}\nf(); // expected-note {{a}}", [(3, "note", "a")], 1),
    ("f(); // expected-warning-re {{a{{[0-9]+}}.}}", [(1, "warning", "a12.")], 0),
    ("f(); // expected-warning-re {{a{{[0-9]+}}.}}", [(1, "warning", "a12!")], 2),
    ("// expected-no-diagnostics", [(1, "warning", "a")], 1),
    ("f();", [(1, "note", "help", True)], 0),
    ("f();", [(1, "note", "step", False)], 1),
]
NOT_UNDERSTOOD = ["// expected-warning", "// expected-warning@#here {{a}}", "/* expected-nonsense {{a}} */"]


def with_file(text, use):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.realpath(os.path.join(folder, "a.cpp"))
        with open(path, "w", encoding="utf-8") as f:
            f.write(text + "\n")
        return use(path)


def count(text, diagnostics):
    return with_file(text, lambda path: len(
        e.differences(e.read_all(path), [e.Diagnostic(path, *d) for d in diagnostics])))


def is_refused(text):
    try:
        with_file(text, e.read_all)
    except ValueError:
        return True
    return False


failed = [f"{text!r} with {ds}: {count(text, ds)}, not {n}" for text, ds, n in CASES if count(text, ds) != n]
failed += [f"{text!r} is not refused" for text in NOT_UNDERSTOOD if not is_refused(text)]
print(*failed, sep="\n")
sys.exit(1 if failed else 0)
