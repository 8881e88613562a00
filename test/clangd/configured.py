# Which checks run, and how: ours by default, and everything else as the project says
# in `.clang-tidy`, `.clangd` and comments. Each case is a folder with a file in it.

import unittest

from lsp import uri
from workspace import Workspace, places, rules

TEXT = """#include <semaphore.h>
bool refused();
void sure() {
  sem_t done;
  sem_init(&done, 0, 0);
  sem_wait(&done);
}
void likely() {
  sem_t done;
  sem_init(&done, 0, 0);
  if (!refused())
    sem_post(&done);
  sem_wait(&done);
}
int *none = 0;
"""
WAIT, NULL = "taskleak-unwoken-wait", "modernize-use-nullptr"
SURE, LIKELY = (WAIT, 6), (WAIT, 13)


class Configured(Workspace):
    def cases(self, file, *configs):
        """For each text of the configuration file, what is shown then, and the path of what is shown it for."""
        with self.editor() as editor:
            for i, config in enumerate(configs):
                self.write(f"{i}/{file}", config + "\n")
                path = self.write(f"{i}/two.cpp", TEXT)
                editor.open(path)
                with self.subTest(config):
                    yield editor.diagnostics(path), editor, self.folder / f"{i}/{file}"

    def test_by_default(self):
        for shown, *_ in self.cases(".clang-tidy", "", f"Checks: 'taskleak-*'", "HeaderFilterRegex: '.*'"):
            self.assertEqual((places(shown), len(shown)), ([SURE, LIKELY], 2))

    def test_turned_off(self):
        for shown, *_ in self.cases(".clang-tidy", "Checks: '-*'", "Checks: '-taskleak-*'",
                                    f"Checks: '-*,{NULL},-{NULL}'", f"Checks: 'taskleak-*,-{WAIT}'"):
            self.assertEqual(shown, [])
        self.write("two.cpp", TEXT)
        self.assertEqual(self.shown("two.cpp", "--clang-tidy=false"), [])

    def test_beside_others(self):
        for shown, *_ in self.cases(".clang-tidy", f"Checks: {NULL}", f"Checks: '-*,{NULL},taskleak-*'"):
            self.assertEqual((rules(shown), places(shown)), ([NULL, WAIT, WAIT], [SURE, LIKELY]))
        for shown, *_ in self.cases(".clang-tidy", f"Checks: '-*,{NULL}'"):
            self.assertEqual(rules(shown), [NULL])

    def test_clangd_configuration(self):
        for shown, *_ in self.cases(".clangd", "Diagnostics: {ClangTidy: {Remove: taskleak-*}}",
                                    f"Diagnostics: {{Suppress: {WAIT}}}"):
            self.assertEqual(places(shown), [])

    def test_filter_of_fast_checks(self):
        speeds = [f"Diagnostics: {{ClangTidy: {{Add: [{WAIT}], FastCheckFilter: {s}}}}}" for s in ("Strict", "Loose", "None")]
        for shown, editor, config in self.cases(".clangd", *speeds):
            self.assertEqual(places(shown), [SURE, LIKELY])
            said = [d for _, diagnostics in editor.shown[uri(config)] for d in diagnostics]
            self.assertEqual(said, [], "naming our check is no mistake")
        # Slow ones of clang-tidy's stay out unless they are asked for, as in clangd.
        slow = "int f() {\n  int never = 0;\n  return never;\n}\n"
        for speed, wanted in (("Strict", []), ("None", ["misc-const-correctness"])):
            self.write(f"{speed}/.clangd", f"Diagnostics: {{ClangTidy: {{FastCheckFilter: {speed}}}}}\n")
            self.write(f"{speed}/.clang-tidy", "Checks: '-*,misc-const-correctness'\n")
            self.assertEqual(rules(self.shown(self.write(f"{speed}/slow.cpp", slow))), wanted)

    def test_options(self):
        for shown, *_ in self.cases(".clang-tidy", f"CheckOptions: {{{WAIT}.Evidence: proven}}"):
            self.assertEqual(places(shown), [SURE])
        for shown, *_ in self.cases(".clang-tidy", "WarningsAsErrors: 'taskleak-*'"):
            self.assertEqual([d["severity"] for d in shown], [1, 1])

    def test_model_of_the_user(self):
        self.write("models/box.yaml", "library: acme\ntypes:\n  - name: acme::box\n    kind: channel\n    calls:\n"
                                      "      - {name: put, role: send, value: 0}\n"
                                      "calls:\n  - {name: 'acme::box::box', role: make, count: 1}\n")
        self.write("known/.clang-tidy", "CheckOptions: {taskleak-Models: models/box.yaml}\n")
        text = ("namespace acme { struct box { box(); void put(int); }; }\n"
                "void post() {\n  acme::box b;\n  b.put(1);\n  b.put(2);\n}\n")
        self.assertEqual(self.shown(self.write("unknown/post.cpp", text)), [])
        self.assertEqual(places(self.shown(self.write("known/post.cpp", text))), [("taskleak-blocking-send", 5)])

    def test_comments(self):
        path = self.folder / "two.cpp"
        with self.editor() as editor:
            editor.open(path, TEXT)
            for comment, wanted in (("NOLINT", []), (f"NOLINT({WAIT})", []), ("NOLINT(taskleak-*)", []),
                                    (f"NOLINT({NULL})", [SURE, LIKELY])):
                editor.edit(path, TEXT.replace("sem_wait(&done);", f"sem_wait(&done); // {comment}"))
                self.assertEqual(places(editor.diagnostics(path)), wanted, comment)
            editor.edit(path, TEXT.replace("  sem_wait", f"  // NOLINTNEXTLINE({WAIT})\n  sem_wait", 1))
            self.assertEqual(places(editor.diagnostics(path)), [(WAIT, LIKELY[1] + 1)])


if __name__ == "__main__":
    unittest.main()
