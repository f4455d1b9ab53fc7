"""Opening TLS connections: handshakes.py [--rounds N] [--json FILE] [BINARY]

Opens 500 connections in sequence and 100 at once (each: CONNECT, TLS handshake, one small request) to nginx with TLS,
directly, opened by hookscope --headless --intercept, and through mitmproxy, in alternation; then sends 3000 requests on
one connection each way. Prints medians of the rounds and ratios, the processors' time that the proxy takes for each
connection or request (nginx, directly), the client's share of the whole time, and whether TLS sessions are resumed.
mitmproxy's certificates are RSA, as it makes them; all others are P-256. BINARY is build/release/hookscope unless
named; bench_handshakes is to be built beside it. Needs Debian's nginx, mitmproxy and openssl. No file is left behind.
"""

import argparse
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WAYS = ["direct", "hookscope", "mitmproxy"]
MEASURES = [("sequence", 500), ("at-once", 100), ("keep-alive", 3000)]
SHOWN = {"sequence": "{} opened in sequence", "at-once": "{} opened at once", "keep-alive": "{} requests on one"}
RESUMPTIONS = 20

OPENSSL = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Hookscope benchmark
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:localhost
"""

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
    log_format sessions '$ssl_session_reused';
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type application/json;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server-key.pem;
    ssl_session_cache shared:sessions:10m;
    server {{
        {listen}
        location / {{ return 200 '{{"object":"list","data":[]}}'; }}
    }}
    server {{
        {logged_listen}
        access_log {folder}/sessions.log sessions;
        location / {{ return 200 '{{"object":"list","data":[]}}'; }}
    }}
}}
"""


def free_port():
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port


class Scene:
    """The upstream and both proxies, each on a port of loopback, and the folder that their files are in."""

    def __init__(self, binary):
        self.binary = binary
        self.client = os.path.join(os.path.dirname(binary), "tests", "bench_handshakes")
        self.folder = tempfile.mkdtemp()
        self.children = {}
        self.ports = {}

    def __enter__(self):
        try:
            self.make_certificates()
            self.start_nginx()
            self.start_hookscope()
            self.start_mitmproxy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            child.wait()
        shutil.rmtree(self.folder)

    def at(self, name):
        return os.path.join(self.folder, name)

    def make_certificates(self):
        with open(self.at("openssl.cnf"), "w") as file:
            file.write(OPENSSL)

        def make(name, *by):
            subprocess.run(["openssl", "req", "-x509", "-config", self.at("openssl.cnf"), "-extensions", name, "-days",
                            "2", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj",
                            f"/CN=Hookscope benchmark, {name}", "-keyout", self.at(f"{name}-key.pem"), "-out",
                            self.at(f"{name}.pem"), *by], check=True, stderr=subprocess.DEVNULL)

        make("authority")
        make("server", "-CA", self.at("authority.pem"), "-CAkey", self.at("authority-key.pem"))

    def start(self, name, port, command, stdout=subprocess.DEVNULL):
        log = open(self.at(f"{name}.log"), "w")
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=log)
        self.children[name] = child
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if child.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit(f"{name} did not start:\n" + open(self.at(f"{name}.log")).read())

    # localhost may be either address.
    def start_nginx(self):
        self.ports["direct"], self.ports["logged"] = free_port(), free_port()
        families = ["127.0.0.1"] + (["[::1]"] if os.path.exists("/proc/net/if_inet6") else [])
        listen = {name: " ".join(f"listen {family}:{self.ports[name]} ssl;" for family in families)
                  for name in ("direct", "logged")}
        with open(self.at("nginx.conf"), "w") as file:
            file.write(NGINX.format(folder=self.folder, listen=listen["direct"], logged_listen=listen["logged"]))
        self.start("nginx", self.ports["direct"], ["nginx", "-p", self.folder, "-c", self.at("nginx.conf")])

    # Events and audit lines are made and written as always, to /dev/null.
    def start_hookscope(self):
        port = self.ports["hookscope"] = free_port()
        self.start("hookscope", port, ["sh", "-c", 'exec "$@" 2>/dev/null', "start", self.binary, "--headless",
                                       "--listen", f"127.0.0.1:{port}", "--intercept", "localhost", "--upstream-ca",
                                       self.at("authority.pem"), "--config-dir", self.at("config"), "--data-dir",
                                       self.at("data")])

    def start_mitmproxy(self):
        port = self.ports["mitmproxy"] = free_port()
        self.start("mitmproxy", port, ["mitmdump", "--quiet", "--mode", "regular", "--listen-host", "127.0.0.1",
                                       "--listen-port", str(port), "--set", f"confdir={self.at('mitmproxy')}", "--set",
                                       f"ssl_verify_upstream_trusted_ca={self.at('authority.pem')}"])

    def measure(self, way, measure, count, upstream="direct"):
        authority = {"direct": "authority.pem", "hookscope": "data/ca/hookscope-ca.pem",
                     "mitmproxy": "mitmproxy/mitmproxy-ca-cert.pem"}[way]
        before = self.cpu_us(way)
        command = [self.client, measure, str(count), self.at(authority), str(self.ports[upstream])]
        if way != "direct":
            command.append(str(self.ports[way]))
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{way}, {measure}: {done.stderr}")
        result = json.loads(done.stdout)
        result["way_cpu_us"] = (self.cpu_us(way) - before) / count
        return result

    def cpu_us(self, way):
        """What the proxy, or nginx with its worker, has had of the processors."""
        pids = [self.children["nginx" if way == "direct" else way].pid]
        with open(f"/proc/{pids[0]}/task/{pids[0]}/children") as file:
            pids += [int(pid) for pid in file.read().split()]
        used = 0
        for pid in pids:
            for task in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{task}/schedstat") as file:
                    used += int(file.read().split()[0]) / 1000
        return used

    def resumptions(self, way):
        """How many connections of RESUMPTIONS resumed a session: the client's, and those at nginx."""
        before = self.logged()
        resumed = self.measure(way, "resumed", RESUMPTIONS, "logged")["resumed"]
        time.sleep(0.2)
        return resumed, self.logged()[len(before):].count("r")

    def logged(self):
        return open(self.at("sessions.log")).read().split()


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def summary(result):
    each = result["each"]
    return {"p50_us": percentile(each, 0.5), "p99_us": percentile(each, 0.99), "total_us": result["total"],
            "client_cpu_us": result["cpu"], "way_cpu_us": result["way_cpu_us"]}


def medians(rounds):
    return {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}


def print_table(figures):
    print(f"{'':<24} {'way':<10} {'p50 ms':>8} {'p99 ms':>8} {'total ms':>9} {'CPU ms each':>11} {'client CPU':>10} "
          f"{'x direct':>9} {'x mitmproxy':>11}")
    for measure, count in MEASURES:
        of = figures[measure]
        for way in WAYS:
            row = of[way]
            print(f"{SHOWN[measure].format(count):<24} {way:<10} {row['p50_us'] / 1000:>8.3f} "
                  f"{row['p99_us'] / 1000:>8.3f} {row['total_us'] / 1000:>9.1f} {row['way_cpu_us'] / 1000:>11.3f} "
                  f"{100 * row['client_cpu_us'] / row['total_us']:>9.0f}% "
                  f"{row['total_us'] / of['direct']['total_us']:>9.2f} "
                  f"{row['total_us'] / of['mitmproxy']['total_us']:>11.2f}")
    of = figures["keep-alive"]
    for way in WAYS[1:]:
        added = {part: of[way][part] - of["direct"][part] for part in ("p50_us", "p99_us")}
        print(f"Time to the first byte on an open connection, beside a direct one: {way} adds {added['p50_us']:.0f} us "
              f"(p50), {added['p99_us']:.0f} us (p99)")


def version(command):
    return subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0].replace(":", "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", default=os.path.join(ROOT, "build", "release", "hookscope"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    missing = [name for name in ("nginx", "mitmdump", "openssl") if not shutil.which(name)]
    if missing:
        sys.exit("Missing: " + " ".join(missing) + ". As root: apt-get install nginx mitmproxy openssl")
    with Scene(os.path.abspath(arguments.binary)) as scene:
        if not os.path.exists(scene.client):
            sys.exit(f"{scene.client} is not there: build its target, bench_handshakes")
        rounds = {measure: {way: [] for way in WAYS} for measure, _ in MEASURES}
        for way in WAYS:
            scene.measure(way, "sequence", 20)
        for number in range(arguments.rounds):
            for measure, count in MEASURES:
                for at in range(len(WAYS)):
                    way = WAYS[(at + number) % len(WAYS)]  # nobody is always the first
                    rounds[measure][way].append(summary(scene.measure(way, measure, count)))
            print(f"round {number + 1} of {arguments.rounds}", file=sys.stderr)
        resumed = {way: scene.resumptions(way) for way in WAYS}
    figures = {measure: {way: medians(of) for way, of in ways.items()} for measure, ways in rounds.items()}

    tools = [version([scene.binary, "--version"]), version(["mitmdump", "--version"])]
    print(f"Medians of {arguments.rounds} rounds; {os.cpu_count()} processors; " + ", ".join(tools))
    print_table(figures)
    for way in WAYS:
        to_proxy, to_nginx = resumed[way]
        print(f"Sessions resumed, of {RESUMPTIONS - 1} that could be: {way}: {to_proxy} by the client, "
              f"{to_nginx} at nginx")
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump({"rounds": arguments.rounds, "processors": os.cpu_count(), "tools": tools, "figures": figures,
                       "resumed": {way: {"client": at[0], "upstream": at[1]} for way, at in resumed.items()}},
                      file, indent=1)


main()
