"""What code-scanning services require or refuse beyond the SARIF schema."""

import re
from urllib.parse import unquote

MOST_RESULTS = 5000        # GitLab and GitHub show no more
MOST_BYTES = 10 << 20
MOST_TAGS = 10
LONGEST_MESSAGE = 2000     # GitLab drops longer ones
LONGEST_DESCRIPTION = 1024
MOST_STEPS = 1000
NUMBERS = ("startLine", "startColumn", "endLine", "endColumn")


def rule_problems(rule):
    for key in ("shortDescription", "fullDescription"):
        if not 0 < len(rule[key]["text"]) <= LONGEST_DESCRIPTION:
            yield f"{rule['id']}: {key} is empty or too long"
    for key in ("text", "markdown"):
        if not rule["help"][key].strip():
            yield f"{rule['id']}: help has no {key}"
    if not re.fullmatch(r"taskleak-[a-z-]+", rule["id"]) or not re.fullmatch(r"([A-Z][a-z]+)+", rule["name"]):
        yield f"{rule['id']}: unusual id or name {rule['name']}"
    if len(rule["properties"]["tags"]) > MOST_TAGS:
        yield f"{rule['id']}: too many tags"
    if "security-severity" in rule["properties"]:
        yield f"{rule['id']}: is no security rule"


def location_problems(physical, root):
    uri = physical["artifactLocation"]["uri"]
    if re.match(r"[a-z]+:|/|\.\.|\./", uri):
        yield f"{uri}: not relative to the root"
    elif not (root / unquote(uri)).is_file():
        yield f"{uri}: no such file"
    region = physical.get("region", {})
    if any(region.get(number, 0) < 1 for number in NUMBERS):
        yield f"{uri}: a region without its four numbers: {region}"


def flow_problems(result):
    for flow in result.get("codeFlows", []):
        orders = [[step["executionOrder"] for step in thread["locations"]] for thread in flow["threadFlows"]]
        ids = [thread["id"] for thread in flow["threadFlows"]]
        if any(order != sorted(order) for order in orders):
            yield f"a thread's steps are not in schedule order: {orders}"
        together = sorted(number for order in orders for number in order)
        if len(set(together)) != len(together) or not together:
            yield f"two steps at one place in the schedule: {together}"
        if len(set(ids)) != len(ids):
            yield f"one task in two thread flows: {ids}"
        if len(together) > MOST_STEPS:
            yield "too many steps"


def result_problems(result, root):
    text = result["message"]["text"]
    if not 0 < len(text.encode()) <= LONGEST_MESSAGE:
        yield f"message is empty or too long: {text[:80]}"
    linked = {int(number) for number in re.findall(r"(?<!\\)\]\((\d+)\)", text)}
    listed = {related["id"] for related in result.get("relatedLocations", [])}
    if linked != listed:
        yield f"links {linked} but relates {listed}"
    if len(result["locations"]) != 1:
        yield "not exactly one location"
    primary = result["locations"][0]["physicalLocation"]
    if primary["region"]["startLine"] != primary["region"]["endLine"]:
        yield "primary region over several lines: pull requests would not show it"
    if "snippet" not in primary["region"] or "snippet" not in primary["contextRegion"]:
        yield "no snippet or context"
    steps = [step["location"] for flow in result.get("codeFlows", []) for thread in flow["threadFlows"]
             for step in thread["locations"]]
    for location in result["locations"] + result.get("relatedLocations", []) + steps:
        yield from location_problems(location["physicalLocation"], root)
    if not re.fullmatch(r"[0-9a-f]{1,16}:\d+", result["partialFingerprints"]["primaryLocationLineHash"]):
        yield "no line hash"
    if result["level"] != {"proven": "error", "likely": "warning", "possible": "note"}[result["properties"]["evidence"]]:
        yield f"level {result['level']} for {result['properties']['evidence']}"
    yield from flow_problems(result)


def problems(log, root, size):
    """All complaints about a parsed log of a project at root."""
    found = []
    if len(log["runs"]) != 1 or size > MOST_BYTES or str(root.parent) in str(log):
        found.append("not one run, or too large, or names a folder of this machine")
    run = log["runs"][0]
    if run["invocations"][0]["executionSuccessful"] is not True:
        found.append("a failed unit must not make the run a failed one")
    if len(run["invocations"][0]["toolExecutionNotifications"]) != 1:
        found.append("the unit that does not compile is not told")
    if len(run["results"]) > MOST_RESULTS:
        found.append("too many results")
    rules = run["tool"]["driver"]["rules"]
    for rule in rules:
        found += rule_problems(rule)
    own = [result["partialFingerprints"]["taskleak/v1"] for result in run["results"]]
    if len(set(own)) != len(own):
        found.append(f"fingerprints are not unique: {own}")
    for result in run["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            found.append(f"ruleIndex of {result['ruleId']}")
        found += [f"{result['ruleId']}: {text}" for text in result_problems(result, root)]
    return found
