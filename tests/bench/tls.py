"""TLS that is opened on the way: handshakes, small requests and large bodies, beside mitmproxy and squid's ssl-bump."""

import contextlib
import http.client
import json
import os
import shutil
import ssl
import subprocess
import time

import peers
from loads import alternate, large_body
from peers import TOOLS, Hookscope, Way
from programs import BenchError, Stage, free_port
from relays import PATH, count_events, start_bodies
from table import percentile

OPENSSL = """
[req]
distinguished_name = name
prompt = no
[name]
CN = Hookscope benchmark
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[server]
basicConstraints = critical, CA:FALSE
subjectAltName = DNS:localhost
"""

UPSTREAM = """
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server-key.pem;
    ssl_session_cache shared:sessions:10m;
    server {{ {listen} location / {{ return 200 '{small}'; }} }}
    server {{ {logged} access_log {folder}/sessions.log sessions; location / {{ return 200 '{small}'; }} }}
"""

CERTGEN = "/usr/lib/squid/security_file_certgen"
BUMP = "ssl-bump generate-host-certificates=on dynamic_cert_mem_cache_size=4MB tls-cert={ca}.pem tls-key={ca}-key.pem"
BUMP_MORE = """
sslcrtd_program {certgen} -s {folder}/squid-certificates -M 4MB
acl begin at_step SslBump1
ssl_bump peek begin
ssl_bump bump all
tls_outgoing_options cafile={folder}/authority.pem
"""

# What the client does, how often, and how it is called.
WORK = [("sequence", 500, "{} handshakes in sequence"), ("at-once", 100, "{} handshakes at once"),
        ("keep-alive", 3000, "{} requests on one connection"), ("kept-32", 16000, "{} requests on 32 connections")]
RESUMPTIONS = 20


def make_certificates(stage):
    """authority.pem and server.pem, P-256."""
    config = stage.write("openssl.cnf", OPENSSL)
    for name, by in (("authority", []), ("server", ["-CA", stage.at("authority.pem"), "-CAkey",
                                                    stage.at("authority-key.pem")])):
        subprocess.run(["openssl", "req", "-x509", "-config", config, "-extensions", name, "-days", "2", "-nodes",
                        "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj",
                        f"/CN=Hookscope benchmark, {name}", "-keyout", stage.at(f"{name}-key.pem"), "-out",
                        stage.at(f"{name}.pem"), *by], check=True, stderr=subprocess.DEVNULL)


def listen(port):
    """localhost may be either address."""
    families = ["127.0.0.1"] + (["[::1]"] if os.path.exists("/proc/net/if_inet6") else [])
    return " ".join(f"listen {family}:{port} ssl;" for family in families)


def start_squid(stage, upstream):
    done = subprocess.run([CERTGEN, "-c", "-s", stage.at("squid-certificates"), "-M", "4MB"], capture_output=True,
                          text=True)
    if done.returncode != 0:
        raise BenchError(f"{CERTGEN} failed: {done.stderr}")
    if os.geteuid() == 0:
        for folder, _, files in os.walk(stage.at("squid-certificates")):
            for name in [folder, *(os.path.join(folder, file) for file in files)]:
                shutil.chown(name, "proxy", "proxy")
    return peers.start_squid(stage, upstream, BUMP.format(ca=stage.at("authority")),
                             BUMP_MORE.format(certgen=CERTGEN, folder=stage.folder))


class Opened:
    """The ways of TLS on a stage, each with the authority that its certificates are of."""

    def __init__(self, stage, direct, settings):
        self.stage = stage
        self.ours = Hookscope(stage, "hookscope", direct.upstream, ["--intercept", "localhost", "--upstream-ca",
                                                                    stage.at("authority.pem"), "--llm-domain",
                                                                    "localhost"])
        self.ways = [direct, self.ours.tunnel()]
        if settings.has("mitmproxy"):
            trusted = ["--set", f"ssl_verify_upstream_trusted_ca={stage.at('authority.pem')}"]
            self.ways.append(peers.start_mitmproxy(stage, direct.upstream, "regular", trusted))
        if settings.has("squid"):
            self.ways.append(start_squid(stage, direct.upstream))
        for way in self.ways[1:]:
            way.form = "tunnel"

    def authority(self, way):
        names = {"hookscope": "hookscope-data/ca/hookscope-ca.pem", "mitmproxy": "mitmproxy/mitmproxy-ca-cert.pem"}
        return self.stage.at(names.get(way.name, "authority.pem"))

    def check(self, way):
        """Raises if a request does not come back as it should."""
        context = ssl.create_default_context(cafile=self.authority(way))
        if way.form == "tunnel":
            client = http.client.HTTPSConnection("127.0.0.1", way.port, timeout=30, context=context)
            client.set_tunnel("localhost", way.upstream)
        else:
            client = http.client.HTTPSConnection("localhost", way.port, timeout=30, context=context)
        with contextlib.closing(client):
            client.request("GET", PATH)
            answer = client.getresponse()
            content = answer.read()
        if answer.status != 200 or content != peers.SMALL.encode():
            raise BenchError(f"{way.name} answers {answer.status} over TLS: {content[:1000].decode(errors='replace')}")

    def work(self, way, what, count, upstream=None):
        command = [os.path.join(TOOLS, "bench_handshakes"), what, str(count), self.authority(way),
                   str(upstream or way.upstream)]
        if way.form == "tunnel":
            command.append(str(way.port))
        before = way.program.cpu_s()
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise BenchError(f"{way.name}, {what}: {done.stderr}")
        result = json.loads(done.stdout)
        each = result["each"]
        return {"p50_us": percentile(each, 0.5), "p99_us": percentile(each, 0.99), "resumed": result["resumed"],
                "requests_per_s": count / result["total"] * 1e6,
                "cpu_s_per_1000": (way.program.cpu_s() - before) / count * 1000, "peak_mb": way.program.peak_mb()}

    def resumptions(self, way, logged):
        """How many of RESUMPTIONS connections resumed a session: the client's, and those at nginx."""
        before = len(self.logged())
        resumed = self.work(way, "resumed", RESUMPTIONS, logged)["resumed"]
        time.sleep(0.2)
        return (f"Sessions resumed, of {RESUMPTIONS - 1} that could be, by {way.name}: {resumed} by the client, "
                f"{self.logged()[before:].count('r')} at the upstream")

    def logged(self):
        with open(self.stage.at("sessions.log")) as file:
            return file.read().split()


def tls(settings):
    """Opened TLS: handshakes, small requests on kept connections, one large body each way."""
    cases, notes = {}, []
    with Stage() as stage:
        make_certificates(stage)
        port, logged = free_port(), free_port()
        more = UPSTREAM.format(folder=stage.folder, small=peers.SMALL, listen=listen(port), logged=listen(logged))
        direct = Way("direct", peers.nginx(stage, "upstream", more, port), port, port)
        opened = Opened(stage, direct, settings)
        asked = {"hookscope": 0}
        for way in opened.ways:
            opened.check(way)
            opened.work(way, "sequence", 20)
        for what, count, name in WORK:
            count = count // 5 if settings.is_quick else count

            def measure(way):
                part = count // 5 if way.is_slow and what != "at-once" else count
                if way.name in asked:
                    asked[way.name] += 2 * part
                return opened.work(way, what, part)

            cases[name.format(f"{count:,}")] = alternate(settings.rounds, what, opened.ways, measure)
        notes = [opened.resumptions(way, logged) for way in opened.ways] + count_events([opened.ours], asked)
    with Stage() as stage:
        make_certificates(stage)
        direct = start_bodies(stage, stage.at("server.pem"), stage.at("server-key.pem"))
        opened = Opened(stage, direct, settings)
        for direction in ("down", "up"):
            cases[f"{settings.body_mb} MB {direction}"] = measure_bodies(settings, opened, direction)
    return {"title": "Opened TLS", "ratio": "per_s", "columns":
            ["requests_per_s", "mb_per_s", "p50_us", "p99_us", "cpu_s_per_1000", "cpu_s_per_gb", "peak_mb"],
            "cases": cases, "notes": ["A handshake is CONNECT, TLS and one request. mitmproxy's certificates are RSA, as it "
                                      "makes them; all others are P-256. mitmproxy and squid get less work: a fifth of the "
                                      "handshakes and requests, a quarter of the body.", *notes]}


def measure_bodies(settings, opened, direction):
    authority = f"localhost:{opened.ways[0].upstream}"

    def body(way, size, is_checked=False):
        return large_body(way, direction, size, "/v1/files", opened.authority(way), authority, is_checked)

    for way in opened.ways:
        body(way, 8 * 1024 * 1024 + 77, is_checked=True)
    return alternate(settings.rounds, f"TLS, {direction}", opened.ways,
                     lambda way: body(way, settings.body_bytes(way)))
