"""The upstream, Hookscope and the relays that it is measured against, each on a port of loopback."""

import dataclasses
import json
import os
import socket
import subprocess

import programs
from programs import BenchError, Program, free_port

BINARY = os.path.join(programs.ROOT, "build", "release", "hookscope")
TOOLS = os.path.join(programs.ROOT, "build", "release", "tests")
ROUTE = "/openai"  # a built-in one: what goes through it is read as OpenAI's

NGINX = """
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid {folder}/{name}.pid;
error_log stderr;
{user}
events {{ worker_connections 9000; }}
http {{
    log_format sessions '$ssl_session_reused';
    access_log off;
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
    client_max_body_size 0;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type application/json;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=100;
    {more}
}}
"""

UPSTREAM = """
    server {{
        {listen}
        root {folder};
        location = /answer.json {{ }}
        location / {{ return 200 '{small}'; }}
        location = /v1/chat/completions {{ {chat} }}
    }}
"""

RELAY = """
    upstream relayed {{ server 127.0.0.1:{upstream}; keepalive 512; }}
    server {{
        listen 127.0.0.1:{port};
        location {route}/ {{
            proxy_pass http://relayed/;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering {buffering};
            proxy_request_buffering {buffering};
        }}
    }}
"""

HAPROXY = """
global
    nbthread {threads}
    maxconn 9000
defaults
    http-reuse always
    {option}
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    timeout tunnel 1h
frontend route
    mode http
    bind 127.0.0.1:{route}
    http-request replace-path {prefix}/(.*) /\\1
    default_backend upstream
backend upstream
    mode http
    server upstream 127.0.0.1:{upstream}
frontend forward
    mode http
    bind 127.0.0.1:{forward}
    http-request set-dst url_ip
    http-request set-dst-port url_port
    default_backend anywhere
backend anywhere
    mode http
    server anywhere 0.0.0.0:0
frontend tunnel
    mode tcp
    bind 127.0.0.1:{tunnel}
    default_backend tunnelled
backend tunnelled
    mode tcp
    server upstream 127.0.0.1:{upstream}
"""

SQUID = """
http_port 127.0.0.1:{port} {bump}
cache deny all
access_log none
cache_log {folder}/squid-cache.log
cache_store_log none
pid_filename {folder}/squid.pid
coredump_dir {folder}
http_access allow all
max_filedescriptors 16384
shutdown_lifetime 0 seconds
{more}
"""

TINYPROXY = """
Port {port}
Listen 127.0.0.1
Timeout 600
MaxClients 1000
LogLevel Critical
DisableViaHeader Yes
"""


def body_of(size):
    """An answer of /v1/chat/completions of `size` bytes, with usage."""
    answer = {"id": "chatcmpl-bench", "object": "chat.completion", "created": 1700000000, "model": "gpt-4o-mini",
              "choices": [{"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": "stop"}],
              "usage": {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}}
    text = "All human beings are born free and equal in dignity and rights. "
    left = size - len(json.dumps(answer))
    answer["choices"][0]["message"]["content"] = (text * (left // len(text) + 1))[:left]
    return json.dumps(answer).encode()


SMALL = json.dumps({"object": "list", "data": [{"id": "gpt-4o-mini", "object": "model", "owned_by": "x" * 90}]})
SMALL = (SMALL + " " * 200)[:200]  # white space behind JSON is JSON
PROMPT = json.dumps({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Tell me of " + "it " * 60}]})
ANSWER_KB = [1, 16, 256]


@dataclasses.dataclass
class Way:
    """How a client's request gets to the upstream: what is measured, where it connects, what it says."""
    name: str
    program: Program
    port: int
    upstream: int
    prefix: str = ""
    form: str = "origin"  # origin, absolute, tunnel
    fields: dict = dataclasses.field(default_factory=dict)
    is_slow: bool = False  # gets less work, so that a run does not take for ever
    knows_get: bool = True

    def target(self, path):
        return f"http://127.0.0.1:{self.upstream}{path}" if self.form == "absolute" else self.prefix + path

    def check(self, expected, path, method="GET", body=""):
        """Raises if the answer is not a 200 with these bytes. An HTTP client of its own: targets go out as they are."""
        head = {"Host": f"127.0.0.1:{self.upstream}", "Connection": "close", **self.fields}
        if body:
            head.update({"Content-Type": "application/json", "Content-Length": str(len(body))})
        text = f"{method} {self.target(path)} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head.items())
        with socket.create_connection(("127.0.0.1", self.port), 30) as client:
            client.sendall((text + "\r\n" + body).encode())
            with client.makefile("rb") as file:
                answer = file.read()
        head, _, content = answer.partition(b"\r\n\r\n")
        if b"chunked" in head.lower():
            content = unchunked(content)
        same = content == expected if not self.name.startswith("portkey") else json_equal(content, expected)
        if b" 200 " not in head.split(b"\r\n")[0] or not same:
            raise BenchError(f"{self.name} does not answer {self.target(path)} as it should:\n"
                             f"{answer[:1000].decode(errors='replace')}")


def json_equal(one, other):
    """The Portkey gateway writes JSON anew, with keys of its own."""
    try:
        one, other = json.loads(one), json.loads(other)
    except ValueError:
        return False
    return {**one, **other} == one


def unchunked(text):
    body = b""
    while text:
        size, _, text = text.partition(b"\r\n")
        count = int(size.split(b";")[0], 16)
        if count == 0:
            break
        body, text = body + text[:count], text[count + 2:]
    return body


def nginx(stage, name, more, port):
    user = "user root;" if os.geteuid() == 0 else ""
    config = stage.write(f"{name}.conf", NGINX.format(folder=stage.folder, name=name, user=user, more=more))
    return stage.start(name, ["nginx", "-p", stage.folder, "-c", config], port)


def start_upstream(stage, answer=b""):
    """nginx: 200 bytes for any path, or `answer` for chat completions."""
    with open(stage.at("answer.json"), "wb") as file:
        file.write(answer or SMALL.encode())
    port = free_port()
    chat = "error_page 405 =200 /answer.json; return 405;" if answer else f"return 200 '{SMALL}';"
    more = UPSTREAM.format(listen=f"listen 127.0.0.1:{port};", folder=stage.folder, small=SMALL, chat=chat)
    return Way("direct", nginx(stage, "upstream", more, port), port, port)


class Hookscope:
    """A running Hookscope: reads and audits all; its lines are counted by a program that reads them."""

    def __init__(self, stage, name, upstream, arguments=(), is_window=False):
        self.name = name
        self.port = free_port()
        self.upstream = upstream
        self.count_file = stage.at(f"{name}.count")
        self.data = stage.at(f"{name}-data")
        command = [BINARY, "--listen", f"127.0.0.1:{self.port}", "--config-dir", stage.at(f"{name}-config"),
                   "--data-dir", self.data, "--route", f"openai=http://127.0.0.1:{upstream}",
                   "--llm-domain", "127.0.0.1", *arguments]
        self.counter = None
        if is_window:
            self.program = self.start(stage, command, environment=window_environment(stage))
            return
        with open(self.count_file, "w") as file:
            self.counter = subprocess.Popen(["wc", "-l"], stdin=subprocess.PIPE, stdout=file)
        self.program = self.start(stage, command + ["--headless"], stdout=self.counter.stdin)
        self.counter.stdin.close()

    def start(self, stage, command, **more):
        """Its audit lines go to /dev/null: a file of them would fill the disk. So a failed start is tried again to say why."""
        try:
            return stage.start(self.name, command, self.port, log_stderr=False, **more)
        except BenchError:
            return stage.start(self.name, command, self.port, **more)

    def lines(self):
        """Stops it, and says how many events it told of."""
        self.program.stop()
        self.counter.wait()
        with open(self.count_file) as file:
            return int(file.read())

    def stored_mb(self):
        """Stops the window, and says how much of its events it wrote to its session; raises if that is nothing."""
        self.program.stop()
        size = sum(os.path.getsize(os.path.join(folder, file)) for folder, _, files in os.walk(self.data)
                   for file in files if file.endswith(".jsonl"))
        if size == 0:
            raise BenchError(f"{self.name} has seen nothing")
        return size / 1e6

    def route(self):
        return Way(self.name, self.program, self.port, self.upstream, ROUTE)

    def forward(self):
        return Way(self.name, self.program, self.port, self.upstream, "", "absolute")

    def tunnel(self):
        return Way(self.name, self.program, self.port, self.upstream, "", "tunnel")


class HAProxy:
    def __init__(self, stage, name, upstream, threads=1, option=""):
        self.name = name
        self.upstream = upstream
        self.ports = {which: free_port() for which in ("route", "forward", "tunnel")}
        config = stage.write(f"{name}.cfg", HAPROXY.format(threads=threads, upstream=upstream, prefix=ROUTE,
                                                          option=option, **self.ports))
        self.program = stage.start(name, ["haproxy", "-db", "-f", config], self.ports["tunnel"])

    def route(self):
        return Way(self.name, self.program, self.ports["route"], self.upstream, ROUTE)

    def forward(self):
        return Way(self.name, self.program, self.ports["forward"], self.upstream, "", "absolute")

    def tunnel(self):
        """Its TCP mode, which knows no CONNECT: the least that a tunnel can cost."""
        return Way(self.name + " (tcp)", self.program, self.ports["tunnel"], self.upstream)


def start_nginx_relay(stage, upstream, buffering="on"):
    port = free_port()
    more = RELAY.format(port=port, upstream=upstream, route=ROUTE, buffering=buffering)
    return Way("nginx", nginx(stage, "nginx", more, port), port, upstream, ROUTE)


def start_mitmproxy(stage, upstream, mode, arguments=()):
    port = free_port()
    command = ["mitmdump", "--quiet", "--mode", f"reverse:http://127.0.0.1:{upstream}" if mode == "reverse" else mode,
               "--listen-host", "127.0.0.1", "--listen-port", str(port), "--set", f"confdir={stage.at('mitmproxy')}",
               "--set", "stream_large_bodies=1m", *arguments]
    program = stage.start(f"mitmproxy-{mode}", command, port)
    return Way("mitmproxy", program, port, upstream, "", "origin" if mode == "reverse" else "absolute", is_slow=True)


def start_portkey(stage, upstream):
    """It relays chat completions; GET fails with Node 20."""
    port = free_port()
    program = stage.start("portkey", ["node", programs.portkey_script(), f"--port={port}", "--headless"], port,
                          environment={"NODE_ENV": "production"})
    fields = {"x-portkey-provider": "openai", "x-portkey-custom-host": f"http://127.0.0.1:{upstream}/v1",
              "Authorization": "Bearer none"}
    return Way("portkey", program, port, upstream, fields=fields, is_slow=True, knows_get=False)


def start_squid(stage, upstream, bump="", more=""):
    port = free_port()
    os.chmod(stage.folder, 0o755)
    log = stage.at("squid-cache.log")
    open(log, "w").close()
    os.chmod(log, 0o666)
    config = stage.write("squid.conf", SQUID.format(port=port, folder=stage.folder, bump=bump, more=more))
    program = stage.start("squid", ["squid", "-N", "-f", config], port)
    return Way("squid", program, port, upstream, "", "absolute", is_slow=True)


def start_tinyproxy(stage, upstream):
    port = free_port()
    config = stage.write("tinyproxy.conf", TINYPROXY.format(port=port))
    program = stage.start("tinyproxy", ["tinyproxy", "-d", "-c", config], port)
    return Way("tinyproxy", program, port, upstream, "", "absolute", is_slow=True)


def window_environment(stage):
    """The virtual display is all of a desktop that it sees: no other window of the program, no bus."""
    return {"QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8", "XDG_RUNTIME_DIR": stage.folder,
            "DBUS_SESSION_BUS_ADDRESS": "disabled:"}


def start_display(stage, *arguments):
    """A virtual display for the window; sets DISPLAY."""
    read, write = os.pipe()
    stage.start("xvfb", ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp",
                         "-noreset", "-ac", *arguments], pass_fds=[write])
    os.close(write)
    with os.fdopen(read) as file:
        number = file.readline().strip()  # the whole line: Xvfb ends if nobody takes the rest of it
    if not number:
        raise BenchError("Xvfb did not start")
    os.environ["DISPLAY"] = f":{number}"
