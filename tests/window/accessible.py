"""Looks for the parts of Hookscope's window through AT-SPI, as a screen reader does.

accessible.py BINARY FOLDER: on a display and a session bus of its own; FOLDER holds hooks.json.
"""

import subprocess
import sys
import time

import pyatspi

WAIT_SECONDS = 30

# Role and name of what has to be there.
EXPECTED = [
    ("frame", "hooks.json — Hookscope"),
    ("menu bar", None),
    ("menu item", "File"),
    ("menu item", "Edit"),
    ("menu item", "View"),
    ("menu item", "Hooks"),
    ("menu item", "Help"),
    ("text", "Filter"),
    ("table", "Requests"),
    ("table", "Hooks"),
    ("table cell", "calls, enabled"),
    ("button", "Add"),
    ("check box", "LLM only"),
    ("check box", "Pause"),
]

# What can have the focus must say what it is.
FOCUSABLE = {"text", "table", "button", "push button", "check box", "combo box", "spin button", "list", "tree"}
SAME = {"push button": "button"}  # newer versions of AT-SPI say it shorter


def role_of(node):
    role = node.getRoleName()
    return SAME.get(role, role)


def walk(node, depth=0):
    yield node
    if depth > 40:
        return
    # A table's cells are as many as the traffic makes: the first ones are enough.
    for index in range(min(node.childCount, 60)):
        try:
            child = node.getChildAtIndex(index)
        except Exception:  # it has gone meanwhile
            continue
        if child is not None:
            yield from walk(child, depth + 1)


def find_application():
    for application in pyatspi.Registry.getDesktop(0):
        if application is not None and application.name == "hookscope":
            return application
    return None


def found_in(application):
    found, unnamed = set(), []
    for node in walk(application):
        try:
            role, name = role_of(node), node.name
            states = node.getState()
            if (not name and role in FOCUSABLE and states.contains(pyatspi.STATE_FOCUSABLE)
                    and states.contains(pyatspi.STATE_SHOWING)):
                unnamed.append(f"{role} in {node.parent.name or role_of(node.parent)!r}")
        except Exception:
            continue
        found.add((role, name))
        found.add((role, None))
    return found, unnamed


def main():
    binary, folder = sys.argv[1:]
    window = subprocess.Popen(
        [binary, "--demo", "--exit-after", "90", "--listen", "127.0.0.1:0", "--hooks", f"{folder}/hooks.json",
         "--config-dir", f"{folder}/config", "--data-dir", f"{folder}/data"])
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        missing, unnamed, found = EXPECTED, [], set()
        while time.monotonic() < deadline and window.poll() is None:
            application = find_application()
            if application is not None:
                found, unnamed = found_in(application)
                missing = [part for part in EXPECTED if part not in found]
                if not missing:
                    break
            time.sleep(0.5)
    finally:
        window.terminate()
        window.wait()
    for role, name in missing:
        print(f"FAILED: no {role} named {name!r}; there are: "
              f"{sorted(str(n) for r, n in found if r == role)[:40]}", file=sys.stderr)
    for what in unnamed:
        print(f"FAILED: it can have the focus and has no name: {what}", file=sys.stderr)
    if missing or unnamed:
        return 1
    print(f"Found all {len(EXPECTED)} parts by role and name, and no part without one")
    return 0


sys.exit(main())
