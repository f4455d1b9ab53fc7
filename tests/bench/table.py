"""Figures to tables: medians, ratios, text for a terminal and Markdown.

A part is {"title", "columns", "ratio", "cases": {case: {way: {figure: value}}}, "notes"}: `columns` are names of COLUMNS,
`ratio` is the figure that ratios are made of.
"""

import statistics

# Figure: its heading, how it is printed, and whether more of it is better.
COLUMNS = {
    "lines_per_s": ("lines/s", "{:,.0f}", True),
    "requests_per_s": ("requests/s", "{:,.0f}", True),
    "mb_per_s": ("MB/s", "{:,.0f}", True),
    "first_p50_us": ("first p50", "{:,.0f}", False),
    "first_p99_us": ("first p99", "{:,.0f}", False),
    "added_first_p50_us": ("added", "{:,.0f}", False),
    "added_first_p99_us": ("added", "{:,.0f}", False),
    "p50_us": ("p50 us", "{:,.0f}", False),
    "p99_us": ("p99 us", "{:,.0f}", False),
    "added_p50_us": ("added", "{:,.0f}", False),
    "added_p99_us": ("added", "{:,.0f}", False),
    "cpu_s_per_1000": ("CPU s/1000", "{:.3f}", False),
    "cpu_s_per_gb": ("CPU s/GB", "{:.2f}", False),
    "joined_per_1000": ("joined/1000", "{:.2f}", False),
    "kb_per_connection": ("KB each", "{:.1f}", False),
    "idle_cpu_percent": ("idle CPU %", "{:.2f}", False),
    "paint_ms": ("first paint ms", "{:,.0f}", False),
    "events_per_s": ("events/s", "{:,.0f}", True),
    "gap_ms": ("gap ms", "{:.1f}", False),
    "bytes_per_row": ("bytes/row", "{:,.0f}", False),
    "kept_percent": ("kept %", "{:.0f}", True),
    "resident_mb": ("resident MB", "{:,.0f}", False),
    "peak_mb": ("peak MB", "{:,.0f}", False),
}

OURS = "hookscope"


def medians(rounds):
    """The median of each figure that all rounds have."""
    return {name: statistics.median(each[name] for each in rounds)
            for name in rounds[0] if all(each.get(name) is not None for each in rounds)}


def percentile(values, part):
    """The value below which `part` of them are; they need not be sorted."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def ratio(one, other, figure):
    """How much better `one` is than `other`, in a figure: 2 is twice as fast. None if that is not known."""
    if figure == "per_s":  # of whatever there is most
        figure = "mb_per_s" if one and "mb_per_s" in one else "requests_per_s"
    if one is None or other is None or one.get(figure) is None or not other.get(figure):
        return None
    if COLUMNS[figure][2]:
        return one[figure] / other[figure]
    return other[figure] / one[figure] if one[figure] else None


def with_added(ways):
    """What each way adds to the times of the direct one."""
    direct = ways.get("direct")
    if direct:
        for way, figures in ways.items():
            for name in ("p50_us", "p99_us"):
                if way != "direct" and name in figures and name in direct:
                    figures["added_" + name] = figures[name] - direct[name]
    return ways


def rival(way):
    """Which of ours a way is compared with: what has two threads, with what has two."""
    return OURS + way[way.index(" ("):] if way.endswith(" (2 threads)") else OURS


def shown(value):
    """A ratio, with three digits at least if it is small."""
    return "" if value is None else f"{value:.2f}" if value >= 0.1 else f"{value:.3g}"


def cells(part):
    """Heading and rows of texts."""
    columns = part["columns"]
    has_direct = any("direct" in ways for ways in part["cases"].values())
    ratios = (["x direct"] if has_direct else []) + ["Hookscope : it"]
    heading = ["", "way", *(COLUMNS[name][0] for name in columns), *ratios]
    rows = []
    for case, ways in part["cases"].items():
        for way, figures in ways.items():
            row = [case, way]
            if not figures:
                row[1] += " (failed)"
            row += [COLUMNS[name][1].format(figures[name]) if figures.get(name) is not None else "" for name in columns]
            to_direct = ratio(figures, ways.get("direct"), part["ratio"])
            of_ours = ratio(ways.get(rival(way)), figures, part["ratio"]) if way != rival(way) else None
            rows.append(row + [shown(value) for value in ([to_direct] if has_direct else []) + [of_ours]])
    return heading, rows


def as_text(part):
    heading, rows = cells(part)
    widths = [max(len(row[at]) for row in [heading, *rows]) for at in range(len(heading))]
    lines = [part["title"]]
    last = None
    for row in [heading, *rows]:
        named = ["" if row[0] == last else row[0], *row[1:]]
        last = row[0]
        lines.append("  ".join(cell.ljust(width) if at < 2 else cell.rjust(width)
                               for at, (cell, width) in enumerate(zip(named, widths))).rstrip())
    return "\n".join([*lines, *(f"  {note}" for note in part.get("notes", []))])


def as_markdown(part):
    heading, rows = cells(part)
    lines = [f"## {part['title']}", "", "| " + " | ".join(heading) + " |",
             "|---|---|" + "---:|" * (len(heading) - 2)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    if part.get("notes"):
        lines += ["", *(f"- {note}" for note in part["notes"])]
    return "\n".join(lines) + "\n"
