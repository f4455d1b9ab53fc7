#include "core/launch/trustprobes.h"

namespace hookscope {

namespace {

constexpr auto ownLead = "refused: ";
constexpr qsizetype longestWords = 240;

// To a port of this machine, under the name of another host.
constexpr auto nodeScript = R"(
const socket = require('tls').connect(
    {host: '127.0.0.1', port: Number(process.argv[1]), servername: process.argv[2]},
    () => socket.end('GET / HTTP/1.1\r\nConnection: close\r\n\r\n'));
socket.on('data', () => {});
socket.on('error', error => {
    console.error('refused: ' + [error.code, error.message].filter(Boolean).join(': '));
    process.exit(1);
});
)";

// Its fetch is what its programs use; that alone goes by way of a proxy.
constexpr auto bunScript = R"(
fetch('https://' + process.argv[2] + '/', {proxy: 'http://127.0.0.1:' + process.argv[1]}).catch(error => {
    console.error('refused: ' + [error.code, error.message].filter(Boolean).join(': '));
    process.exit(1);
});
)";

constexpr auto pythonScript = R"(
import socket, ssl, sys
try:
    with socket.create_connection(('127.0.0.1', int(sys.argv[1])), 8) as plain:
        with ssl.create_default_context().wrap_socket(plain, server_hostname=sys.argv[2]) as tls:
            tls.sendall(b'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
            tls.recv(1)
except Exception as error:
    sys.exit('refused: ' + type(error).__name__ + ': ' + str(error))
)";

constexpr auto goSource = R"(package main

import (
	"crypto/tls"
	"fmt"
	"os"
)

func main() {
	connection, err := tls.Dial("tcp", "127.0.0.1:"+os.Args[1], &tls.Config{ServerName: os.Args[2]})
	if err == nil {
		_, err = connection.Write([]byte("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "refused: "+err.Error())
		os.Exit(1)
	}
	connection.Read(make([]byte, 1))
}
)";

QString text(const char *latin1)
{
    return QString::fromLatin1(latin1);
}

} // namespace

QList<TrustProbe> trustProbes()
{
    const QString own = text(ownLead);
    const QString proxy = text("http://127.0.0.1:%port%");
    return {
        {{text("node"), text("nodejs")},
         {text("-e"), text(nodeScript), text("%port%"), text("%host%")},
         {},
         own},
        {{text("bun")}, {text("-e"), text(bunScript), text("%port%"), text("%host%")}, {}, own},
        {{text("python3"), text("python")},
         {text("-c"), text(pythonScript), text("%port%"), text("%host%")},
         {},
         own},
        {{text("curl")},
         {text("--silent"), text("--show-error"), text("--noproxy"), QString(), text("--proxy"), proxy,
          text("--output"), text("/dev/null"), text("https://%host%/")},
         {},
         text("curl: ")},
        {{text("go")},
         {text("run"), text("%source%"), text("%port%"), text("%host%")},
         QByteArray(goSource),
         own,
         true},
        {{text("git")},
         {text("-c"), text("http.proxy=") + proxy, text("-c"), text("credential.helper="), text("ls-remote"),
          text("https://%host%/hookscope-check.git")},
         {},
         text("fatal: ")},
    };
}

QStringList argumentsOf(const TrustProbe &probe, quint16 port, const QString &host, const QString &source)
{
    QStringList arguments = probe.arguments;
    arguments.replaceInStrings(text("%port%"), QString::number(port));
    arguments.replaceInStrings(text("%host%"), host);
    arguments.replaceInStrings(text("%source%"), source);
    return arguments;
}

Environment trustProbeEnvironment(Environment environment)
{
    for (const char *name : {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "NODE_USE_ENV_PROXY",
                             "GIT_ASKPASS", "SSH_ASKPASS"}) {
        environment.remove(text(name));
        environment.remove(text(name).toLower());
    }
    environment.insert(text("GIT_TERMINAL_PROMPT"), text("0"));
    environment.insert(text("GOTOOLCHAIN"), text("local"));
    environment.insert(text("GOPROXY"), text("off"));
    environment.insert(text("GOWORK"), text("off"));
    environment.insert(text("CGO_ENABLED"),
                       text("0")); // no C compiler is needed; what is trusted is the same
    return environment;
}

QString tellingLine(const QByteArray &written, const QString &lead)
{
    QString first;
    for (const QString &line : QString::fromUtf8(written).split(QLatin1Char('\n'))) {
        const QString words = line.simplified();
        if (words.startsWith(lead.trimmed())) {
            first = lead == text(ownLead) ? words.mid(lead.trimmed().size()).trimmed() : words;
            break;
        }
        if (first.isEmpty())
            first = words;
    }
    return first.size() > longestWords ? first.left(longestWords) + QChar(0x2026) : first;
}

} // namespace hookscope
