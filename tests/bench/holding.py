"""What is held in memory: by connections that idle, and by a day's work."""

import contextlib
import http.client
import socket
import time

import peers
from loads import wrk
from peers import HAProxy, Hookscope
from programs import BenchError, Stage
from relays import CHAT, PATH, count_events

CONNECTIONS = 2000


def ask(client, way):
    """One request on a connection that stays open."""
    path, method, body = (PATH, "GET", "") if way.knows_get else (CHAT, "POST", peers.PROMPT)
    fields = {"Host": f"127.0.0.1:{way.upstream}", **way.fields}
    if body:
        fields.update({"Content-Type": "application/json", "Content-Length": str(len(body))})
    text = f"{method} {way.target(path)} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items())
    client.sendall((text + "\r\n" + body).encode())
    answer = http.client.HTTPResponse(client)
    answer.begin()
    content = answer.read()
    if answer.status != 200 or (way.knows_get and content != peers.SMALL.encode()):
        raise BenchError(f"{way.name} answered {answer.status} on one of {CONNECTIONS} connections: {content[:200]}")


def is_kept(client, way):
    try:
        ask(client, way)
    except (OSError, http.client.HTTPException):
        return False
    return True


def hold(way, seconds, slow_count):
    """The growth of what is resident by connections that each had one request, and what they cost while idle."""
    count = slow_count if way.is_slow else CONNECTIONS
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(socket.create_connection(("127.0.0.1", way.port), 60))
        for _ in range(count):  # so that what requests leave behind is there before
            ask(first, way)
        time.sleep(1)
        before = way.program.memory_mb()
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", way.port), 60)) for _ in range(count)]
        for client in clients:
            ask(client, way)
        time.sleep(1)
        after = way.program.memory_mb()
        cpu = way.program.fine_cpu_s()
        time.sleep(seconds)
        idle_cpu = (way.program.fine_cpu_s() - cpu) / seconds * 100
        sample = clients[::20]
        kept = sum(is_kept(client, way) for client in sample)
    return {"kb_per_connection": (after - before) * 1024 / count, "idle_cpu_percent": idle_cpu,
            "kept_percent": kept / len(sample) * 100, "peak_mb": way.program.peak_mb()}


def idle(settings):
    """2,000 idle connections: memory of each, and processor time."""
    figures = {}
    with Stage() as stage:
        direct = peers.start_upstream(stage)
        ways = [Hookscope(stage, "hookscope", direct.port).route()]
        if settings.has("haproxy"):
            ways.append(HAProxy(stage, "haproxy", direct.port).route())
        if settings.has("nginx"):
            ways.append(peers.start_nginx_relay(stage, direct.port))
        if settings.has("mitmproxy"):
            ways.append(peers.start_mitmproxy(stage, direct.port, "reverse"))
        if settings.has("portkey"):
            ways.append(peers.start_portkey(stage, direct.port))
        for way in ways:
            try:
                figures[way.name] = hold(way, *((2, 100) if settings.is_quick else (6, 500)))
            except (BenchError, OSError, http.client.HTTPException) as error:
                if way.name == "hookscope":
                    raise BenchError(f"Hookscope does not hold {CONNECTIONS} connections: {error}") from None
                figures[way.name] = {}
        if figures["hookscope"]["kept_percent"] < 100:
            raise BenchError("Hookscope closed idle connections")
    return {"title": f"{CONNECTIONS:,} idle connections, each after one request", "ratio": "kb_per_connection",
            "columns": ["kb_per_connection", "idle_cpu_percent", "kept_percent", "peak_mb"],
            "cases": {f"{CONNECTIONS:,} connections": figures},
            "notes": ["Hookscope keeps a connection to the upstream for each; the others share or close them.",
                      f"mitmproxy and Portkey get {100 if settings.is_quick else 500}.",
                      "kept: of those that were asked once more, how many were still open."]}


def day(settings):
    """A day's work: 1,000,000 chat completions of 1 KB (fewer with --quick); memory on the way."""
    calls = 50_000 if settings.is_quick else 1_000_000
    cases, notes = {}, []
    with Stage() as stage:
        direct = peers.start_upstream(stage, peers.body_of(1024))
        ours = Hookscope(stage, "hookscope", direct.port)
        way = ours.route()
        way.check(peers.body_of(1024), CHAT, "POST", peers.PROMPT)
        done = 0
        cases["before"] = {way.name: {"resident_mb": way.program.memory_mb(), "peak_mb": way.program.peak_mb()}}
        for part in (0.01, 0.1, 0.25, 0.5, 0.75, 1):
            cpu, begun, at_begin = way.program.cpu_s(), time.monotonic(), done
            while done < part * calls:
                done += wrk(stage, way, 32, 1, CHAT, "POST", peers.PROMPT)["requests"]
            made = max(1, done - at_begin)
            cases[f"after {done:,} calls"] = {way.name: {
                "requests_per_s": made / (time.monotonic() - begun), "resident_mb": way.program.memory_mb(),
                "peak_mb": way.program.peak_mb(), "cpu_s_per_1000": (way.program.cpu_s() - cpu) / made * 1000}}
        notes = count_events([ours], {ours.name: 3 * done})
    return {"title": f"A day's work: {calls:,} chat completions", "ratio": "resident_mb",
            "columns": ["resident_mb", "peak_mb", "requests_per_s", "cpu_s_per_1000"], "cases": cases, "notes": notes}
