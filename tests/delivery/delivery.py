"""Delivers events at least once to a bad receiver while the program is killed, and checks what arrived.

delivery.py BINARY [--events N] [--hooks K] [--delay-ms D] [--kills N] [--seed S]

Runs the real `hookscope --headless` with K at_least_once hooks between a client and an upstream of its own, all on
loopback. The receiver answers 30 % of what it gets with 500, closes 10 % without an answer, and lets 5 % wait. The
program is killed (SIGKILL) on the way, started again, and in the end stopped as usual.

What has to arrive: the event of every request whose answer the client got, except those that the killed program had
not committed yet. Which these are is not guessed: after each kill the outbox is read (a copy of it). It has to be
the last ones before the kill without a gap; they are counted, with the age of the oldest, and printed.

Checked besides: no hook gets an event after a later one; an event keeps its webhook-id; an event comes again after
the receiver acknowledged it only if the program was killed in between and it was that hook's last one before. At
the end the outbox is whole and empty. Prints the figures; exit code 1 if something is not as it should be.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

NO_PROGRESS_S = 120
FILTER = "url:*/{}/*"


def lane_name(number):
    return f"lane-{number:02}"


class Server:
    """Answers each request of HTTP/1.1 connections by `handle(head, body) -> bytes`, or closes on None."""

    def __init__(self, handle):
        self.handle = handle
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        buffer = b""
        try:
            while True:
                while (end := buffer.find(b"\r\n\r\n")) < 0:
                    if not (more := connection.recv(65536)):
                        return
                    buffer += more
                head, buffer = buffer[:end + 4], buffer[end + 4:]
                length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
                size = int(length[1]) if length else 0
                while len(buffer) < size:
                    if not (more := connection.recv(65536)):
                        return
                    buffer += more
                body, buffer = buffer[:size], buffer[size:]
                answer, done = self.handle(head, body)
                if answer is None:
                    return
                connection.sendall(answer)
                done()
        except OSError:
            pass
        finally:
            connection.close()


def answer_of(status):
    return f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nok".encode()


class Receiver:
    """Fails as it is told to, and remembers what it got from which run of the program."""

    def __init__(self, delay_s, seed):
        self.lock = threading.Lock()
        self.random = random.Random(seed)
        self.delay_s = delay_s
        self.run = 0  # of the program
        self.arrivals = collections.defaultdict(list)  # by hook: [number, run, webhook-id, was it acknowledged]
        self.seen = set()
        self.counts = collections.Counter()
        self.server = Server(self.handle)

    def handle(self, head, body):
        url = json.loads(body)["url"]
        lane, number = url.rsplit("/", 2)[-2:]
        entry = [int(number), self.run, re.search(rb"(?i)\r\nwebhook-id: (\S+)", head)[1], False]
        with self.lock:
            fate, delays = self.random.random(), self.random.random() < 0.05
            self.arrivals[lane].append(entry)
            self.seen.add(entry[0])
            self.counts["500" if fate < 0.3 else "closed" if fate < 0.4 else "200"] += 1
            self.counts["delayed"] += delays
        if delays:
            time.sleep(self.delay_s)
        if fate < 0.3:
            return answer_of("500 Internal Server Error"), lambda: None
        if fate < 0.4:
            return None, None

        def acknowledged():
            entry[3] = True
        return answer_of("200 OK"), acknowledged


class Program:
    """hookscope --headless, which can be killed and started again on the same port and folders."""

    def __init__(self, binary, folder, hooks, upstream):
        self.arguments = [binary, "--headless", "--hooks", hooks, "--data-dir", folder / "data", "--config-dir",
                          folder / "config", "--route", f"t=http://127.0.0.1:{upstream}"]
        self.log = open(folder / "stderr", "ab")
        self.folder = folder
        self.port = 0
        self.process = None

    def start(self):
        at = self.log.seek(0, os.SEEK_END)
        self.process = subprocess.Popen([*self.arguments, "--listen", f"127.0.0.1:{self.port}"], stderr=self.log,
                                        stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(rb"listening on http://127\.0\.0\.1:(\d+)", (self.folder / "stderr").read_bytes()[at:])
            if found:
                self.port = int(found[1])
                return
            time.sleep(0.01)
        sys.exit(f"hookscope did not start: {(self.folder / 'stderr').read_text()[at:]}")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)

    def committed(self):
        """The numbers of the events in the outbox, read from a copy, so that it stays as the kill left it."""
        with tempfile.TemporaryDirectory() as copy:
            for file in (self.folder / "data").glob("outbox.db*"):
                shutil.copy(file, copy)
            database = sqlite3.connect(os.path.join(copy, "outbox.db"))
            whole = database.execute("PRAGMA integrity_check").fetchone()[0]
            rows = database.execute("SELECT json, died_ms FROM delivery").fetchall()
            database.close()
        if whole != "ok":
            sys.exit(f"the outbox is damaged: {whole}")
        return {int(json.loads(row[0])["url"].rsplit("/", 1)[1]) for row in rows}, sum(row[1] > 0 for row in rows)


class Client:
    """Requests one after the other, each to the next hook; waits if too many are on their way to the receiver."""

    def __init__(self, program, receiver, events, hooks):
        self.program, self.receiver, self.events, self.hooks = program, receiver, events, hooks
        self.most_ahead = max(200, events // 10)
        self.answered = {}  # number: when
        self.next = 0
        self.is_paused = threading.Event()
        self.may_go = threading.Event()
        self.may_go.set()
        self.thread = threading.Thread(target=self.work, daemon=True)

    def work(self):
        connection, file = None, None
        while self.next < self.events:
            if not self.may_go.is_set() or len(self.answered) - len(self.receiver.seen) > self.most_ahead:
                if not self.may_go.is_set():
                    self.is_paused.set()
                    self.may_go.wait()
                time.sleep(0.005)
                continue
            number, self.next = self.next, self.next + 1
            try:
                if connection is None:
                    connection = socket.create_connection(("127.0.0.1", self.program.port))
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    file = connection.makefile("rb")
                connection.sendall(f"GET /t/{lane_name(number % self.hooks)}/{number} HTTP/1.1\r\nHost: 127.0.0.1:{self.program.port}\r\n\r\n".encode())
                lines = []
                while (line := file.readline()) != b"\r\n":
                    if not line:
                        raise ConnectionError
                    lines.append(line)
                if file.read(2) != b"ok":
                    raise ConnectionError
                self.answered[number] = time.monotonic()
            except OSError:
                connection = None
                time.sleep(0.01)


def write_hooks(path, hooks, receiver_port):
    # The usual waits (5 s, 5 min, ...) are for receivers that are down; this one fails at random.
    waits = [10, 20, 40] + [80] * 40
    path.write_text(json.dumps([
        {"name": lane_name(number), "event": "on_response",
         "target": {"type": "webhook", "url": f"http://127.0.0.1:{receiver_port}/{lane_name(number)}"},
         "when": FILTER.format(lane_name(number)), "delivery": "at_least_once", "retry": {"schedule_ms": waits}}
        for number in range(hooks)]))


class Check:
    def __init__(self):
        self.problems = []

    def that(self, holds, text):
        if not holds:
            self.problems.append(text)


def after_kill(number, killed_at, program, client, receiver, lost, check):
    committed, _ = program.committed()
    with receiver.lock:
        known = committed | receiver.seen
    missing = sorted(n for n in client.answered if n not in known and n not in lost)
    last = sorted(client.answered)[-len(missing):] if missing else []
    check.that(missing == last, f"kill {number}: not the last events are missing but {missing[:20]}")
    oldest = max(0, killed_at - min(client.answered[n] for n in missing)) * 1000 if missing else 0
    print(f"kill {number}: {len(client.answered)} answered, {len(receiver.seen)} arrived, {len(committed)} in the outbox; "
          f"not committed yet: {len(missing)}" + (f", the oldest answered {oldest:.0f} ms before" if missing else ""))
    lost.update(missing)


def check_arrivals(receiver, check):
    repeats = set()
    for lane, arrivals in receiver.arrivals.items():
        ids, acknowledged_in = {}, {}
        for at, (number, run, webhook_id, is_acknowledged) in enumerate(arrivals):
            check.that(at == 0 or arrivals[at - 1][0] <= number,
                       f"{lane}: {number} came after {arrivals[at - 1][0]}")
            check.that(ids.setdefault(number, webhook_id) == webhook_id, f"{lane}: {number} came with another id")
            if number in acknowledged_in:
                repeats.add(number)
                check.that(acknowledged_in[number] < run and arrivals[at - 1][0] == number,
                           f"{lane}: {number} came again although its acknowledgement was not lost")
            if is_acknowledged:
                acknowledged_in[number] = run
        check.that(len(set(ids.values())) == len(ids), f"{lane}: two events have one id")
    return len(repeats)


def wait_for(expected, receiver):
    progress, at = -1, time.monotonic()
    while not expected <= receiver.seen:
        if len(receiver.seen) != progress:
            progress, at = len(receiver.seen), time.monotonic()
        if time.monotonic() - at > NO_PROGRESS_S:
            return False
        time.sleep(0.05)
    return True


def run(options, folder):
    check = Check()
    receiver = Receiver(options.delay_ms / 1000, options.seed)
    upstream = Server(lambda head, body: (answer_of("200 OK"), lambda: None))
    write_hooks(folder / "hooks.json", options.hooks, receiver.server.port)
    program = Program(options.binary, folder, folder / "hooks.json", upstream.port)
    client = Client(program, receiver, options.events, options.hooks)
    program.start()
    begin = time.monotonic()
    client.thread.start()

    lost = set()
    for kill in range(1, options.kills + 1):
        while len(receiver.seen) < options.events * kill // (options.kills + 1):
            time.sleep(0.002)
        killed_at = time.monotonic()
        program.kill()
        client.may_go.clear()  # so that what was answered until the kill stands still
        if client.thread.is_alive():
            client.is_paused.wait(10)
        after_kill(kill, killed_at, program, client, receiver, lost, check)
        receiver.run += 1
        program.start()
        client.is_paused.clear()
        client.may_go.set()

    client.thread.join()
    expected = set(client.answered) - lost
    check.that(wait_for(expected, receiver), f"{len(expected - receiver.seen)} events never arrived")
    seconds = time.monotonic() - begin
    check.that(program.stop() == 0, "the program did not end as asked")
    waiting, dead = program.committed()
    # What was not expected, because its client had no answer, or whose acknowledgement was under way, goes on after a
    # restart like everything else.
    for _ in range(10):
        if not waiting:
            break
        program.start()
        check.that(wait_for(waiting, receiver), f"{len(waiting - receiver.seen)} events never arrived after a restart")
        check.that(program.stop() == 0, "the program did not end as asked")
        waiting, dead = program.committed()
    check.that(not waiting and not dead, f"{len(waiting)} events are still in the outbox, {dead} of them given up")
    repeats = check_arrivals(receiver, check)

    tries = sum(receiver.counts.values()) - receiver.counts["delayed"]
    print(f"{options.events} requests, {len(client.answered)} answered; {len(lost)} not committed when killed; "
          f"{len(expected)} expected, {len(expected & receiver.seen)} of them arrived")
    print(f"{tries} tries in {seconds:.0f} s ({len(receiver.seen) / seconds:.0f} events/s): {receiver.counts['200']} answered "
          f"200, {receiver.counts['500']} 500, {receiver.counts['closed']} closed; {receiver.counts['delayed']} delayed by "
          f"{options.delay_ms} ms")
    print(f"none out of order; {repeats} acknowledged events came again, each after a kill" if not check.problems
          else "\n".join(check.problems[:20]))
    return 1 if check.problems else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--hooks", type=int, default=8)
    parser.add_argument("--delay-ms", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(run(options, pathlib.Path(folder)))


if __name__ == "__main__":
    main()
