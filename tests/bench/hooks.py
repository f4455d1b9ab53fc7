"""What hooks cost the wire, and how fast they deliver: hooks.py [--rounds N] [--count N] [--rate N] [--json FILE] [BINARY]

Latency: requests at a fixed rate (default 300 a second, on one kept connection) through hookscope --headless to nginx.
Five of them run beside each other: without hooks ("off", twice: the difference between the two is the machine's noise),
with a webhook of best effort, with one at least once, and with a file. Each request fires its hook. They take short
turns of --count requests, in another order each time, so that what else the machine does hits all alike; webhooks go to
an nginx of their own. Prints percentiles over all turns, the ratios to "off", the processor's time that each
takes for a request, and whether all events arrived.

Throughput: bench_hooks, which has no proxy: events a second to a fast receiver and lines a second to a file.

BINARY is build/release/hookscope unless named; bench_pace and bench_hooks are to be built beside it. Needs Debian's
nginx. No file is left behind.
"""

import argparse
import collections
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WAYS = ["off", "off again", "best effort", "at least once", "file"]
WARM_UP = 200

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/{name}.pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
    log_format path '$uri';
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/{name}-body;
    proxy_temp_path {folder}/{name}-proxy;
    fastcgi_temp_path {folder}/{name}-fastcgi;
    uwsgi_temp_path {folder}/{name}-uwsgi;
    scgi_temp_path {folder}/{name}-scgi;
    default_type application/json;
    server {{
        listen 127.0.0.1:{port};
        location / {{ return 200 '{{"object":"list","data":[]}}'; }}
        location /hook/ {{ access_log {folder}/arrived.log path buffer=64k flush=1s; return 204; }}
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
    """Upstream, receiver, and a Hookscope for each way, each on a port of loopback, and the folder of their files."""

    def __init__(self, binary):
        self.binary = binary
        self.client = os.path.join(os.path.dirname(binary), "tests", "bench_pace")
        self.folder = tempfile.mkdtemp()
        self.children = {}
        self.ports = {}

    def __enter__(self):
        try:
            for name in ("upstream", "receiver"):
                self.start_nginx(name)
            for way in WAYS:
                self.start_hookscope(way)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop(list(self.children))
        shutil.rmtree(self.folder)

    def stop(self, names):
        for name in names:
            self.children[name].terminate()
        for name in names:
            self.children.pop(name).wait()

    def at(self, name):
        return os.path.join(self.folder, name)

    def start(self, name, command):
        port = self.ports[name]
        with open(self.at(f"{name}.log"), "w") as log:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)
        self.children[name] = child
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            if child.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit(f"{name} did not start:\n" + open(self.at(f"{name}.log")).read())

    def start_nginx(self, name):
        port = self.ports[name] = free_port()
        with open(self.at(f"{name}.conf"), "w") as file:
            file.write(NGINX.format(folder=self.folder, name=name, port=port))
        self.start(name, ["nginx", "-p", self.folder, "-c", self.at(f"{name}.conf")])

    # Events and audit lines are made and written as always, to /dev/null.
    def start_hookscope(self, way):
        port = self.ports[way] = free_port()
        command = ["sh", "-c", 'exec "$@" 2>/dev/null', "start", self.binary, "--headless", "--listen",
                   f"127.0.0.1:{port}", "--route", f"bench=http://127.0.0.1:{self.ports['upstream']}", "--config-dir",
                   self.at(f"{way}-config"), "--data-dir", self.at(f"{way}-data")]
        if hook := self.hook_of(way):
            with open(self.at(f"{way}.json"), "w") as file:
                json.dump({"name": way, "hooks": [{"name": way, "event": "on_response", **hook}]}, file)
            command += ["--hooks", self.at(f"{way}.json")]
        self.start(way, command)

    def hook_of(self, way):
        target = {"type": "webhook", "url": f"http://127.0.0.1:{self.ports['receiver']}/hook/{way.replace(' ', '-')}"}
        return {"best effort": {"target": target},
                "at least once": {"target": target, "delivery": "at_least_once"},
                "file": {"target": {"type": "file", "path": self.at("lines.jsonl")}}}.get(way)

    def measure(self, way, count, rate):
        before = self.cpu_us(way)
        command = [self.client, str(self.ports[way]), "/bench/v1/models", str(count), str(rate)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"{way}: {done.stderr}")
        time.sleep(0.05)  # what is still to be delivered is its own as well
        return [int(line) for line in done.stdout.split()], self.cpu_us(way) - before

    def cpu_us(self, way):
        used = 0
        pid = self.children[way].pid
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/schedstat") as file:
                used += int(file.read().split()[0]) / 1000
        return used

    def arrived(self):
        """How many events each way delivered; ends them."""
        self.stop(WAYS)  # which sends what is queued
        self.stop(["receiver"])
        with open(self.at("arrived.log")) as file:
            counts = collections.Counter(line.strip().removeprefix("/hook/").replace("-", " ") for line in file)
        with open(self.at("lines.jsonl")) as file:
            counts["file"] = sum(1 for _ in file)
        return counts


def percentile(ordered, part):
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def summary(ordered, cpu_us):
    parts = {"p50_us": 0.5, "p90_us": 0.9, "p99_us": 0.99}
    return {name: percentile(ordered, part) for name, part in parts.items()} | {"cpu_us": cpu_us / len(ordered)}


def latencies(binary, rounds, count, rate):
    with Scene(binary) as scene:
        if not os.path.exists(scene.client):
            sys.exit(f"{scene.client} is not there: build its target, bench_pace")
        results = {way: [] for way in WAYS}
        cpu_us = dict.fromkeys(WAYS, 0)
        for way in WAYS:
            scene.measure(way, WARM_UP, rate)
        for number in range(rounds):
            for way in random.sample(WAYS, len(WAYS)):
                each, used = scene.measure(way, count, rate)
                results[way] += each
                cpu_us[way] += used
            if (number + 1) % 10 == 0:
                print(f"turn {number + 1} of {rounds}", file=sys.stderr)
        arrived = scene.arrived()
    return {way: summary(sorted(results[way]), cpu_us[way]) for way in WAYS}, arrived


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", default=os.path.join(ROOT, "build", "release", "hookscope"))
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--rate", type=int, default=300)
    parser.add_argument("--json")
    arguments = parser.parse_args()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if not shutil.which("nginx"):
        sys.exit("Missing: nginx. As root: apt-get install nginx")
    binary = os.path.abspath(arguments.binary)
    figures, arrived = latencies(binary, arguments.rounds, arguments.count, arguments.rate)
    sent = WARM_UP + arguments.rounds * arguments.count

    print(f"{arguments.rate} requests/s, {arguments.rounds} turns of {arguments.count}; "
          f"{os.cpu_count()} processors")
    print(f"{'hooks':<14} {'p50 us':>7} {'p90 us':>7} {'p99 us':>7} {'x off p50':>10} {'x off p99':>10} "
          f"{'CPU us each':>12} {'arrived':>16}")
    for way in WAYS:
        row, off = figures[way], figures["off"]
        print(f"{way:<14} {row['p50_us']:>7.0f} {row['p90_us']:>7.0f} {row['p99_us']:>7.0f} "
              f"{row['p50_us'] / off['p50_us']:>10.2f} {row['p99_us'] / off['p99_us']:>10.2f} {row['cpu_us']:>12.0f} "
              + (f"{arrived[way]:>7} of {sent}" if way in WAYS[2:] else "").rjust(16))
    sys.stdout.flush()
    throughput = os.path.join(os.path.dirname(binary), "tests", "bench_hooks")
    if os.path.exists(throughput):
        print(subprocess.run([throughput], capture_output=True, text=True, check=True).stdout, end="")
    if arguments.json:
        with open(arguments.json, "w") as file:
            json.dump({"figures": figures, "arrived": arrived, "sent": sent}, file, indent=1)
    if any(arrived[way] != sent for way in WAYS[2:]):
        sys.exit("not every event arrived")


main()
