# The scripts that docs/editors.md gives to editors which leave no other way,
# as these editors start them.

import os
import pathlib
import shutil
import subprocess
import unittest

from workspace import ROOT, Workspace, documented, places, rules

TEXT = """#include <latch>
int *none = 0;
void open() {
  std::latch done(1);
  done.wait();
}
"""
OURS, STOCK = "taskleak-unfinished-wait-group", "modernize-use-nullptr"
# Seen in the log of Qt Creator 9.0.2.
QT_CREATORS = ("--background-index", "--header-insertion=never", "--limit-results=100", "--limit-references=0",
               "--clang-tidy=0", "--background-index-priority=low", "--rename-file-limit=0", "--use-dirty-headers")
PLUGIN = os.path.abspath(os.path.join(os.environ.get("TASKLEAK_BUILD", "build"), "lib/libtaskleak-tidy.so"))


class Scripts(Workspace):
    FILES = {"open.cpp": TEXT}

    def script(self, heading):
        path = self.write("script", documented("docs/editors.md", "sh", heading))
        path.chmod(0o755)
        return path

    def test_qt_creator(self):
        self.write(".clang-tidy", f"Checks: '-*,{STOCK},taskleak-*'\n")
        path = self.folder / "open.cpp"
        with self.editor(*QT_CREATORS, server=str(self.script("## Qt Creator")), related=False) as editor:
            editor.open(path)
            shown = editor.diagnostics(path)
        self.assertIn(STOCK, rules(shown))
        self.assertEqual(places(shown), [(OURS, 5)])

    def test_clion(self):
        where = self.folder / ".local/lib/taskleak"
        where.mkdir(parents=True)
        for part in pathlib.Path(PLUGIN).parent.glob("libtaskleak-tidy*.so"):
            shutil.copy(part, where)
        script = self.script("## CLion")
        run = lambda *words: subprocess.run([script, *words], cwd=self.folder, env=self.environment(), check=True,
                                            capture_output=True, text=True).stdout
        self.assertIn("LLVM version 22", run("--version"))
        self.assertIn(OURS, run("--list-checks", "--checks=-*,taskleak-*"))
        self.assertIn(f"{OURS}.Evidence", run("--dump-config", "--checks=-*,taskleak-*"))
        run("-p", self.folder, f"--checks=-*,{STOCK},taskleak-*", "--export-fixes=found.yaml", self.folder / "open.cpp")
        found = (self.folder / "found.yaml").read_text(encoding="utf-8")
        self.assertIn(OURS, found)
        self.assertIn(STOCK, found)


if __name__ == "__main__":
    unittest.main()
