"""What is aimed at, beside what was measured."""

from table import OURS

SMALL = "32 connections, base URL"


def share(figure, ours=OURS, theirs="haproxy"):
    """Of each case that has both: ours, as a part of theirs."""
    def of(cases):
        return [ways[ours][figure] / ways[theirs][figure] for ways in cases
                if ways.get(ours, {}).get(figure) is not None and ways.get(theirs, {}).get(figure)]
    return of


def value(figure, way=OURS):
    def of(cases):
        return [ways[way][figure] for ways in cases if ways.get(way, {}).get(figure) is not None]
    return of


def growth(cases):
    """Of what is resident, from the first hundredth of the calls to the last."""
    resident = [ways[OURS]["resident_mb"] for ways in cases]
    return [resident[-1] - resident[1]] if len(resident) > 1 else []


# The part, the beginning of the cases it is about, in words, how it is got, and the least or the most it is to be. Of
# several cases the worst counts.
TARGETS = [
    ("small", SMALL, "requests/s, of HAProxy's", share("requests_per_s"), ">=", 0.9),
    ("small", SMALL, "requests/s with two threads, of HAProxy's with one",
     share("requests_per_s", OURS + " (2 threads)"), ">=", 1.5),
    ("small", "1 connection, base URL", "added median, of HAProxy's", share("added_p50_us"), "<=", 1.1),
    ("small", SMALL, "requests/s, of mitmproxy's", share("requests_per_s", theirs="mitmproxy"), ">=", 30),
    ("small", SMALL, "requests/s, of Portkey's", share("requests_per_s", theirs="portkey"), ">=", 40),
    ("small", SMALL, "requests/s with the window, of those without",
     share("requests_per_s", OURS + " (window)", OURS), ">=", 0.9),
    ("large", "", "bytes/s, of HAProxy's", share("mb_per_s"), ">=", 0.9),
    ("large", "", "bytes/s, of HAProxy's without CONNECT", share("mb_per_s", theirs="haproxy (tcp)"), ">=", 0.9),
    ("large", "", "bytes/s with the window, of those without", share("mb_per_s", OURS + " (window)", OURS), ">=", 0.9),
    ("streams", "", "added time to the first byte, p50 us", value("added_first_p50_us"), "<=", 100),
    ("streams", "", "added time to the first byte, p99 us", value("added_first_p99_us"), "<=", 500),
    ("streams", "", "added delay of an event, p50 us", value("added_p50_us"), "<=", 100),
    ("streams", "", "added delay of an event, p99 us", value("added_p99_us"), "<=", 500),
    ("streams", "", "events that came with another, of 1,000", value("joined_per_1000"), "<=", 1),
    ("streams", "", "delay p50 with the window, of that without", share("p50_us", OURS + " (window)", OURS), "<=", 1.1),
    ("tls", "", "per second, of mitmproxy's", share("per_s", theirs="mitmproxy"), ">=", 5),
    ("tls", "", "per second, of squid's", share("per_s", theirs="squid"), ">=", 1),
    ("idle", "", "KB of an idle connection", value("kb_per_connection"), "<=", 20),
    ("day", "", "growth in MB", growth, "<=", 1024),
    ("opening", "", "lines/s", value("lines_per_s"), ">=", 1_000_000),
]


def judged(parts):
    """Rows of part, target, measured, wanted, and whether it is met; what was not measured is left out."""
    rows = []
    for name, beginning, words, measured, comparison, wanted in TARGETS:
        if name not in parts:
            continue
        cases = [with_per_s(ways) for case, ways in parts[name]["cases"].items() if case.startswith(beginning)]
        found = measured(cases)
        if not found:
            continue
        worst = min(found) if comparison == ">=" else max(found)
        is_met = worst >= wanted if comparison == ">=" else worst <= wanted
        rows.append((f"{name}: {beginning + ': ' if beginning else ''}{words}", number(worst),
                     f"{comparison} {number(wanted)}", "yes" if is_met else "no"))
    return rows


def with_per_s(ways):
    """Requests or megabytes, whichever a case has, under one name."""
    return {way: {**figures, "per_s": figures.get("requests_per_s", figures.get("mb_per_s"))}
            for way, figures in ways.items()}


def number(amount):
    return f"{amount:,.2f}" if abs(amount) < 100 else f"{amount:,.0f}"


def as_text(parts):
    rows = judged(parts)
    width = max((len(row[0]) for row in rows), default=0)
    return "\n".join(["Targets (of several cases the worst)",
                      *(f"  {what.ljust(width)}  {got:>12}  {wanted:>12}  {met}" for what, got, wanted, met in rows)])


def as_markdown(parts):
    lines = ["## Targets", "", "Of several cases the worst counts.", "", "| | measured | wanted | met |",
             "|---|---:|---:|---|"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in judged(parts)]) + "\n"
