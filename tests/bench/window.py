"""Start to first paint, idle CPU and memory of the real window: window.py BINARY [ROWS]

Prints, for an empty session and for a restored one of ROWS calls (10,000): the time from the program's start to the
first pixel of its window (on a virtual display without a window manager), the share of one core that it takes while
nothing happens, over 60 s, and its resident memory then.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid

from Xlib import X, display as xdisplay

IDLE_SECONDS = 60
RUNS = 5


def start_display():
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp",
                               "-noreset", "-ac"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    number = os.read(read, 16).decode().strip()
    os.environ["DISPLAY"] = f":{number}"
    return server


def session(folder, rows):
    """A session as it is on disk: one segment of stored events."""
    current = f"{folder}/data/sessions/current"
    os.makedirs(current, mode=0o700)
    now = time.time_ns() // 1000
    with open(f"{current}/00000001.jsonl", "w") as out:
        for i in range(rows):
            at = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(now // 1_000_000 - rows + i))
            common = {"timestamp": at, "sandbox": "bench", "method": "POST"}
            path, host = "/v1/chat/completions", "api.example.com"
            ident = str(uuid.UUID(int=(0x01a21a8f << 96) | (7 << 76) | (2 << 62) | i))
            call = {**{k: common[k] for k in ("timestamp", "sandbox")}, "provider": "openai", "host": host,
                    "method": "POST", "path": path, "model": f"model-{i % 7}", "status": 200, "latency_ms": 300,
                    "input_tokens": 1000 + i, "output_tokens": 20, "total_tokens": 1020 + i, "streaming": False,
                    "secret_injected": False, "event": "on_response", "id": ident}
            end = {**common, "url": f"https://{host}{path}", "host": host, "status": 200, "secret_injected": False,
                   "latency_ms": 300, "event": "on_response", "id": ident, "duration_ms": 400}
            out.write(json.dumps(call) + "\n" + json.dumps(end) + "\n")


def first_paint(binary, folder):
    root = xdisplay.Display().screen().root
    begun = time.monotonic()
    window = subprocess.Popen([binary, "--listen", "127.0.0.1:0", "--config-dir", f"{folder}/config", "--data-dir",
                               f"{folder}/data"], stderr=subprocess.DEVNULL)
    while window.poll() is None and time.monotonic() - begun < 30:
        pixels = root.get_image(0, 0, 600, 1, X.ZPixmap, 0xffffffff).data
        if any(pixels[i] or pixels[i + 1] for i in range(0, len(pixels), 4)):
            return window, (time.monotonic() - begun) * 1000
        time.sleep(0.002)
    sys.exit("no window came up")


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def measure(binary, rows):
    times = []
    for run in range(RUNS):
        folder = tempfile.mkdtemp()
        if rows:
            session(folder, rows)
        window, paint = first_paint(binary, folder)
        times.append(paint)
        if run == RUNS - 1:
            time.sleep(10)
            before = cpu_seconds(window.pid)
            time.sleep(IDLE_SECONDS)
            idle = (cpu_seconds(window.pid) - before) / IDLE_SECONDS * 100
            memory = memory_mb(window.pid)
        window.terminate()
        window.wait()
        shutil.rmtree(folder)
    print(f"{rows:>8,} rows restored: first paint {sorted(times)[RUNS // 2]:.0f} ms (of {RUNS}: "
          f"{min(times):.0f} to {max(times):.0f}), idle CPU {idle:.2f} %, memory {memory:.0f} MB", flush=True)


def main():
    binary = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    os.environ.update({"QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"})
    runtime = tempfile.mkdtemp()
    os.environ["XDG_RUNTIME_DIR"] = runtime
    server = start_display()
    try:
        measure(binary, 0)
        measure(binary, rows)
    finally:
        server.terminate()
        shutil.rmtree(runtime)


main()
