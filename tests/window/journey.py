"""Drives Hookscope's window as a person does: journey.py BINARY FOLDER, on a display and a session bus of its own."""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pyatspi

PATIENCE_SECONDS = 20
ANSWER = json.dumps({
    "id": "chatcmpl-1", "object": "chat.completion", "model": "gpt-4o-2024-08-06",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "hello"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30}}).encode()


class Upstream(http.server.BaseHTTPRequestHandler):
    """A provider, and the receiver of the hook."""

    protocol_version = "HTTP/1.1"
    hooked = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        status, answer = 200, ANSWER
        if self.path == "/hook":
            Upstream.hooked.append(json.loads(body))
            answer = b"thanks"
        elif b"fail" in body:
            status, answer = 503, b'{"error":{"message":"overloaded"}}'
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *arguments):
        pass


def wait_for(what, condition):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            result = condition()
        except Exception:  # the tree changes while it is walked
            result = None
        if result:
            return result
        time.sleep(0.1)
    sys.exit(f"FAILED: {what}")


def walk(node, depth=0):
    yield node
    if depth > 40:
        return
    for index in range(min(node.childCount, 200)):
        child = node.getChildAtIndex(index)
        if child is not None:
            yield from walk(child, depth + 1)


class Window:
    def __init__(self, binary, folder, port):
        self.log = open(f"{folder}/stderr", "w+")
        self.process = subprocess.Popen(
            [binary, "--listen", "127.0.0.1:0", "--hooks", f"{folder}/hooks.json", "--config-dir", f"{folder}/config",
             "--data-dir", f"{folder}/data", "--route", f"openai=http://127.0.0.1:{port}"], stderr=self.log)
        self.origin = wait_for("it does not listen", self.listening)
        self.application = wait_for("no window", self.find_application)

    def listening(self):
        with open(self.log.name) as log:
            found = re.search(r"listening on (http://\S+)", log.read())
        return found and found.group(1)

    @staticmethod
    def find_application():
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.name == "hookscope" and application.childCount > 0:
                return application
        return None

    def find(self, role, name, within=None):
        for node in walk(within or self.application):
            if node.getRoleName() in role.split("|") and (name is None or re.search(name, node.name or "")):
                return node
        return None

    def wait(self, role, name, within=None):
        return wait_for(f"no {role} {name!r}", lambda: self.find(role, name, within))

    def focus(self, node):
        def is_focused():
            node.queryComponent().grabFocus()
            return node.getState().contains(pyatspi.STATE_FOCUSED)
        wait_for(f"{node.name!r} does not take the focus", is_focused)

    def click_first_row(self, name):
        place = wait_for(f"{name} has no cell", lambda: self.find("table cell", None, self.find("table", f"^{name}$"))
                         .queryComponent().getExtents(pyatspi.DESKTOP_COORDS))
        subprocess.run(["xdotool", "mousemove", str(place.x + 100), str(place.y + place.height // 2), "click", "1"],
                       check=True)

    def rows(self, name):
        return self.wait("table", f"^{name}$").queryTable().nRows

    def wait_for_rows(self, name, count):
        wait_for(f"{name} has not {count} rows", lambda: self.rows(name) == count)

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)

    def fill(self, node, text):
        self.focus(node)
        self.press("ctrl+a")
        self.type(text)

    def ask(self, content):
        request = urllib.request.Request(
            f"{self.origin}/openai/v1/chat/completions",
            data=json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": content}]}).encode(),
            headers={"authorization": "Bearer sk-canary-0123456789abcdef", "content-type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def quit(self):
        self.press("ctrl+q")
        if self.process.wait(PATIENCE_SECONDS) != 0:
            sys.exit(f"FAILED: it ended with {self.process.returncode}")


def first_day(window, folder, port):
    # Attach: the table is there with the first request.
    for content in ("one", "please fail", "three"):
        window.ask(content)
    window.wait_for_rows("Requests", 3)

    # Filter.
    window.press("slash")
    wait_for("/ does not go to the filter",
             lambda: window.find("text", "^Filter$").getState().contains(pyatspi.STATE_FOCUSED))
    window.type("status>=500")
    window.wait_for_rows("Requests", 1)

    # Open it.
    window.click_first_row("Requests")
    window.press("Return")
    window.wait("label|text|table cell", "chat/completions")

    # A hook of it.
    window.click_first_row("Requests")
    window.press("h")
    dialog = window.wait("dialog", "^Add Hook$")
    window.wait("label", "Would have fired on 1 of the last 3", dialog)
    window.fill(window.wait("text", "^Webhook URL$", dialog), f"http://127.0.0.1:{port}/hook")
    window.press("Return")
    window.wait_for_rows("Hooks", 1)
    window.press("ctrl+s")
    wait_for("the hook set is not saved", lambda: "status:503" in open(f"{folder}/hooks.json").read())

    # It fires on what is like it, and on nothing else.
    window.ask("four")
    window.ask("fail again")
    wait_for("the hook did not fire", lambda: Upstream.hooked)
    if any(event.get("status") != 503 for event in Upstream.hooked):
        sys.exit(f"FAILED: the hook fired on {Upstream.hooked}")

    # Export all.
    window.press("ctrl+e")
    dialog = window.wait("dialog", "^Export Requests$")
    window.wait("radio button", "^All: 5", dialog).queryAction().doAction(0)
    path = f"{folder}/out.har"
    window.fill(window.wait("text", "File", dialog), path)
    window.press("Return")
    wait_for("nothing is exported", lambda: len(json.load(open(path))["log"]["entries"]) == 5)
    window.quit()


def main():
    binary, folder = sys.argv[1:]
    subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    port = upstream.server_address[1]
    with open(f"{folder}/hooks.json", "w") as hooks:
        json.dump({"name": "mine", "hooks": []}, hooks)

    window = Window(binary, folder, port)
    try:
        first_day(window, folder, port)
    finally:
        window.process.kill()
        window.process.wait()
    fired = len(Upstream.hooked)

    # Start again: everything is there, and nothing fires for it.
    window = Window(binary, folder, port)
    try:
        window.wait("label|text", "Restored 5 calls")
        window.wait_for_rows("Requests", 5)
        window.wait_for_rows("Hooks", 1)
        window.quit()
    finally:
        window.process.kill()
        window.process.wait()
    if len(Upstream.hooked) != fired:
        sys.exit("FAILED: hooks fired for what was restored")
    for root, _, names in os.walk(folder):
        for name in names:
            if not os.path.isfile(os.path.join(root, name)):  # a socket of the desktop's
                continue
            with open(os.path.join(root, name), "rb") as file:
                if b"canary" in file.read():
                    sys.exit(f"FAILED: a credential stands in {os.path.join(root, name)}")
    print("The whole way was gone")
    os._exit(0)  # openbox is the display's to end


main()
