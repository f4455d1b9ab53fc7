"""Streamed chat completions: what a relay adds to the first byte and to each event."""

import json
import os
import subprocess

import peers
from loads import alternate
from peers import HAProxy, Hookscope, TOOLS, Way
from programs import BenchError, Stage, free_port
from relays import CHAT, count_events

GAP_US = 10_000
STREAMS = 100

# mitmproxy keeps an answer of unknown length back unless a script says otherwise.
STREAM_ALL = """
def responseheaders(flow):
    flow.response.stream = True
"""


def start_upstream(stage):
    port = free_port()
    command = [os.path.join(TOOLS, "bench_streams"), "serve", str(port), str(GAP_US)]
    return Way("direct", stage.start("streams", command, port), port, port)


def run_streams(way, events):
    fields = {"Host": f"127.0.0.1:{way.upstream}", **way.fields}
    before = way.program.cpu_s()
    done = subprocess.run([os.path.join(TOOLS, "bench_streams"), "run", str(way.port), way.target(CHAT), str(STREAMS),
                           str(events), str(GAP_US), *(f"{name}: {value}" for name, value in fields.items())],
                          capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchError(f"Streams by {way.name}: {done.stderr}")
    result = json.loads(done.stdout)
    count = STREAMS * events
    return {**result, "joined_per_1000": result["joined"] / count * 1000, "peak_mb": way.program.peak_mb(),
            "cpu_s_per_1000": (way.program.cpu_s() - before) / count * 1000}


def with_added(ways):
    for name in ("first_p50_us", "first_p99_us", "p50_us", "p99_us"):
        for way, figures in ways.items():
            if way != "direct" and figures:
                figures["added_" + name] = figures[name] - ways["direct"][name]
    return ways


def streams(settings):
    """SSE streams, 100 at once: time to the first byte, and the delay of each event."""
    events = 100 if settings.is_quick else 500
    with Stage() as stage:
        if settings.has("window"):
            peers.start_display(stage)
        direct = start_upstream(stage)
        ours = [Hookscope(stage, "hookscope", direct.port)]
        if settings.has("window"):
            ours.append(Hookscope(stage, "hookscope (window)", direct.port, is_window=True))
        ways = [direct, *(each.route() for each in ours)]
        if settings.has("haproxy"):
            # Without the option it holds events back for up to 200 ms.
            ways.append(HAProxy(stage, "haproxy", direct.port, option="option http-no-delay").route())
        if settings.has("nginx"):
            ways.append(peers.start_nginx_relay(stage, direct.port, buffering="off"))
        if settings.has("mitmproxy"):
            script = stage.write("stream.py", STREAM_ALL)
            ways.append(peers.start_mitmproxy(stage, direct.port, "reverse", arguments=["-s", script]))
        asked = {each.name: 0 for each in ours}

        def measure(way):
            if way.name in asked:
                asked[way.name] += 2 * 3 * STREAMS  # a short stream goes before each
            return run_streams(way, events)

        case = f"{STREAMS} streams of {events} events"
        cases = {case: with_added(alternate(settings.rounds, case, ways, measure))}
        notes = count_events(ours, asked)
    return {"title": f"Streams: {case}, sent {GAP_US // 1000} ms apart, by base URL", "ratio": "p50_us", "columns":
            ["first_p50_us", "added_first_p50_us", "first_p99_us", "added_first_p99_us", "p50_us", "added_p50_us",
             "p99_us", "added_p99_us", "joined_per_1000", "cpu_s_per_1000", "peak_mb"],
            "cases": cases, "notes": ["first: from the request to the first byte of the answer, on an open connection. "
                                      "p50, p99: from sending an event to receiving it.",
                                      "joined: of 1,000 events, how many came together with the one before.",
                                      "Portkey is left out: its version 1.15.2 answers streams with 500 (Node 20).",
                                      *notes]}
