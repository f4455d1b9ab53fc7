#include "tests/llm/recording.h"
#include "tests/proxy/proxyfixture.h"

#include <QTest>

using namespace hookscope;
using namespace hookscope::test;

// Every recording in tests/fixtures/open through a running proxy, chunked in random sizes: the client gets the
// bytes that the upstream sent, and the event the numbers that were expected.

namespace {

QByteArray textOf(const http::FieldList &head)
{
    QByteArray text;
    for (const http::Field &field : head) {
        const QByteArray name = QByteArray::fromStdString(field.name).toLower();
        if (name != "host" && name != "content-length" && name != "transfer-encoding" && name != "connection"
            && name != "accept-encoding" && name != "expect")
            // One recorder wrote the next field's line into the value.
            text += QByteArray::fromStdString(field.name) + ": "
                + QByteArray::fromStdString(field.value.substr(0, field.value.find('\n'))) + "\r\n";
    }
    return text;
}

} // namespace

class tst_Recordings final : public QObject {
    Q_OBJECT

private slots:
    void passUnchangedAndAreRead_data();
    void passUnchangedAndAreRead();

private:
    void answer(RawSocket &socket);

    // One upstream and one proxy for all rows; each has a connection of its own.
    std::mutex m_mutex;
    QByteArray m_head;
    QByteArray m_body; // in chunks
    qsizetype m_requestSize = 0;
    RawUpstream m_upstream{[this](RawSocket &socket, int) { answer(socket); }};
    ProxyFixture m_proxy{m_upstream.port(), [this](proxy::ProxyConfig &config) {
                             config.connectTo.push_back({"", std::nullopt, "127.0.0.1", m_upstream.port()});
                         }};
};

void tst_Recordings::answer(RawSocket &socket)
{
    socket.readHead();
    const std::lock_guard lock(m_mutex);
    socket.readBytes(m_requestSize);
    socket.send(m_head);
    for (qsizetype at = 0; at < m_body.size(); at += 1999)
        socket.send(m_body.mid(at, 1999));
}

void tst_Recordings::passUnchangedAndAreRead_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : recordingNames())
        QTest::newRow(qPrintable(name)) << name;
}

void tst_Recordings::passUnchangedAndAreRead()
{
    QFETCH(QString, name);
    const Recording recorded(name);
    std::mt19937 random(7);
    QByteArray sent; // behind the answer's head
    inPieces(recorded.answer, 0, random, [&](const std::string &piece) {
        sent += QByteArray::number(piece.size(), 16) + "\r\n" + QByteArray::fromStdString(piece) + "\r\n";
    });
    sent += "0\r\n\r\n";
    {
        const std::lock_guard lock(m_mutex);
        m_head = "HTTP/1.1 " + QByteArray::number(recorded.status) + " Recorded\r\n" + textOf(recorded.answerHead)
            + "Transfer-Encoding: chunked\r\n\r\n";
        m_body = sent;
        m_requestSize = static_cast<qsizetype>(recorded.request.size());
    }
    const std::size_t before = m_proxy.all<ProxyEvent>(HookEvent::OnResponse).size();
    RawSocket client = m_proxy.connect();
    client.send(QByteArray::fromStdString(recorded.method + " http://" + recorded.host + recorded.path + " HTTP/1.1\r\nHost: "
                                          + recorded.host + "\r\n")
                + textOf(recorded.requestHead) + "Content-Length: " + QByteArray::number(recorded.request.size())
                + "\r\n\r\n" + QByteArray::fromStdString(recorded.request));
    client.readHead();
    QCOMPARE(client.readBytes(sent.size()), sent);
    const ProxyEvent finished = m_proxy.finished(before + 1).back();
    QCOMPARE(finished.status, recorded.status);

    auto calls = m_proxy.all<LlmEvent>();
    std::erase_if(calls, [&](const LlmEvent &call) { return call.id != finished.id; });
    QCOMPARE(calls.size(), std::size_t(isTokenCount(name) ? 0 : 1));
    if (calls.empty())
        return;
    const auto read = readOf(calls.front());
    QCOMPARE(test::textOf(read), test::textOf(expectedOf(recorded, read)));
    if (llm::providerOfHost(recorded.host, {}))
        QCOMPARE(QString::fromStdString(calls.front().provider), providerOf(recorded));
}

QTEST_GUILESS_MAIN(tst_Recordings)
#include "tst_recordings.moc"
