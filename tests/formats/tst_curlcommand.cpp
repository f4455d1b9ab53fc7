#include "core/formats/curlcommand.h"

#include "tests/formats/sampleexchanges.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace hookscope;

namespace {

// A server that keeps the request it got and answers 204.
class Receiver : public QTcpServer {
public:
    Receiver()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                m_request += socket->readAll();
                const auto end = m_request.indexOf("\r\n\r\n");
                const auto length = m_request.toLower().indexOf("content-length: ");
                const qint64 body = length < 0
                    ? 0
                    : m_request.mid(length + 16, m_request.indexOf('\r', length) - length - 16).toInt();
                if (end < 0 || m_request.size() < end + 4 + body)
                    return;
                socket->write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
                socket->disconnectFromHost();
            });
        });
    }

    std::string url(const std::string &path) const
    {
        return "http://127.0.0.1:" + std::to_string(serverPort()) + path;
    }

    QList<QByteArray> lines() const { return m_request.left(m_request.indexOf("\r\n\r\n")).split('\n'); }

    QByteArray body() const { return m_request.mid(m_request.indexOf("\r\n\r\n") + 4); }

private:
    QByteArray m_request;
};

} // namespace

class TestCurlCommand : public QObject {
    Q_OBJECT
private slots:
    void writesACommand();
    void namesTheVariableOfTheProvider_data();
    void namesTheVariableOfTheProvider();
    void quotesWords_data();
    void quotesWords();
    void isNotPossibleFor_data();
    void isNotPossibleFor();
    void sendsTheSameRequestOnceMore_data();
    void sendsTheSameRequestOnceMore();
    void runsNothingOfWhatCameOverTheWire();
};

void TestCurlCommand::writesACommand()
{
    QCOMPARE(curlCommand(samples::finishedCall()),
             "# The body was not kept: put it into body.json\n"
             "curl --request 'POST' --path-as-is --url 'https://api.openai.com/v1/chat' \\\n"
             "  -H \"Authorization: Bearer $OPENAI_API_KEY\" \\\n"
             "  -H 'Content-Type: application/json' \\\n"
             "  -H 'User-Agent: codex/1.0' \\\n"
             "  -H 'Accept: */*' \\\n"
             "  --data-binary @body.json");
}

void TestCurlCommand::namesTheVariableOfTheProvider_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("argument");
    const auto row = [](const char *name, const char *host, const char *provider, const char *field,
                        const char *argument) {
        QTest::addRow("%s", name) << QString::fromLatin1(host) << QString::fromLatin1(provider)
                                  << QString::fromLatin1(field) << QString::fromLatin1(argument);
    };
    row("openai", "api.openai.com", "openai", "authorization", "\"authorization: Bearer $OPENAI_API_KEY\"");
    row("by its host", "api.anthropic.com", "", "x-api-key", "\"x-api-key: $ANTHROPIC_API_KEY\"");
    row("by a route of its own", "127.0.0.1", "google", "x-goog-api-key",
        "\"x-goog-api-key: $GEMINI_API_KEY\"");
    row("a part of a host", "me.openai.azure.com", "", "api-key", "\"api-key: $AZURE_OPENAI_API_KEY\"");
    row("not the end of another name", "evilapi.openai.com", "", "authorization",
        "\"authorization: Bearer $TOKEN\"");
    row("nobody known", "example.org", "", "authorization", "\"authorization: Bearer $TOKEN\"");
    row("cookie", "api.openai.com", "openai", "cookie", "\"cookie: $COOKIE\"");
}

void TestCurlCommand::namesTheVariableOfTheProvider()
{
    QFETCH(QString, host);
    QFETCH(QString, provider);
    QFETCH(QString, field);
    QFETCH(QString, argument);
    const std::string value = field == u"authorization" ? "Bearer abcdefgh12345" : "abcdefgh12345";
    samples::Builder builder(1, {{field.toStdString(), value}}, "https://" + host.toStdString() + "/");
    if (!provider.isEmpty()) {
        LlmEvent call = builder.call();
        call.provider = provider.toStdString();
        builder.add(call);
    }
    const auto command = QString::fromStdString(curlCommand(builder.exchange()));
    QVERIFY2(command.contains(QStringLiteral("-H ") + argument), qUtf8Printable(command));
}

void TestCurlCommand::quotesWords_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("argument");
    const auto row = [](const char *name, const QByteArray &value, const char *argument) {
        QTest::addRow("%s", name) << value << QByteArray(argument);
    };
    row("plain", "a", "'x: a'");
    row("single quote", "it's", "'x: it'\\''s'");
    row("a shell's own", "$HOME `id` \\ \"!!\"", "'x: $HOME `id` \\ \"!!\"'");
    row("variable", "a ***", "\"x: a $TOKEN\"");
    row("two variables", "***;***", "\"x: $TOKEN;$TOKEN\"");
    row("variable and a name", "***abc", "\"x: ${TOKEN}abc\"");
    row("variable and a shell's own", "$(id) ***", "'x: $(id) '\"$TOKEN\"");
    row("variable and history", "***!x", "'x: '\"$TOKEN\"'!x'");
    row("escape", "a\x1b[2J", "'x: a'\"$(printf '\\033')\"'[2J'");
    row("not UTF-8", "a\xff", "'x: a'\"$(printf '\\377')\"");
    row("right to left",
        "a\xe2\x80\xae"
        "b",
        "'x: a'\"$(printf '\\342\\200\\256')\"'b'");
    row("empty", "", "'x;'");
}

void TestCurlCommand::quotesWords()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, argument);
    samples::Builder builder(1, {}, "http://h/");
    builder.started().head = {{"x", value.toStdString()}};
    const auto command = QByteArray::fromStdString(curlCommand(builder.exchange()));
    QVERIFY2(command.contains("-H " + argument + " \\\n"), command);
}

void TestCurlCommand::isNotPossibleFor_data()
{
    QTest::addColumn<int>("which");
    QTest::addRow("tunnel") << 0;
    QTest::addRow("websocket") << 1;
    QTest::addRow("odd method") << 2;
    QTest::addRow("odd URL") << 3;
}

void TestCurlCommand::isNotPossibleFor()
{
    QFETCH(int, which);
    samples::Builder builder(1);
    if (which == 1)
        builder.started().head = {{"Sec-WebSocket-Version", "13"}};
    if (which == 2)
        builder.started().method = "GET;id";
    if (which == 3)
        builder.started().url = "-o/etc/passwd";
    QCOMPARE(curlCommand(which == 0 ? samples::tunnel() : builder.exchange()), "");
}

void TestCurlCommand::sendsTheSameRequestOnceMore_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addRow("GET") << QStringLiteral("GET") << QStringLiteral("/v1/models?limit=5") << QByteArray();
    QTest::addRow("GET, brackets") << QStringLiteral("GET") << QStringLiteral("/a/../b?x[]={1,2}'$HOME")
                                   << QByteArray();
    QTest::addRow("POST") << QStringLiteral("POST") << QStringLiteral("/v1/chat")
                          << QByteArray("{\"a\":\n1}");
    QTest::addRow("POST, empty") << QStringLiteral("POST") << QStringLiteral("/v1/cancel") << QByteArray();
    QTest::addRow("DELETE") << QStringLiteral("DELETE") << QStringLiteral("/v1/files/1") << QByteArray();
    QTest::addRow("key in the query")
        << QStringLiteral("GET") << QStringLiteral("/v1?key=canary-0123456789&x=1") << QByteArray();
}

void TestCurlCommand::sendsTheSameRequestOnceMore()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    if (QStandardPaths::findExecutable(QStringLiteral("curl")).isEmpty())
        QSKIP("curl was not found");
    Receiver receiver;
    http::FieldList head{{"Host", "127.0.0.1:8790"},
                         {"Authorization", "Bearer canary-0123456789"},
                         {"X-Odd", "it's $HOME `id` \\ \"x\" !! \xc3\xa4 \x1b[0m"},
                         {"X-Empty", ""},
                         {"X-Twice", "1"},
                         {"X-Twice", "2"},
                         {"Accept-Encoding", "gzip"},
                         {"Connection", "keep-alive, X-Hop"},
                         {"X-Hop", "1"}};
    if (!body.isEmpty())
        head.push_back({"Content-Type", "application/json"});
    samples::Builder builder(1, head, receiver.url(path.toStdString()));
    builder.started().method = method.toStdString();
    ProxyEvent request = builder.proxyEvent(HookEvent::OnRequest);
    request.requestBytes = static_cast<std::uint64_t>(body.size());
    builder.add(request);
    const std::string command = curlCommand(builder.exchange());
    QVERIFY2(command.find("canary") == std::string::npos, command.c_str());

    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("body.json")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(body) == body.size());
    file.close();
    QProcess shell;
    shell.setWorkingDirectory(folder.path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TOKEN"), QStringLiteral("canary-0123456789"));
    environment.insert(QStringLiteral("no_proxy"), QStringLiteral("*"));
    shell.setProcessEnvironment(environment);
    shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), QString::fromStdString(command)});
    QTRY_COMPARE(shell.state(), QProcess::NotRunning);
    QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError() + command.c_str());

    QList<QByteArray> expected{method.toLatin1() + ' ' + path.toLatin1() + " HTTP/1.1\r",
                               "Authorization: Bearer canary-0123456789\r",
                               "X-Odd: it's $HOME `id` \\ \"x\" !! \xc3\xa4 \x1b[0m\r",
                               "X-Empty:\r",
                               "X-Twice: 1\r",
                               "X-Twice: 2\r",
                               "Accept-Encoding: gzip\r"};
    if (!body.isEmpty())
        expected.append("Content-Type: application/json\r");
    QList<QByteArray> got = receiver.lines();
    got.last().append(got.last().endsWith('\r') ? "" : "\r");
    got.removeIf([](const QByteArray &line) {
        return line.startsWith("Host:") || line.startsWith("Content-Length:");
    });
    std::sort(expected.begin(), expected.end());
    std::sort(got.begin(), got.end());
    QCOMPARE(got, expected);
    QCOMPARE(receiver.body(), body);
}

void TestCurlCommand::runsNothingOfWhatCameOverTheWire()
{
    const QTemporaryDir folder;
    samples::Builder builder(1, {},
                             "http://127.0.0.1:9/$(touch a)`touch b`;touch c|touch d&touch e'\"\ntouch f");
    builder.started().head = {{"x", "$(touch g) ' `touch h` *** \x01"}, {"y", "$(touch i)\ntouch j"}};
    QProcess shell;
    shell.setWorkingDirectory(folder.path());
    shell.start(QStringLiteral("sh"),
                {QStringLiteral("-c"), QString::fromStdString(curlCommand(builder.exchange()))});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList());
}

QTEST_GUILESS_MAIN(TestCurlCommand)
#include "tst_curlcommand.moc"
