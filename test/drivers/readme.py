# readme.py [--write] PROGRAM README: what the README shows as the program's
# answer to its example is what the program says now. `./dev docs` writes it.

import difflib
import os
import re
import subprocess
import sys
import tempfile

EXAMPLE = re.compile(r"(<!-- example -->.*?```cpp\n)(.*?)(```.*?```text\n)(.*?)(```)", re.DOTALL)
NAME = re.compile(r"^// (\S+\.cpp)$", re.MULTILINE)


def answer(program, code):
    name = NAME.search(code)[1]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(code)
        run = subprocess.run([program, "--quiet", name, "--", "-std=c++20"], cwd=folder,
                             capture_output=True, text=True)
    return f"$ taskleak {name} -- -std=c++20\n{run.stdout}{run.stderr}"


def main():
    write = sys.argv[1] == "--write"
    program, readme = sys.argv[-2:]
    with open(readme, encoding="utf-8") as f:
        text = f.read()
    found = EXAMPLE.search(text)
    if not found:
        sys.exit(f"{readme}: has no example between its marks")
    shown, said = found[4], answer(os.path.realpath(program), found[2])
    if shown == said:
        return
    if not write:
        sys.stdout.writelines(difflib.unified_diff(shown.splitlines(True), said.splitlines(True), "README", "now"))
        sys.exit("the README's example is stale, run './dev docs'")
    with open(readme, "w", encoding="utf-8") as f:
        f.write(text[:found.start(4)] + said + text[found.end(4):])


if __name__ == "__main__":
    main()
