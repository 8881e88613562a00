# What taskleak-clangd relies on in clangd, each by its effect. tools/clangd/Pins.cmake
# looks at names; only here does it show whether the types written by hand fit.

import pathlib
import subprocess
import unittest

from workspace import SERVER, Workspace, rules

TEXT = """#include <latch>
int *none = 0;
void open() {
  std::latch done(1);
  done.wait();
}
"""
OURS, STOCK = "taskleak-unfinished-wait-group", "modernize-use-nullptr"


class Recipe(Workspace):
    FILES = {"open.cpp": TEXT}

    def test_fast_checks(self):
        self.write(".clang-tidy", f"Checks: '-*,{STOCK},taskleak-*'\n")
        shown = rules(self.shown("open.cpp"))
        why = f"tools/clangd/FastChecks.cpp: clangd shows {shown}; it asks isFastTidyCheck otherwise than before, " \
              "or wants something else of it than an optional<bool>"
        self.assertEqual(shown, [STOCK, OURS], why)

    def test_default_checks(self):
        self.write("unused.cpp", TEXT + "namespace one { int two; }\nusing one::two;\n")
        shown = rules(self.shown("unused.cpp"))
        why = f"tools/clangd/DefaultChecks.cpp: without a configuration clangd shows {shown}; provideDefaultChecks " \
              "does not bring its list and ours any more"
        self.assertEqual(shown, ["misc-unused-using-decls", OURS], why)

    def test_page_links(self):
        self.write(".clang-tidy", f"Checks: '-*,{STOCK},taskleak-*'\n")
        links = {d["code"]: d.get("codeDescription", {}).get("href", "") for d in self.shown("open.cpp")}
        why = f"tools/clangd/PageLinks.cpp: the links are {links}; toJSON(PublishDiagnosticsParams) makes them " \
              "otherwise than before"
        self.assertTrue(links[STOCK].startswith("https://clang.llvm.org/"), why)
        self.assertTrue(links[OURS].startswith("file:///"), why)
        page = pathlib.Path(links[OURS].removeprefix("file://"))
        self.assertIn("# unfinished-wait-group", page.read_text(encoding="utf-8"))

    def test_version(self):
        said = subprocess.run([SERVER, "--version"], capture_output=True, text=True, check=True).stdout
        why = f"tools/clangd/Version.cpp: it says {said!r}; versionString is used otherwise than before"
        self.assertRegex(said, r"^taskleak-clangd \d+\.\d+\.\d+, .*clangd version 22\.1\.", why)
        with self.editor() as editor:
            self.assertIn("taskleak-clangd", editor.greeting["serverInfo"]["version"], why)

    def test_no_remote_index(self):
        libraries = subprocess.run(["ldd", SERVER], capture_output=True, text=True, check=True).stdout
        self.assertNotRegex(libraries, "grpc|protobuf")
        with self.editor("--remote-index-address=localhost:1", f"--project-root={self.folder}") as editor:
            editor.open(self.folder / "open.cpp")
            self.assertEqual(rules(editor.diagnostics(self.folder / "open.cpp")), [OURS])
            editor.request("workspace/symbol", {"query": "open"})
        self.assertIn("has no remote index", (self.folder / "server.log").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
