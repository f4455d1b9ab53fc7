"""Runs sessions in which the program holds a secret, and searches everything that they left for it.

canary.py BINARY: headless, and with the window (offscreen), without a keyring. The secret has to reach the
upstream that it is for, and nothing else: no output, file, hook, session on disk, environment.
"""

import base64
import http.client
import http.server
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.parse

CANARY = "sk-canary-51d2e84b607f3a9c/x+y"
PASSWORD = "pw-canary-c4d1f08e72"
PLAIN = PASSWORD.encode(), f"me:{PASSWORD}".encode()
FORMS = [CANARY.encode(), PASSWORD.encode(), urllib.parse.quote(CANARY, safe="").encode(),
         base64.b64encode(PLAIN[1]).rstrip(b"="), base64.b64encode(CANARY.encode()).rstrip(b"=")]


class Peer(http.server.BaseHTTPRequestHandler):
    """An upstream that tells all that it was sent; a webhook's receiver; and a company's proxy."""

    protocol_version = "HTTP/1.1"
    seen = []
    delivered = []

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path == "/hook":
            Peer.delivered.append(body)
            return self.reply(b"{}")
        Peer.seen.append((self.path, dict(self.headers)))
        told = json.dumps({"model": "gpt-4o", "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7},
                           "choices": [{"message": {"role": "assistant", "content": str(self.headers) + CANARY}}]})
        self.reply(told.encode(), {"X-Seen": CANARY, "X-Word": PASSWORD, "Set-Cookie": "k=" + CANARY})

    def reply(self, body, fields=None):
        self.send_response(200)
        for name, value in (fields or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def do_CONNECT(self):
        Peer.seen.append((self.path, dict(self.headers)))
        self.send_response(407, base64.b64encode(PLAIN[1]).decode())
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def fail(text):
    print("FAILED:", text, file=sys.stderr)
    sys.exit(1)


def requests(port):
    def ask(path, method="GET", body=None, fields=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request(method, path, body, fields or {})
        status = connection.getresponse()
        status.read()
        connection.close()
        return status.status

    label = "Basic " + base64.b64encode(b"me:").decode()
    call = json.dumps({"model": "gpt-4o", "messages": [{"role": "user", "content": "hello"}]})
    json_type = {"Content-Type": "application/json"}
    ask("/~me/up/v1/chat/completions", "POST", call, json_type)
    ask("/~you/up/v1/chat/completions", "POST", call, json_type)
    ask("/~me/up/models?key=" + urllib.parse.quote(CANARY, safe=""))
    ask("http://company.test/" + PASSWORD, fields={"Proxy-Authorization": label})
    ask("/~me/nope/" + CANARY)
    for _ in range(2):
        tunnel = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        tunnel.set_tunnel("far.test", 443, {"Proxy-Authorization": label})
        try:
            tunnel.request("GET", "/")
            fail("the company's proxy refused a tunnel, and there is one")
        except OSError:
            pass


def run(binary, arguments, home):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    own = server.server_address[1]
    hooks = {"name": "t", "hooks": [
        {"name": "file", "event": "on_response", "target": {"type": "file", "path": f"{home}/hook.jsonl"}},
        {"name": "web", "event": "on_response", "target": {"type": "webhook", "url": f"http://127.0.0.1:{own}/hook"}}]}
    (home / "hooks.json").write_text(json.dumps(hooks))
    environment = dict(os.environ, HOME=str(home), KEY=CANARY, HOOKSCOPE_UPSTREAM_PROXY_PASSWORD=PASSWORD,
                       DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent", QT_QPA_PLATFORM="offscreen")
    with open(home / "stdout", "wb") as out:
        process = subprocess.Popen(
            [binary, *arguments, "--listen", "127.0.0.1:0", "--config-dir", home / "config", "--data-dir", home / "data",
             "--hooks", home / "hooks.json", "--route", f"up=http://127.0.0.1:{own}", "--secret", "KEY:127.0.0.1",
             "--secret-sandbox", "KEY:me", "--upstream-proxy", f"http://me@127.0.0.1:{own}"],
            env=environment, stdout=out, stderr=subprocess.PIPE)
    errors = b""
    while b"listening on http://" not in errors:
        line = process.stderr.readline()
        if not line:
            fail(f"it did not start: {errors.decode()}")
        errors += line
    rest = []
    reader = threading.Thread(target=lambda: rest.append(process.stderr.read()))
    reader.start()
    requests(int(errors.rsplit(b":", 1)[1]))
    try:
        inherited = pathlib.Path(f"/proc/{process.pid}/environ").read_bytes()
    except OSError:
        inherited = b""  # closed to us, as it should be to others than root
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    reader.join()
    server.shutdown()
    return {"stderr": errors + rest[0], "environment": inherited, "webhook": b"\n".join(Peer.delivered)}


def main():
    for arguments in (["--headless"], []):
        Peer.seen, Peer.delivered = [], []
        with tempfile.TemporaryDirectory() as folder:
            home = pathlib.Path(folder)
            outputs = run(sys.argv[1], arguments, home)
            for path in home.rglob("*"):
                if path.is_file():
                    outputs[str(path.relative_to(home))] = path.read_bytes()
        name = " ".join(arguments) or "the window"
        injected = [fields for _, fields in Peer.seen if fields.get("Authorization") == "Bearer " + CANARY]
        if len(injected) != 2:
            fail(f"{name}: the secret reached its upstream {len(injected)} times, not 2")
        if not any("Proxy-Authorization" in fields for path, fields in Peer.seen if path.startswith("http")):
            fail(f"{name}: the company's proxy got no credentials")
        if b'"secret_injected":true' not in outputs["hook.jsonl"] or b"secret=true" not in outputs["stderr"]:
            fail(f"{name}: no event says that a secret was injected")
        for where, content in outputs.items():
            for form in FORMS:
                if form in content:
                    at = content.index(form)
                    fail(f"{name}: {where} holds the secret: {content[max(0, at - 100):at + 60]!r}")
        print(f"{name}: not in {', '.join(sorted(outputs))}")


main()
