# An editor in a few lines: speaks LSP to a server over its standard streams and
# keeps the newest diagnostics of each file.

import json
import os
import pathlib
import select
import subprocess
import time

PATIENCE = 120  # Seconds; a machine that builds is slow.


def uri(path):
    return pathlib.Path(path).absolute().as_uri()


def capabilities(related):
    shown = {"relatedInformation": related, "codeDescriptionSupport": True, "versionSupport": True}
    return {"textDocument": {"publishDiagnostics": shown}}


class Editor:
    """One server and the files open in it. As a context it shuts the server down and wants it to end well."""

    def __init__(self, command, folder, related=True, environment=None):
        self.log = os.path.join(folder, "server.log")
        with open(self.log, "ab") as log:
            self.server = subprocess.Popen(command, cwd=folder, env=environment, bufsize=0, stderr=log,
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.buffer = b""
        self.asked = 0
        self.answers = {}
        self.versions = {}
        self.shown = {}  # uri: every (version, diagnostics) so far
        self.greeting = self.request("initialize", {"processId": os.getpid(), "rootUri": uri(folder),
                                                    "capabilities": capabilities(related)})
        self.notify("initialized", {})

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            code = self.end()
            assert code == 0, f"the server ended with {code}, see {self.log}"
        else:
            self.server.kill()
            self.server.wait()
        self.server.stdin.close()
        self.server.stdout.close()

    # Messages.

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        """The number of a request whose answer is not waited for."""
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        return self.asked

    def answer(self, number):
        """The whole answer to a request: it has a result or an error."""
        while number not in self.answers:
            self.read()
        return self.answers.pop(number)

    def request(self, method, params):
        answer = self.answer(self.ask(method, params))
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def read(self):
        """Takes in the next message."""
        end = time.monotonic() + PATIENCE
        while not (message := self.arrived()):
            if not select.select([self.server.stdout], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError(f"the server says nothing, see {self.log}")
            piece = os.read(self.server.stdout.fileno(), 1 << 16)
            if not piece:
                raise EOFError(f"the server ended with {self.server.wait()}, see {self.log}")
            self.buffer += piece
        if "method" not in message:
            self.answers[message["id"]] = message
        elif "id" in message:
            self.send({"id": message["id"], "result": None})
        elif message["method"] == "textDocument/publishDiagnostics":
            new = message["params"]
            self.shown.setdefault(new["uri"], []).append((new.get("version"), new["diagnostics"]))

    def arrived(self):
        """A message that is here as a whole, or None."""
        head, blank, rest = self.buffer.partition(b"\r\n\r\n")
        length = int(head.rpartition(b":")[2]) if blank else 0
        if not blank or len(rest) < length:
            return None
        self.buffer = rest[length:]
        return json.loads(rest[:length])

    # What one does in an editor.

    def open(self, path, text=None):
        if text is None:
            text = pathlib.Path(path).read_text(encoding="utf-8")
        self.versions[uri(path)] = 1
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": uri(path), "languageId": "c" if str(path).endswith(".c") else "cpp", "version": 1, "text": text}})

    def edit(self, path, text, at_once=True):
        """Replaces the text. `at_once`: the server does not wait whether more is typed."""
        self.versions[uri(path)] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": uri(path), "version": self.versions[uri(path)]},
            "contentChanges": [{"text": text}], "wantDiagnostics": True if at_once else None})

    def close(self, path):
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri(path)}})
        self.shown.pop(uri(path), None)

    def diagnostics(self, path):
        """Those of the text as it now stands."""
        while not self.shown.get(uri(path)) or self.shown[uri(path)][-1][0] != self.versions[uri(path)]:
            self.read()
        return self.shown[uri(path)][-1][1]

    def processor_seconds(self):
        """What the server's threads have run so far; each file's own lives as long as the file is open."""
        threads = pathlib.Path(f"/proc/{self.server.pid}/task").glob("*/schedstat")
        return sum(int(t.read_text(encoding="utf-8").split()[0]) for t in threads) / 1e9

    def end(self):
        """Shuts down and exits; the server's exit code."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self.server.wait(timeout=PATIENCE)
