# What is shown of a finding: one expression is underlined, and the related places
# are the schedule, step by step, each with its task's name.

import re
import unittest

from workspace import Workspace, line_of

TEXT = """#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

class Saver {
public:
  ~Saver() {
    stopping_ = true;
    wake_.notify_one();
    worker_.join();
  }

private:
  void run() {
    std::unique_lock lock(mutex_);
    while (!stopping_)
      wake_.wait(lock);
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_ = false;
  std::thread worker_{[this] { run(); }};
};

void save() { Saver saver; }
"""
STEPS = [  # Where, whose, and what.
    ("std::thread worker_", "main task", "starts task 'Saver::(lambda)::operator()'"),
    ("wake_.notify_one", "main task", "notifies 'wake_', which wakes nobody"),
    ("worker_.join", "main task", "waits for 'worker_' to end for ever"),
    ("wake_.wait", "task 'Saver::(lambda)::operator()'", "waits for 'wake_', never woken"),
]


def text_in(text, range):
    lines = text.splitlines()
    start, end = range["start"], range["end"]
    return lines[start["line"]][start["character"]:end["character"] if start["line"] == end["line"] else None]


class Schedule(Workspace):
    FILES = {"saver.cpp": TEXT}

    def test_squiggle_and_related_places(self):
        (shown,) = self.shown("saver.cpp")
        self.assertEqual(text_in(TEXT, shown["range"]), "wake_.wait(lock)")
        self.assertEqual((shown["code"], shown["source"], shown["severity"]), ("taskleak-unwoken-wait", "clang-tidy", 2))
        self.assertRegex(shown["message"], r"^Wait for 'wake_' can block for ever: ")
        related = shown["relatedInformation"]
        steps = [r for r in related if re.match(r"\(\d+\) ", r["message"])]
        self.assertEqual(related[:len(steps)], steps, "the schedule comes first")
        seen = [(r["location"]["range"]["start"]["line"] + 1, r["message"]) for r in steps]
        wanted = [(line_of(TEXT, where), f"({n}) {task}: {what}")
                  for n, (where, task, what) in enumerate(STEPS, 1)]
        self.assertEqual(seen, wanted)
        rest = [r["message"] for r in related[len(steps):]]
        self.assertIn("'wake_' is made here", rest)
        self.assertRegex(rest[-1], "^Set the flag under the waiter's lock")

    def test_a_client_without_related_places(self):
        # clangd puts the notes into the message, and beside it as diagnostics of their own.
        path = self.folder / "saver.cpp"
        with self.editor(related=False) as editor:
            editor.open(path)
            shown = editor.diagnostics(path)
        for n in range(1, 5):
            self.assertIn(f"({n}) ", shown[0]["message"])
        self.assertEqual(len([d for d in shown if re.match(r"\(\d+\) ", d["message"])]), 4)


if __name__ == "__main__":
    unittest.main()
