"""What is not on the wire: the window's start and rest, rows in memory, and files with an event a line."""

import json
import mmap
import os
import random
import re
import struct
import subprocess
import time
import uuid

import peers
from loads import alternate
from peers import TOOLS
from programs import BenchError, Stage
from table import medians

ROWS = 10_000


class Named:
    """What is measured without a relay."""

    def __init__(self, name, measure):
        self.name = name
        self.measure = measure


class Screen:
    """A virtual display whose pixels can be read from a file: Xvfb's, in the form of xwd."""

    def __init__(self, stage):
        os.mkdir(stage.at("screen"))
        peers.start_display(stage, "-fbdir", stage.at("screen"))
        with open(stage.at("screen", "Xvfb_screen0"), "rb") as file:
            self.bytes = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", self.bytes[:100])
        self.begin = header[0] + header[19] * 12  # the header, and colours of 12 bytes
        self.black = bytes(4 * 600)

    def is_painted(self):
        """Whether there is anything in the corner where a window without a window manager is."""
        row = self.bytes[self.begin:self.begin + len(self.black)]
        return any(row[at] or row[at + 1] for at in range(0, len(row), 4))


def session(folder, rows):
    """A session as it is on disk: one segment of stored events."""
    current = f"{folder}/sessions/current"
    os.makedirs(current, mode=0o700)
    now = time.time_ns() // 1000
    with open(f"{current}/00000001.jsonl", "w") as out:
        for i in range(rows):
            at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(now // 1_000_000 - rows + i))
            path, host = "/v1/chat/completions", "api.example.com"
            ident = str(uuid.UUID(int=(0x01a21a8f << 96) | (7 << 76) | (2 << 62) | i))
            call = {"timestamp": at, "sandbox": "bench", "provider": "openai", "host": host, "method": "POST",
                    "path": path, "model": f"model-{i % 7}", "status": 200, "latency_ms": 300,
                    "input_tokens": 1000 + i, "output_tokens": 20, "total_tokens": 1020 + i, "streaming": False,
                    "secret_injected": False, "event": "on_response", "id": ident}
            end = {"timestamp": at, "sandbox": "bench", "method": "POST", "url": f"https://{host}{path}", "host": host,
                   "status": 200, "secret_injected": False, "latency_ms": 300, "event": "on_response", "id": ident,
                   "duration_ms": 400}
            out.write(json.dumps(call) + "\n" + json.dumps(end) + "\n")


def start_window(stage, screen, number, rows, rest_s, command=None):
    """One start, and some seconds of rest, if it is to be measured."""
    folder = stage.at(f"window-{number}")
    os.mkdir(folder)
    if rows:
        session(f"{folder}/data", rows)
    command = command or [peers.BINARY, "--listen", "127.0.0.1:0", "--config-dir", f"{folder}/config", "--data-dir",
                          f"{folder}/data"]
    begun = time.monotonic()
    window = stage.start("window", command, environment=peers.window_environment(stage))
    while not screen.is_painted():
        if not window.is_alive() or time.monotonic() - begun > 30:
            raise BenchError(f"No window came up: {window.said()}")
        time.sleep(0.001)
    paint = (time.monotonic() - begun) * 1000
    figures = {"paint_ms": paint}
    if rest_s:
        time.sleep(3)
        before = window.fine_cpu_s()
        time.sleep(rest_s)
        figures.update({"idle_cpu_percent": (window.fine_cpu_s() - before) / rest_s * 100,
                        "resident_mb": window.memory_mb()})
    stage.stop(window)
    deadline = time.monotonic() + 10
    while screen.is_painted() and time.monotonic() < deadline:
        time.sleep(0.01)
    return figures


def measure_rows(exchanges):
    """bench_window: rows that come into the log and an open table."""
    done = subprocess.run([os.path.join(TOOLS, "bench_window"), str(exchanges)], capture_output=True, text=True,
                          env=dict(os.environ, QT_QPA_PLATFORM="offscreen"))
    found = [re.search(pattern, done.stdout) for pattern in
             (r"([\d.]+) events/s", r"longest ([\d.]+) ms", r"([\d.]+) bytes a row")]
    if done.returncode != 0 or not all(found):
        raise BenchError(f"bench_window failed: {done.stdout}{done.stderr}")
    return {"events_per_s": float(found[0][1]), "gap_ms": float(found[1][1]), "bytes_per_row": float(found[2][1])}


def measure_starts(settings):
    """What is seen of each kind of window, the medians of the rounds."""
    number = 0
    with Stage() as stage:
        screen = Screen(stage)
        ways = [("hookscope", 0, None), (f"hookscope ({ROWS:,} rows)", ROWS, None),
                ("an empty Qt window", 0, [os.path.join(TOOLS, "bench_emptywindow")])]
        figures = {name: [] for name, *_ in ways}
        start_window(stage, screen, number, 0, 0, ways[2][2])  # a display's first window is slow
        for left in reversed(range(settings.rounds)):
            rest_s = 0 if left else 2 if settings.is_quick else 6  # the last time
            for name, rows, command in ways:
                number += 1
                figures[name].append(start_window(stage, screen, number, rows, rest_s, command))
    return {name: {**each[-1], **medians(each)} for name, each in figures.items()}


def window(settings):
    """Start to first paint, rest, and memory of a row, beside an empty window of the same toolkit."""
    cases = {"start to first paint": measure_starts(settings)} if settings.has("window") else {}
    exchanges = 100_000 if settings.is_quick else 1_000_000
    cases[f"{exchanges:,} rows, table open"] = {"hookscope": measure_rows(exchanges)}
    return {"title": "The window", "ratio": "paint_ms", "columns":
            ["paint_ms", "idle_cpu_percent", "resident_mb", "events_per_s", "gap_ms", "bytes_per_row"], "cases": cases,
            "notes": ["gap: the longest time between two turns of the window's event loop.",
                      "Rows: five events each; memory of records and texts, without details."]}


def write_lines(path, size):
    """Lines as agentkernel's file hooks write them: two proxy events and an LLM event for each call."""
    chance = random.Random(5)
    block = []
    for i in range(3000):
        host = chance.choice(["api.openai.com", "api.anthropic.com", "pypi.org", "api.github.com"])
        route = chance.choice(["/v1/chat/completions", "/v1/messages", f"/simple/package-{i % 50}/"])
        common = {"timestamp": f"2026-03-04T05:{i // 60 % 60:02}:{i % 60:02}.123456Z", "sandbox": f"agent-{i % 4}"}
        event = {**common, "method": "POST", "url": f"https://{host}{route}", "host": host, "status": None,
                 "secret_injected": False, "latency_ms": None}
        block.append(event)
        block.append({**event, "status": 200, "latency_ms": chance.randrange(20, 9000)})
        tokens = [chance.randrange(100, 100_000), chance.randrange(1, 4000)]
        block.append({**common, "provider": "openai", "host": host, "method": "POST", "path": route,
                      "model": f"gpt-{i % 5}", "status": 200, "latency_ms": 812, "input_tokens": tokens[0],
                      "output_tokens": tokens[1], "total_tokens": sum(tokens), "streaming": True,
                      "secret_injected": False})
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in block).encode()
    with open(path, "wb") as file:
        for _ in range(max(1, size // len(text))):
            file.write(text)


def timed(command, path, lines):
    """Lines a second of a program that reads a file."""
    begun = time.monotonic()
    subprocess.run([*command, path], check=True, stdout=subprocess.DEVNULL)
    took = time.monotonic() - begun
    return {"lines_per_s": lines / took, "mb_per_s": os.path.getsize(path) / took / 1e6}


LNAV_FORMAT = {"agentkernel_log": {
    "title": "agentkernel", "description": "Event lines of a file hook", "json": True, "timestamp-field": "timestamp",
    "hide-extra": True,
    "line-format": [{"field": "__timestamp__"}, *[part for name in ("sandbox", "method", "host", "status")
                                                  for part in (" ", {"field": name})]],
    "value": {**{name: {"kind": "string"} for name in ("sandbox", "method", "url", "host", "path", "provider", "model")},
              **{name: {"kind": "integer"} for name in ("status", "latency_ms", "input_tokens", "output_tokens",
                                                        "total_tokens")},
              **{name: {"kind": "boolean"} for name in ("streaming", "secret_injected")}}}}


def read_by_lnav(stage, path, lines):
    """Lines a second of lnav without its window: it indexes all of them by their times, as when it opens the file."""
    home = stage.at("lnav")
    folder = os.path.join(home, ".lnav", "formats", "bench")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "agentkernel.json"), "w") as file:
        json.dump(LNAV_FORMAT, file)
    environment = {name: text for name, text in os.environ.items() if name != "XDG_CONFIG_HOME"}
    begun = time.monotonic()
    done = subprocess.run(["lnav", "-n", "-c", ";SELECT count(*) AS lines FROM agentkernel_log", "-c",
                           ":write-csv-to -", path], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          env={**environment, "HOME": home})
    took = time.monotonic() - begun
    if str(lines) not in done.stdout.split():
        raise BenchError(f"lnav does not know the lines of {path}: {done.stdout}{done.stderr}")
    return {"lines_per_s": lines / took, "mb_per_s": os.path.getsize(path) / took / 1e6}


def opened(way, path):
    done = subprocess.run([os.path.join(TOOLS, "bench_opening"), way, path], capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"bench_opening {way}: {done.stderr}")
    result = json.loads(done.stdout)
    seconds = result["seconds"]
    figures = {"lines_per_s": result["lines"] / seconds, "mb_per_s": result["bytes"] / seconds / 1e6}
    if result["bytes_per_row"]:
        figures["bytes_per_row"] = result["bytes_per_row"]
    return figures


def opening(settings):
    """Opening a file of agentkernel's event lines (1 GB; less with --quick), beside jq, lnav, wc, simdjson, memcpy."""
    size = 50_000_000 if settings.is_quick else 1_000_000_000
    with Stage() as stage:
        files = {stage.at(f"{part}.jsonl"): size // part for part in (1, 4, 20)}
        for path, part in files.items():
            write_lines(path, part)
        large, quarter, little = files
        lines = {path: int(subprocess.run(["wc", "-l", path], capture_output=True, text=True).stdout.split()[0])
                 for path in files}
        ways = [Named("hookscope", lambda: opened("import", large)),
                Named("hookscope (followed)", lambda: opened("follow", quarter)),
                Named("jq", lambda: timed(["jq", "-c", ".status"], little, lines[little])),
                Named("lnav", lambda: read_by_lnav(stage, quarter, lines[quarter])),
                Named("wc -l", lambda: timed(["wc", "-l"], large, lines[large])),
                Named("simdjson", lambda: opened("simdjson", large)),
                Named("memcpy", lambda: opened("memcpy", large))]
        case = f"{lines[large]:,} lines, {size / 1e9:g} GB"
        cases = {case: alternate(1, case, ways, lambda way: way.measure())}
    return {"title": "Opening a file with an event a line", "ratio": "lines_per_s", "columns":
            ["lines_per_s", "mb_per_s", "bytes_per_row"], "cases": cases,
            "notes": ["From the page cache, once. Hookscope's rows go into its log, which keeps the newest million, "
                      "and into its totals; a quarter of the file is followed and read by lnav, and jq gets a twentieth.",
                      "lnav opens without its window: it knows each line's time and level, and counts the lines.",
                      "simdjson parses every field; memcpy reads and writes each byte."]}
