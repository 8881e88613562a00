# The corpus in figures: the table that `./dev corpus` prints, and docs/accuracy.md,
# which a test holds against what was seen.

import collections

LEAST_RECALL, LEAST_PROVEN = 0.95, 0.80


def share(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else "-"


def counts(results):
    out = collections.Counter()
    for r in results:
        out["pairs"] += 1
        out["run"] += r.program.is_run
        out["as said"] += r.program.is_run and not r.truth_is_broken()
        out["found"] += bool(r.found())
        out["proven"] += r.is_proven()
        out["elsewhere"] += len(r.strays())
        out["clean"] += len(r.findings["clean"])
    return out


def by_library(results):
    groups = collections.defaultdict(list)
    for r in results:
        groups[r.program.library].append(r)
    return sorted(groups.items())


HEADINGS = ("programs", "pairs", "run, as said", "found", "recall", "proven", "elsewhere", "reports on clean")


def row(name, c):
    return (name, c["pairs"], f"{c['as said']} of {c['run']}" if c["run"] else "not run", c["found"],
            share(c["found"], c["pairs"]), share(c["proven"], c["found"]), c["elsewhere"], c["clean"])


def rows(results):
    return [row(library, counts(group)) for library, group in by_library(results)] + [row("all", counts(results))]


def budget_line(figures):
    return f"{sum(f['overBudget'] for f in figures)} scenarios over budget"


def table(results, figures):
    cells = [HEADINGS, *[tuple(str(c) for c in r) for r in rows(results)]]
    widths = [max(len(r[i]) for r in cells) for i in range(len(HEADINGS))]
    lines = ["  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(r, widths)))
             for r in cells]
    return "\n".join([*lines, budget_line(figures)])


def markdown(headings, body):
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for r in body:
        yield "| " + " | ".join(str(c) for c in r) + " |"


def outcome(r):
    if not r.found():
        return "missed"
    return "proven" if r.is_proven() else min(r.found(), key=lambda f: f.line).evidence


def page(results, figures):
    lines = ["# Accuracy", "",
             "How the analyzer does on the programs of [test/corpus/programs](../test/corpus/programs). Each is a small program in two",
             "forms, one that leaks a task and one that does not, as close to each other as can be. Both forms are run, and an oracle",
             "in the program counts the tasks that are still alive when all should be over; a leak that is a race is given a few tries to",
             "happen. Programs for libraries that cannot be",
             "installed are only compiled, against headers with the real names and signatures, and say *not run*. A leak counts as",
             "found if the finding stands on a line that the program marks as a place where a task is stuck, or as the cause.",
             "*Elsewhere* counts findings on other lines. `./dev corpus` writes this page, and a test fails when it is not true.", ""]
    lines += [*markdown(HEADINGS, rows(results)), "", budget_line(figures) + ".", "", "## Each program", ""]
    body = [(f"{r.program.library}/{r.program.name}", r.program.pattern, ", ".join(r.program.checks()), outcome(r))
            for r in results]
    return "\n".join([*lines, *markdown(("program", "what leaks", "checks", "found"), body)]) + "\n"


def falls_short(results):
    c = counts(results)
    if c["found"] < LEAST_RECALL * c["pairs"]:
        yield f"recall is below {share(LEAST_RECALL, 1)}"
    if c["proven"] < LEAST_PROVEN * c["found"]:
        yield f"fewer than {share(LEAST_PROVEN, 1)} of what is found is proven"
    if c["clean"]:
        yield "a clean form is reported"
    if c["as said"] != c["run"]:
        yield "a program does not do what it says when it is run"


def settle(results, figures, options):
    """Writes or checks the page; the exit code."""
    failures = list(falls_short(results)) if not options.only else []
    if options.write:
        options.write.write_text(page(results, figures), encoding="utf-8")
    if options.check and options.check.read_text(encoding="utf-8") != page(results, figures):
        failures.append(f"{options.check.name} does not say what was seen: ./dev corpus writes it")
    for f in failures:
        print(f"corpus: {f}")
    return 1 if failures else 0
