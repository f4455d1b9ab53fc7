#!/bin/sh
# Makes resources/window.png, the README's picture: the real window with the demo's traffic, on a display
# of its own. Needs xvfb, openbox, xdotool and imagemagick, and the release build.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
pids=
trap 'for pid in $pids; do kill "$pid" 2>/dev/null || true; done; wait; rm -rf "$work"' EXIT

Xvfb -displayfd 3 -screen 0 1400x832x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
pids="$!"
while [ ! -s "$work/display" ]; do sleep 0.1; done
DISPLAY=:$(cat "$work/display")
export DISPLAY
openbox >/dev/null 2>&1 &
pids="$pids $!"

cat >"$work/hooks.json" <<'SET'
{"name": "team", "hooks": [
  {"name": "spend log", "event": "on_response", "target": {"type": "file", "path": "/tmp/llm-calls.jsonl"}},
  {"name": "audit", "event": "on_request", "target": {"type": "audit"}},
  {"name": "dashboard", "event": "on_response", "target": {"type": "webhook", "url": "https://example.org/llm"}, "enabled": false}
]}
SET
sed -i "s#/tmp/llm-calls.jsonl#$work/llm-calls.jsonl#" "$work/hooks.json"
build/release/hookscope --demo --hooks "$work/hooks.json" --config-dir "$work/c" --data-dir "$work/d" \
    --exit-after 40 2>/dev/null >&2 &
pids="$pids $!"
window=$(xdotool search --sync --onlyvisible --name 'Hookscope$' | head -n 1)
xdotool windowmove "$window" 0 0 windowsize "$window" 1400 830
sleep 11
xdotool mousemove 500 175 click 1
sleep 1
xdotool mousemove 1399 831
sleep 1
import -window root resources/window.png
