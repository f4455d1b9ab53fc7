"""The programs of a benchmark: what has to be installed, how they are started and stopped, what they cost."""

import contextlib
import os
import random
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CACHE = os.path.join(ROOT, "build", "bench")
PORTKEY = "@portkey-ai/gateway"
POLICY = "/usr/sbin/policy-rc.d"

# Program: Debian package. squid opens TLS only as squid-openssl.
PACKAGES = {"nginx": "nginx", "haproxy": "haproxy", "squid": "squid-openssl", "tinyproxy": "tinyproxy",
            "mitmdump": "mitmproxy", "wrk": "wrk", "openssl": "openssl", "node": "nodejs", "npm": "npm",
            "Xvfb": "xvfb", "jq": "jq", "lnav": "lnav"}


class BenchError(Exception):
    """A sentence for the person at the terminal."""


@contextlib.contextmanager
def without_services():
    """Packages start services; a policy that answers 101 forbids it (invoke-rc.d)."""
    if os.path.exists(POLICY):
        yield
        return
    with open(POLICY, "w") as file:
        file.write("#!/bin/sh\nexit 101\n")
    os.chmod(POLICY, 0o755)
    try:
        yield
    finally:
        os.remove(POLICY)


def is_there(program):
    if program == "squid" and shutil.which("squid"):
        return os.path.exists("/usr/lib/squid/security_file_certgen")
    return shutil.which(program) is not None


def install(programs):
    """Installs what is missing of `programs` (keys of PACKAGES), or raises what to type."""
    packages = sorted({PACKAGES[program] for program in programs if not is_there(program)})
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise BenchError("Missing programs. As root: apt-get install " + " ".join(packages))
    print("Installing " + " ".join(packages), file=sys.stderr)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with without_services():
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
            done = subprocess.run(["apt-get", *command], env=environment, stdout=sys.stderr)
            if done.returncode != 0:
                raise BenchError("apt-get failed. As root: apt-get install " + " ".join(packages))


def portkey_script():
    return os.path.join(CACHE, "portkey", "node_modules", PORTKEY, "build", "start-server.js")


def install_portkey():
    """The gateway from npm, into build/bench/portkey; its install scripts are not run."""
    if os.path.exists(portkey_script()):
        return
    folder = os.path.join(CACHE, "portkey")
    os.makedirs(folder, exist_ok=True)
    print(f"Installing {PORTKEY}", file=sys.stderr)
    done = subprocess.run(["npm", "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund",
                           "--loglevel", "error", PORTKEY], stdout=sys.stderr)
    if done.returncode != 0:
        raise BenchError(f"npm could not install {PORTKEY}; leave it out with --without portkey")


def build(targets):
    """Installs what a build takes, and builds `targets` with the release preset, as app/run does."""
    script = 'SCRIPT=tests/bench/run; . app/prepare.sh; install_packages $BUILD_PACKAGES; build release "$@"'
    if subprocess.run(["sh", "-c", script, "sh", *targets], cwd=ROOT, stdout=sys.stderr).returncode != 0:
        raise BenchError("Nothing was measured: the build failed, as said above")


def allow_many_files():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def is_listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    while True:
        port = random.randint(20000, 32000)
        if not is_listening(port):
            return port


class Program:
    """A started program with its children. `name` is that of its log, too."""

    def __init__(self, name, child, log):
        self.name = name
        self.child = child
        self.log = log

    def pids(self):
        found = [self.child.pid]
        for pid in found:  # grows while it is read
            with contextlib.suppress(OSError):
                for task in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{task}/children") as file:
                        found += [int(child) for child in file.read().split()]
        return found

    def cpu_s(self):
        """What it has had of the processors, threads that ended included."""
        ticks = 0
        for pid in self.pids():
            with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as file:
                fields = file.read().rsplit(")", 1)[1].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def fine_cpu_s(self):
        """The same by the nanosecond, without threads that ended: for what is nearly nothing."""
        nanoseconds = 0
        for pid in self.pids():
            with contextlib.suppress(OSError):
                for task in os.listdir(f"/proc/{pid}/task"):
                    with open(f"/proc/{pid}/task/{task}/schedstat") as file:
                        nanoseconds += int(file.read().split()[0])
        return nanoseconds / 1e9

    def memory_mb(self, which="VmRSS"):
        """Resident now, or at the most since the start (VmHWM)."""
        kilobytes = 0
        for pid in self.pids():
            with contextlib.suppress(OSError), open(f"/proc/{pid}/status") as file:
                kilobytes += sum(int(line.split()[1]) for line in file if line.startswith(which + ":"))
        return kilobytes / 1024

    def peak_mb(self):
        return self.memory_mb("VmHWM")

    def is_alive(self):
        return self.child.poll() is None

    def said(self):
        with open(self.log, errors="replace") as file:
            return file.read()[-2000:]

    def stop(self):
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(10)
            except subprocess.TimeoutExpired:
                self.child.kill()
        self.child.wait()


class Stage:
    """A folder of its own and the programs that were started; both are gone when it is left."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="hookscope-bench-")
        self.programs = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in reversed(self.programs):
            program.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def at(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, text):
        with open(self.at(name), "w") as file:
            file.write(text)
        return self.at(name)

    def start(self, name, command, port=None, stdout=subprocess.DEVNULL, environment=None, log_stderr=True, **more):
        """Starts a program and, if a port is named, waits until it listens there."""
        log = self.at(f"{name}.log")
        with open(log, "w") as file:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout,
                                     stderr=file if log_stderr else subprocess.DEVNULL,
                                     env=dict(os.environ, **(environment or {})), **more)
        program = Program(name, child, log)
        self.programs.append(program)
        for _ in range(600):
            if port is None or is_listening(port):
                return program
            if not program.is_alive():
                break
            time.sleep(0.05)
        raise BenchError(f"{name} did not start: {' '.join(command)}\n{program.said()}")

    def stop(self, program):
        self.programs.remove(program)
        program.stop()


def first_line(command):
    """The first line that says something: what programs print as their version."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return ""
    lines = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return lines[0] if lines else ""
