"""Work for a way: wrk for small requests, bench_bodies for large ones; and the alternation of the ways."""

import json
import os
import subprocess
import sys

from peers import TOOLS
from programs import BenchError
from table import OURS, medians

LUA = """
wrk.method = "{method}"
wrk.path = "{path}"
wrk.body = {body}
{fields}
done = function(summary, latency, requests)
    local failed = summary.errors
    io.write(string.format('\\n{{"requests": %d, "us": %d, "p50_us": %.0f, "p99_us": %.0f, "failed": %d}}\\n',
        summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
        failed.connect + failed.read + failed.write + failed.status + failed.timeout))
end
"""


def lua_string(text):
    return "[==[" + text + "]==]" if text else "nil"


def wrk(stage, way, connections, seconds, path, method="GET", body=""):
    """Requests on kept connections for some time; the requests are made once, so that the script costs nothing."""
    fields = {"Host": f"127.0.0.1:{way.upstream}", **way.fields}
    if body:
        fields["Content-Type"] = "application/json"
    script = stage.write("wrk.lua", LUA.format(
        method=method, path=way.target(path), body=lua_string(body),
        fields="\n".join(f'wrk.headers["{name}"] = {lua_string(value)}' for name, value in fields.items())))
    before = way.program.cpu_s()
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", script,
                           f"http://127.0.0.1:{way.port}/"], capture_output=True, text=True)
    if done.returncode != 0 or not done.stdout.rstrip().endswith("}"):
        raise BenchError(f"wrk failed for {way.name}: {done.stdout}{done.stderr}")
    result = json.loads(done.stdout.rstrip().splitlines()[-1])
    if result["requests"] == 0 and result["failed"] == 0 and seconds < 3:
        return wrk(stage, way, connections, 10, path, method, body)  # not one answer in that time
    if result["requests"] == 0 or result["failed"] > 0.001 * result["requests"]:
        raise BenchError(f"{way.name} at {connections} connections did not answer as it should:\n{done.stdout}")
    cpu = way.program.cpu_s() - before
    return {"requests_per_s": result["requests"] / result["us"] * 1e6, "p50_us": result["p50_us"],
            "p99_us": result["p99_us"], "cpu_s_per_1000": cpu / result["requests"] * 1000,
            "peak_mb": way.program.peak_mb(), "requests": result["requests"]}


def large_body(way, direction, size, path, ca=None, host=None, is_checked=False):
    """One body of `size` bytes down or up."""
    authority = host or f"127.0.0.1:{way.upstream}"
    target = way.target(f"{path}/{size}" if direction == "down" else path + ("/check" if is_checked else ""))
    command = [os.path.join(TOOLS, "bench_bodies"), direction, str(size), str(way.port), target, "--host", authority]
    if way.form == "tunnel":
        command += ["--tunnel", authority]
    if ca:
        command += ["--ca", ca]
    if is_checked:
        command += ["--check"]
    before = way.program.cpu_s()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"{way.name}, {direction}: {done.stderr}{done.stdout}")
    result = json.loads(done.stdout)
    return {"mb_per_s": size / result["us"], "cpu_s_per_gb": (way.program.cpu_s() - before) / size * 1e9,
            "peak_mb": way.program.peak_mb()}


def alternate(rounds, what, ways, measure):
    """The medians of each way's figures. Each round goes through all ways, and nobody is always the first. A relay
    that fails is left out, and has no figures."""
    figures = {way.name: [] for way in ways}
    for number in range(rounds):
        for at in range(len(ways)):
            way = ways[(at + number) % len(ways)]
            if sys.stderr.isatty():
                print(f"\r\033[K{what}, round {number + 1} of {rounds}: {way.name}", end="", file=sys.stderr,
                      flush=True)
            if figures[way.name] is None:
                continue
            try:
                figures[way.name].append(measure(way))
            except BenchError as error:
                if way.name == "direct" or way.name.startswith(OURS):
                    raise
                print(f"{what}: {way.name} is left out: {error}", file=sys.stderr)
                figures[way.name] = None
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
    print(f"{what}: done", file=sys.stderr)
    return {name: medians(each) if each else {} for name, each in figures.items()}
