# Neovim as it is packaged, without a screen, set up as docs/editors.md says: it shows
# a finding where it is and its schedule behind it, and both go when it is mended.

import json
import os
import shutil
import subprocess
import unittest

from schedule import STEPS, TEXT
from workspace import ROOT, Workspace, documented, line_of

# Typed as a user would, and looked at after each step.
SCRIPT = """
local seen = {}
local function shown()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(a, b) return a.lnum < b.lnum end)
  return vim.tbl_map(function(d)
    return { line = d.lnum + 1, message = d.message, source = d.source, code = d.user_data.lsp.code }
  end, found)
end
local function wait(wanted)
  assert(vim.wait(120000, function() return #vim.diagnostic.get(0) == wanted end, 20),
         'waited in vain for ' .. wanted .. ' diagnostics')
end

wait(1)
seen.opened = shown()
vim.fn.cursor(seen.opened[1].line, 1)
vim.cmd('Schedule')
seen.schedule = vim.tbl_map(function(i)
  return { file = vim.fn.bufname(i.bufnr), line = i.lnum, text = i.text }
end, vim.fn.getloclist(0))
vim.cmd('lclose')
vim.cmd([[%s/    stopping_ = true;/    { std::lock_guard held(mutex_); stopping_ = true; }/]])
wait(0)
vim.cmd('undo')
wait(1)
seen.undone = shown()
print(vim.fn.json_encode(seen))
vim.cmd('qa!')
"""

LOOK = """
assert(vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end, 20), 'waited in vain')
print(vim.diagnostic.get(0)[1].user_data.lsp.code .. ' from ' .. vim.fn.exepath('taskleak-clangd'))
vim.cmd('qa!')
"""


class Neovim(Workspace):
    FILES = {"saver.cpp": TEXT}

    def run_neovim(self, script):
        self.write(".config/nvim/init.lua", documented("docs/editors.md", "lua", "## Neovim"))
        self.write("script.lua", "local ok, why = pcall(function()\n" + script + "\nend)\n"
                                 "if not ok then print(why) vim.cmd('cq!') end\n")
        done = subprocess.run(["nvim", "--headless", "-n", "saver.cpp", "-c", "luafile script.lua"], cwd=self.folder,
                              env=self.environment(), capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stderr.strip().splitlines()[-1])

    @unittest.skipUnless(shutil.which("nvim"), "there is no nvim; ./dev test installs it")
    def test_finding_and_schedule(self):
        seen = self.run_neovim(SCRIPT)
        (found,) = seen["opened"]
        self.assertEqual((found["line"], found["code"], found["source"]),
                         (line_of(TEXT, "wake_.wait"), "taskleak-unwoken-wait", "clang-tidy"))
        self.assertRegex(found["message"], "^Wait for 'wake_' can block for ever")
        wanted = [{"file": "saver.cpp", "line": line_of(TEXT, where), "text": f"({n}) {task}: {what}"}
                  for n, (where, task, what) in enumerate(STEPS, 1)]
        self.assertEqual(seen["schedule"][:len(STEPS)], wanted)
        self.assertEqual(seen["undone"], seen["opened"])

    @unittest.skipUnless(shutil.which("nvim"), "there is no nvim; ./dev test installs it")
    def test_three_lines_of_the_readme(self):
        text = (ROOT / "README.md").read_text(encoding="utf-8").split("<!-- editor -->\n\n", 1)[1]
        lines = [line[4:] for line in text.splitlines()[:3]]
        self.assertTrue(lines[0].startswith("./dev build && cmake --install build "), lines[0])
        lines[0] = lines[0].removeprefix("./dev build && ").replace("build", os.environ.get("TASKLEAK_BUILD", "build"), 1)
        self.write("look.lua", "local ok, why = pcall(function()\n" + LOOK + "\nend)\n"
                               "if not ok then print(why) vim.cmd('cq!') end\n")
        lines[2] = lines[2].replace("nvim ", "nvim --headless -n ") + f" -c 'luafile {self.folder}/look.lua'"
        done = subprocess.run(["sh", "-e", "-c", "\n".join(lines)], cwd=ROOT, env=self.environment(), capture_output=True,
                              text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("taskleak-unwoken-wait from " + str(self.folder / ".local/bin/taskleak-clangd"), done.stderr)


if __name__ == "__main__":
    unittest.main()
