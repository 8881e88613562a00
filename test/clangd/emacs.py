# Emacs as it is packaged, without a screen, set up as docs/editors.md says: it shows a
# finding, and the steps of its schedule beside it, for eglot knows no related places.

import re
import shutil
import subprocess
import unittest

from schedule import STEPS, TEXT
from workspace import Workspace, documented, line_of

SCRIPT = """
(package-initialize)
(load (expand-file-name "init.el") nil t)
(defun shown (wanted)
  (let ((end (+ (float-time) 120)))
    (while (and (< (float-time) end) (not (eq wanted (and (flymake-diagnostics) t))))
      (accept-process-output nil 0.1)))
  (dolist (d (sort (flymake-diagnostics) (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))
    (message "shown:%d:%s" (line-number-at-pos (flymake-diagnostic-beg d))
             (replace-regexp-in-string "\\n" " | " (flymake-diagnostic-text d)))))
(find-file "saver.cpp")
(run-hooks 'post-command-hook)
(shown t)
(message "mended")
(search-forward "    stopping_ = true;")
(replace-match "    { std::lock_guard held(mutex_); stopping_ = true; }")
(eglot--signal-textDocument/didChange) ; What it does when its user is idle.
(shown nil)
(eglot-shutdown (eglot-current-server))
"""


class Emacs(Workspace):
    FILES = {"saver.cpp": TEXT}

    @unittest.skipUnless(shutil.which("emacs"), "there is no emacs; ./dev test installs it")
    def test_finding_and_schedule(self):
        self.write("init.el", documented("docs/editors.md", "elisp", "## Emacs"))
        self.write("script.el", SCRIPT)
        done = subprocess.run(["emacs", "--batch", "-l", "script.el"], cwd=self.folder, env=self.environment(),
                              capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        opened, mended = done.stderr.split("mended\n")
        shown = [(int(line), text) for line, text in re.findall(r"^shown:(\d+):(.*)$", opened, re.MULTILINE)]
        where = line_of(TEXT, "wake_.wait")
        (found,) = [text for line, text in shown if line == where and "Wait for 'wake_' can block for ever" in text]
        self.assertIn("taskleak-unwoken-wait", found)
        for n, (place, task, what) in enumerate(STEPS, 1):
            step = f"({n}) {task}: {what}"
            self.assertIn(step, found)
            self.assertTrue(any(line == line_of(TEXT, place) and step in text for line, text in shown), step)
        self.assertNotIn("shown:", mended)


if __name__ == "__main__":
    unittest.main()
