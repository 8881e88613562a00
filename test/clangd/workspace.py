# A test of the server: a folder of its own with the files that it is about, and no
# project's configuration but theirs. TASKLEAK_CLANGD names the server.

import contextlib
import os
import pathlib
import tempfile
import unittest

from lsp import Editor

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVER = os.path.abspath(os.environ.get("TASKLEAK_CLANGD", "build/bin/taskleak-clangd"))

# Files for a workspace with both languages.
C_AND_CXX = {"compile_flags.txt": "", ".clangd": "If: {PathMatch: '.*\\.cpp'}\nCompileFlags: {Add: [-std=c++20]}\n"}


class Workspace(unittest.TestCase):
    FILES = {}  # Written before each test.

    def setUp(self):
        folder = contextlib.ExitStack()
        self.addCleanup(folder.close)
        self.folder = pathlib.Path(folder.enter_context(tempfile.TemporaryDirectory())).resolve()
        self.write("compile_flags.txt", "-std=c++20\n")
        # The user's own: an index would only take time.
        self.write(".config/clangd/config.yaml", "Index: {StandardLibrary: No, Background: Skip}\n")
        for name, text in self.FILES.items():
            self.write(name, text)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def environment(self):
        """The test's folder is the user's home, and the server is on the path."""
        homes = {"HOME": "", "XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache", "XDG_DATA_HOME": ".data",
                 "XDG_STATE_HOME": ".state"}
        path = os.pathsep.join([os.path.dirname(SERVER), os.environ["PATH"]])
        return {**os.environ, **{name: str(self.folder / home) for name, home in homes.items()}, "PATH": path}

    def editor(self, *flags, server=SERVER, related=True):
        return Editor([server, *flags], str(self.folder), related, self.environment())

    def shown(self, name, *flags):
        """What a server started for this alone shows for one file."""
        with self.editor(*flags) as editor:
            editor.open(self.folder / name)
            return editor.diagnostics(self.folder / name)


def documented(page, language, heading):
    """What a page tells its reader to paste: the first block of that language under the heading."""
    text = (ROOT / page).read_text(encoding="utf-8")
    section = text[text.index(f"\n{heading}\n"):]
    return section.split(f"```{language}\n", 1)[1].split("```", 1)[0]


def rules(diagnostics):
    return sorted(str(d.get("code")) for d in diagnostics)


def places(diagnostics):
    """Rule and line, counted from 1, of what our checks found."""
    return sorted((d["code"], d["range"]["start"]["line"] + 1) for d in diagnostics
                  if str(d.get("code")).startswith("taskleak-"))


def line_of(text, words):
    return text[:text.index(words)].count("\n") + 1
