"""The parts that go through a relay in plain HTTP: small requests, chat completions, large bodies."""

import os

import peers
from loads import alternate, large_body, wrk
from peers import HAProxy, Hookscope, Way, TOOLS
from programs import BenchError, Stage, free_port
from table import with_added

PATH = "/v1/models"
CHAT = "/v1/chat/completions"


def routes(stage, upstream, settings, threads=True):
    """All relays by base URL; with `threads` also those of two threads."""
    ours = [Hookscope(stage, "hookscope", upstream)]
    if settings.has("window"):
        ours.append(Hookscope(stage, "hookscope (window)", upstream, is_window=True))
    theirs = []
    if settings.has("haproxy"):
        theirs.append(HAProxy(stage, "haproxy", upstream))
    if threads:
        ours.append(Hookscope(stage, "hookscope (2 threads)", upstream, ["--proxy-threads", "2"]))
        if settings.has("haproxy"):
            theirs.append(HAProxy(stage, "haproxy (2 threads)", upstream, threads=2))
    ways = [each.route() for each in [*ours, *theirs]]
    if settings.has("nginx"):
        ways.append(peers.start_nginx_relay(stage, upstream))
    if settings.has("mitmproxy"):
        ways.append(peers.start_mitmproxy(stage, upstream, "reverse"))
    if settings.has("portkey"):
        ways.append(peers.start_portkey(stage, upstream))
    return ours, ways


def count_events(ours, asked):
    """A note: whether Hookscope told of every request. Each is two events, and a third one if it was an LLM's."""
    notes = []
    for each in ours:
        if each.counter is None:
            notes.append(f"{each.name} stored {each.stored_mb():,.0f} MB of events in its session")
            continue
        lines = each.lines()
        wanted = asked[each.name]
        if lines < wanted:
            notes.append(f"{each.name} told of {lines:,} events, and should have of {wanted:,}")
        else:
            notes.append(f"{each.name} told of all {lines:,} events")
    return notes


def small(settings):
    """Keep-alive requests with an answer of 200 bytes."""
    cases, notes = {}, []
    with Stage() as stage:
        if settings.has("window"):
            peers.start_display(stage)
        direct = peers.start_upstream(stage)
        ours, ways = routes(stage, direct.port, settings)
        measure_small(stage, settings, "base URL", [direct, *ways], cases, notes, ours)
    with Stage() as stage:
        direct = peers.start_upstream(stage)
        ours = [Hookscope(stage, "hookscope", direct.port)]
        ways = [ours[0].forward()]
        if settings.has("haproxy"):
            ways.append(HAProxy(stage, "haproxy", direct.port).forward())
        if settings.has("squid"):
            ways.append(peers.start_squid(stage, direct.port))
        if settings.has("mitmproxy"):
            ways.append(peers.start_mitmproxy(stage, direct.port, "regular"))
        measure_small(stage, settings, "forward proxy", [direct, *ways], cases, notes, ours)
    return {"title": "Small requests on kept connections, 200 bytes of answer", "ratio": "requests_per_s",
            "columns": ["requests_per_s", "p50_us", "added_p50_us", "p99_us", "cpu_s_per_1000", "peak_mb"],
            "cases": cases, "notes": [*notes, "tinyproxy keeps no connections."]}


def measure_small(stage, settings, how, ways, cases, notes, ours):
    asked = {each.name: 0 for each in ours}

    def request(way):
        return (PATH, "GET", "") if way.knows_get else (CHAT, "POST", peers.PROMPT)

    def measure(connections):
        def one(way):
            result = wrk(stage, way, connections, settings.seconds_of(way), *request(way))
            if way.name in asked:
                asked[way.name] += 2 * result["requests"]
            return result
        return one

    for way in ways:
        way.check(peers.SMALL.encode(), *request(way))
        if not way.is_slow:
            warm = wrk(stage, way, 32, 1, *request(way))
        if way.name in asked:
            asked[way.name] += 2 + 2 * warm["requests"]
    for connections in settings.connections:
        fit = [way for way in ways if "threads" not in way.name or connections > 1]
        plural = "s" if connections > 1 else ""
        case = f"{connections} connection{plural}, {how}"
        cases[case] = with_added(alternate(settings.rounds, case, fit, measure(connections)))
    notes += [f"By {how}: {note}" for note in count_events(ours, asked)]


def answers(settings):
    """Chat completions with usage, of three sizes."""
    cases, notes = {}, []
    for kb in peers.ANSWER_KB[1:2] if settings.is_quick else peers.ANSWER_KB:
        with Stage() as stage:
            answer = peers.body_of(kb * 1024)
            direct = peers.start_upstream(stage, answer)
            ours, ways = routes(stage, direct.port, settings.without("window"), threads=False)
            asked = {each.name: 0 for each in ours}

            def measure(way):
                result = wrk(stage, way, 32, settings.seconds_of(way), CHAT, "POST", peers.PROMPT)
                if way.name in asked:
                    asked[way.name] += 3 * result["requests"]
                return result

            for way in [direct, *ways]:
                way.check(answer, CHAT, "POST", peers.PROMPT)
            case = f"{kb} KB, 32 connections"
            cases[case] = with_added(alternate(min(2, settings.rounds), case, [direct, *ways], measure))
            notes += [f"{kb} KB: {note}" for note in count_events(ours, asked)]
    return {"title": "Chat completions with usage, by base URL", "ratio": "requests_per_s",
            "columns": ["requests_per_s", "p50_us", "added_p50_us", "p99_us", "cpu_s_per_1000", "peak_mb"],
            "cases": cases, "notes": notes}


def start_bodies(stage, *certificate):
    """The upstream that sends and takes large bodies."""
    port = free_port()
    command = [os.path.join(TOOLS, "bench_bodies"), "serve", str(port), *certificate]
    return Way("direct", stage.start("bodies", command, port), port, port)


def large(settings):
    """One large body, each way, by base URL, as a proxy, and through a tunnel."""
    cases = {}
    with Stage() as stage:
        if settings.has("window"):
            peers.start_display(stage)
        direct = start_bodies(stage)
        port = direct.port
        ours = Hookscope(stage, "hookscope", port)
        haproxy = HAProxy(stage, "haproxy", port) if settings.has("haproxy") else None
        theirs = lambda way: [getattr(haproxy, way)()] if haproxy else []  # noqa: E731
        by_route = [ours.route(), *theirs("route")]
        by_proxy, by_tunnel = [ours.forward(), *theirs("forward")], [ours.tunnel(), *theirs("tunnel")]
        if settings.has("window"):
            by_route.append(Hookscope(stage, "hookscope (window)", port, is_window=True).route())
        if settings.has("nginx"):
            by_route.append(peers.start_nginx_relay(stage, port, buffering="off"))
        for name, start in (("squid", peers.start_squid), ("tinyproxy", peers.start_tinyproxy)):
            if settings.has(name):
                way = start(stage, port)
                by_proxy.append(way)
                by_tunnel.append(Way(name, way.program, way.port, port, "", "tunnel", is_slow=True))
        if settings.has("mitmproxy"):
            by_route.append(peers.start_mitmproxy(stage, port, "reverse"))
        for how, ways in (("base URL", by_route), ("forward proxy", by_proxy), ("CONNECT", by_tunnel)):
            for direction in ("down", "up"):
                measure_large(settings, f"{direction}, {how}", [direct, *ways], direction, cases)
        told = ours.lines()
        if told == 0:
            raise BenchError("Hookscope told of no event")
    return {"title": f"One body of {settings.body_mb} MB", "ratio": "mb_per_s", "columns":
            ["mb_per_s", "cpu_s_per_gb", "peak_mb"], "cases": cases, "notes":
            ["mitmproxy, squid and tinyproxy get a quarter of it.", f"hookscope told of {told} events"]}


def measure_large(settings, case, ways, direction, cases):
    path = "/v1/files"

    def measure(way):
        return large_body(way, direction, settings.body_bytes(way), path)

    for way in ways:
        large_body(way, direction, 8 * 1024 * 1024 + 77, path, is_checked=True)
    rounds = settings.rounds + (not settings.is_quick)  # one more: they are short, and differ much
    cases[case] = alternate(rounds, case, ways, measure)


