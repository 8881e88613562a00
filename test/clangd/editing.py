# A day at the editor: a fault typed in and mended, several files open at a time, a
# header, a file that no compile command knows, requests taken back, the end.

import json
import unittest

from lsp import uri
from workspace import Workspace, line_of, places

LEAK = """#include <semaphore.h>
void open() {
  sem_t done;
  sem_init(&done, 0, 0);
  sem_wait(&done);
  sem_destroy(&done);
}
"""
MENDED = LEAK.replace("0, 0", "0, 1")
FOUND = [("taskleak-unwoken-wait", line_of(LEAK, "sem_wait"))]
# More work for the explorer than a moment's.
LONG = """#include <condition_variable>
#include <mutex>
#include <thread>
void stir() {
  std::mutex lock;
  std::condition_variable turned;
  int turn = 0;
  auto run = [&](int me) {
    for (int i = 0; i < 4; ++i) {
      std::unique_lock held(lock);
      turned.wait(held, [&] { return turn == me; });
      turn = (turn + 1) % 4;
      turned.notify_all();
    }
  };
  std::thread a(run, 0), b(run, 1), c(run, 2), d(run, 3);
  a.join(), b.join(), c.join(), d.join();
}
"""


class Editing(Workspace):
    FILES = {"open.cpp": LEAK, "other.cpp": MENDED, "long.cpp": LONG}

    def test_mending_and_back(self):
        path = self.folder / "open.cpp"
        with self.editor() as editor:
            editor.open(path)
            self.assertEqual(places(editor.diagnostics(path)), FOUND)
            for _ in range(2):
                editor.edit(path, MENDED)
                self.assertEqual(places(editor.diagnostics(path)), [])
                editor.edit(path, "\n" + LEAK)
                self.assertEqual(places(editor.diagnostics(path)), [(FOUND[0][0], FOUND[0][1] + 1)])

    def test_several_files_at_a_time(self):
        # Each keeps to itself, whatever the others do meanwhile.
        names = [f"part{i}.cpp" for i in range(6)]
        with self.editor("-j=4") as editor:
            for round in range(3):
                for i, name in enumerate(names):
                    text = "\n" * i + (LEAK if (i + round) % 2 else MENDED)
                    if round:
                        editor.edit(self.folder / name, text)
                    else:
                        editor.open(self.folder / name, text)
                for i, name in enumerate(names):
                    wanted = [(FOUND[0][0], FOUND[0][1] + i)] if (i + round) % 2 else []
                    self.assertEqual(places(editor.diagnostics(self.folder / name)), wanted, (name, round))

    def test_two_views_of_one_name(self):
        # Closed and opened again it is a new file, even if the old one's work is under way.
        path = self.folder / "other.cpp"
        with self.editor() as editor:
            editor.open(path, LEAK)
            editor.close(path)
            editor.open(path, MENDED)
            self.assertEqual(places(editor.diagnostics(path)), [])

    def test_header(self):
        text = "#pragma once\n" + LEAK.replace("void open", "inline void open")
        path = self.write("open.h", text)
        user = self.write("user.cpp", '#include "open.h"\nvoid use() { open(); }\n')
        command = {"directory": str(self.folder), "file": str(user), "command": f"c++ -std=c++20 {user}"}
        self.write("compile_commands.json", json.dumps([command]))
        with self.editor() as editor:
            editor.open(path)
            self.assertEqual(places(editor.diagnostics(path)), [(FOUND[0][0], line_of(text, "sem_wait"))])
            # It is shown where it is, not in every file that includes it.
            editor.open(user)
            self.assertEqual(places(editor.diagnostics(user)), [])

    def test_without_a_compile_command(self):
        (self.folder / "compile_flags.txt").unlink()
        path = self.write("single.c", LEAK)
        self.assertEqual(places(self.shown(path)), FOUND)

    def test_outdated_text(self):
        # Typed faster than it can be analysed: the last word counts.
        path = self.folder / "long.cpp"
        with self.editor() as editor:
            editor.open(path, LONG)
            for i in range(8):
                editor.edit(path, LONG + f"int typed{i};\n", at_once=False)
            editor.edit(path, LEAK, at_once=False)
            self.assertEqual(places(editor.diagnostics(path)), FOUND)

    def test_bound_on_the_work(self):
        # Each of these costs the explorer what it may have, and together they would take it seconds. An edit
        # meanwhile is not kept waiting for that, and what is easily found is found all the same.
        path = self.folder / "long.cpp"
        includes, body = LONG.split("void stir", 1)
        many = "#include <semaphore.h>\n" + includes + "".join(f"void stir{i}{body}" for i in range(40))
        leak = LEAK.replace("#include <semaphore.h>\n", "")
        spent = []
        for flags in ((), ("--clang-tidy=0",)):
            with self.editor(*flags) as editor:
                editor.open(path, many)
                editor.diagnostics(path)
                before = editor.processor_seconds()
                editor.edit(path, many + "int typed;\n")
                editor.edit(path, many.replace("void stir3", leak + "void stir3", 1))
                spent.append((places(editor.diagnostics(path)), editor.processor_seconds() - before))
        (found, ours), (_, stock) = spent
        self.assertEqual([rule for rule, _ in found], [FOUND[0][0]])
        self.assertLess(ours, 1.5 * stock + 1)

    def test_cancelled_requests(self):
        path = self.folder / "long.cpp"
        with self.editor() as editor:
            editor.open(path, LONG)
            asked = [editor.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri(path)}}) for _ in range(3)]
            for number in asked[:2]:
                editor.notify("$/cancelRequest", {"id": number})
            for number in asked[:2]:
                answer = editor.answer(number)
                self.assertTrue("error" in answer or "result" in answer)
            names = [s["name"] for s in editor.answer(asked[2])["result"]]
            self.assertEqual(names, ["stir"])

    def test_shutdown_while_it_works(self):
        editor = self.editor()
        with editor:
            editor.open(self.folder / "long.cpp", LONG)
            editor.open(self.folder / "open.cpp", LEAK)
        # Without the goodbye it is no good end, and still an end.
        editor = self.editor()
        editor.open(self.folder / "long.cpp", LONG)
        editor.notify("exit", None)
        self.assertEqual(editor.server.wait(timeout=60), 1)
        editor.server.stdin.close()
        editor.server.stdout.close()


if __name__ == "__main__":
    unittest.main()
