# Half of a file, as it is while somebody types it: every beginning of a text that ends
# at a token, and the text with one token left out. The server stays alive, says nothing
# of ours where Clang sees an error, and of a good beginning only what holds of the whole.

import re
import unittest

from workspace import C_AND_CXX, ROOT, Workspace, places

TOKEN = re.compile(r"//.*|#.*|\"(?:\\.|[^\"])*\"|\w+|\s+|[^\w\s]")
FIXTURES = ROOT / "test/drivers/fixtures"
# And how many tokens the next cut is away. The standard library's headers take their time.
TYPED = {"posix/sem-error-path.c": 1, "posix/wrapped-event.cpp": 1, "posix/stop-flag-outside-lock.c": 3,
         "std/latch-early-return.cpp": 7, "std/stop-flag-in-class.cpp": 7}
HEADER = """#pragma once
#include <semaphore.h>
struct Gate {
  sem_t open;
  ~Gate() { sem_destroy(&open); }
};
"""
USER = """#include "gate.h"
void pass() {
  Gate gate;
  sem_init(&gate.open, 0, 0);
  sem_wait(&gate.open);
}
"""


def tokens(text):
    """Where each begins, white space and comments aside."""
    return [m.start() for m in TOKEN.finditer(text) if not re.match(r"\s|//", m[0])]


def without(text, start):
    end = TOKEN.match(text, start).end()
    return text[:start] + text[end:]


def is_broken(diagnostics):
    return any(d["severity"] == 1 for d in diagnostics)


class HalfTyped(Workspace):
    FILES = C_AND_CXX

    def test_files(self):
        judged = 0
        with self.editor() as editor:
            for name, stride in TYPED.items():
                text = (FIXTURES / name).read_text(encoding="utf-8")
                path = self.folder / name.rpartition("/")[2]
                editor.open(path, text)
                whole = places(editor.diagnostics(path))
                self.assertTrue(whole, f"{name} has something to find")
                starts = tokens(text)[::stride]
                # Of the same text clangd says nothing new: of "))" either may be left out.
                for cut in dict.fromkeys((*(text[:s] for s in starts), *(without(text, s) for s in starts))):
                    editor.edit(path, cut)
                    shown = editor.diagnostics(path)
                    judged += bool(places(shown))
                    if is_broken(shown):
                        self.assertEqual(places(shown), [], f"{name}: found in\n{cut}")
                    elif text.startswith(cut):
                        self.assertLessEqual(set(places(shown)), set(whole), f"{name}: found in\n{cut}")
                editor.edit(path, text)
                self.assertEqual(places(editor.diagnostics(path)), whole)
                editor.close(path)
        self.assertGreater(judged, 20, "hardly a beginning was judged at all")

    def test_header_of_the_files_own(self):
        path = self.write("user.cpp", USER)
        for extent in (len(HEADER), *tokens(HEADER)[::3]):
            self.write("gate.h", HEADER[:extent])
            with self.subTest(HEADER[:extent]), self.editor() as editor:
                editor.open(path)
                shown = editor.diagnostics(path)
                if extent == len(HEADER):
                    self.assertEqual(places(shown), [("taskleak-unwoken-wait", 5)])
                else:
                    self.assertEqual(places(shown), [])


if __name__ == "__main__":
    unittest.main()
