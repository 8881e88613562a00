# What `cmake --install` leaves behind works from there: the language server beside
# the program and the plugin, with links to the pages that came along.
# TASKLEAK_BUILD names the build folder.

import os
import pathlib
import subprocess
import tempfile
import unittest

from workspace import Workspace, places

TEXT = """#include <latch>
void open() {
  std::latch done(1);
  done.wait();
}
"""
FOUND = [("taskleak-unfinished-wait-group", 4)]


class Installed(Workspace):
    FILES = {"open.cpp": TEXT}

    @classmethod
    def setUpClass(cls):
        where = tempfile.TemporaryDirectory()
        cls.addClassCleanup(where.cleanup)
        cls.prefix = pathlib.Path(where.name).resolve()
        build = os.path.abspath(os.environ.get("TASKLEAK_BUILD", "build"))
        subprocess.run(["cmake", "--install", build, "--prefix", cls.prefix], check=True, stdout=subprocess.DEVNULL)

    def run_here(self, *command, code=0):
        """What it says; nothing of the build folder is on its way."""
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def test_language_server(self):
        path = self.folder / "open.cpp"
        with self.editor(server=str(self.prefix / "bin/taskleak-clangd")) as editor:
            editor.open(path)
            (shown,) = editor.diagnostics(path)
        self.assertEqual(places([shown]), FOUND)
        page = pathlib.Path(shown["codeDescription"]["href"].removeprefix("file://"))
        self.assertTrue(page.is_relative_to(self.prefix), page)
        self.assertIn("# unfinished-wait-group", page.read_text(encoding="utf-8"))

    def test_server_finds_clangs_headers_from_anywhere(self):
        (link := self.folder / "linked-clangd").symlink_to(self.prefix / "bin/taskleak-clangd")
        self.write("open.cpp", "#include <stddef.h>\n" + TEXT)
        with self.editor(server=str(link)) as editor:
            editor.open(self.folder / "open.cpp")
            self.assertEqual(places(editor.diagnostics(self.folder / "open.cpp")), [(FOUND[0][0], 5)])

    def test_program(self):
        said = self.run_here(self.prefix / "bin/taskleak", "open.cpp", "--", "-std=c++20", code=1)
        self.assertIn(f"open.cpp:4:3: warning: ", said)
        self.assertIn(f"[{FOUND[0][0]}]", said)

    def test_plugin(self):
        (plugin,) = self.prefix.glob("lib*/**/libtaskleak-tidy.so")
        said = self.run_here("clang-tidy-22", f"--load={plugin}", "--checks=-*,taskleak-*", "open.cpp", "--", "-std=c++20")
        self.assertIn(f"[{FOUND[0][0]}]", said)

    def test_nothing_leads_back_to_the_build(self):
        for name in ("bin/taskleak", "bin/taskleak-clangd"):
            paths = self.run_here("readelf", "-d", self.prefix / name)
            self.assertNotIn(os.path.abspath(os.environ.get("TASKLEAK_BUILD", "build")), paths)


if __name__ == "__main__":
    unittest.main()
