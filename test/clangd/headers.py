# A file cut in two, its upper part in a header: clangd keeps headers without their
# bodies, and what is not seen must not be taken for not done. Nothing may be found in
# the lower part that is not found there in the whole.
#   SPLIT=FOLDER... python3 headers.py: all fixtures of these folders.

import os
import re
import unittest

from workspace import C_AND_CXX, ROOT, Workspace, places

FIXTURES = ROOT / "test/drivers/fixtures"
SOME = ("own/semaphore-in-heap.cpp", "own/connection-not-returned.cpp", "posix/pending-count.c",
        "posix/wrapped-event.cpp")


def chosen():
    folders = os.environ.get("SPLIT", "").split()
    if not folders:
        return [FIXTURES / name for name in SOME]
    return sorted(p for f in folders for p in (FIXTURES / f).iterdir() if p.suffix in (".c", ".cpp"))


def seams(text):
    """Where something at the outermost level has ended and no preprocessor branch is open."""
    for m in re.finditer(r"^(?:\}.*|[^\s#/].*;)\n", text, re.MULTILINE):
        above = text[:m.end()]
        ifs = len(re.findall(r"^#\s*if", above, re.MULTILINE)) - len(re.findall(r"^#\s*endif", above, re.MULTILINE))
        if above.count("{") == above.count("}") and not ifs and text[m.end():].strip():
            yield m.end()


class Headers(Workspace):
    FILES = C_AND_CXX

    def test_upper_part_in_a_header(self):
        still = 0
        with self.editor() as editor:
            for fixture in chosen():
                text = fixture.read_text(encoding="utf-8")
                path = self.folder / fixture.name
                editor.open(path, text)
                whole = set(places(editor.diagnostics(path)))
                editor.close(path)
                for i, seam in enumerate(seams(text)):
                    header = self.write(f"{fixture.name}.{i}.h", text[:seam])
                    part = self.folder / f"{fixture.stem}.{i}{fixture.suffix}"
                    gone = text[:seam].count("\n")
                    # As many lines as before, so that places stay.
                    editor.open(part, f'#include "{header.name}"\n' + "\n" * (gone - 1) + text[seam:])
                    shown = editor.diagnostics(part)
                    with self.subTest(fixture=fixture.name, line=gone):
                        self.assertFalse([d for d in shown if d["severity"] == 1], "it compiles")
                        self.assertLessEqual(set(places(shown)), whole)
                    still += len(places(shown))
                    editor.close(part)
        self.assertGreater(still, 0, "nothing is found at all")


if __name__ == "__main__":
    unittest.main()
