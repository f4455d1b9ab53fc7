#include "core/dispatch/hookdispatcher.h"
#include "core/outbox/outbox.h"
#include "receiver.h"
#include "running.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace hookscope;

namespace {

constexpr qint64 hourMs = 3'600'000;

const QString name = QStringLiteral("a");

int numberOf(const QJsonValue &event)
{
    return event.toObject().value(QLatin1String("url")).toString().section(u'/', -1).toInt();
}

QByteArray fieldOf(const Receiver::Request &request, const QByteArray &field)
{
    const qsizetype at = request.head.toLower().indexOf("\r\n" + field + ": ");
    const qsizetype from = at + field.size() + 4;
    return at < 0 ? QByteArray() : request.head.mid(from, request.head.indexOf('\r', from) - from);
}

DeliveryTiming patient()
{
    DeliveryTiming timing;
    timing.waitsMs = {hourMs, hourMs};
    timing.jitter = 0;
    return timing;
}

// Nothing under sanitizers, which keep what was freed.
qint64 residentBytes()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return 0;
#endif
    QFile file(QStringLiteral("/proc/self/statm"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * ::getpagesize()
                                          : 0;
}

// What a receiver does with a connection on which a request has come.
using Behaviour = std::function<void(QTcpSocket *, int seen)>;

Behaviour saying(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket, int) {
        socket->write(bytes);
    };
}

Behaviour closingAfter(const QByteArray &bytes)
{
    return [bytes](QTcpSocket *socket, int) {
        socket->write(bytes);
        socket->disconnectFromHost();
    };
}

void sayWithoutEnd(QTcpSocket *socket)
{
    const auto more = [socket] {
        if (socket->bytesToWrite() < 65'536)
            socket->write(QByteArray(65'536, 'z'));
    };
    QObject::connect(socket, &QTcpSocket::bytesWritten, socket, more);
    more();
}

} // namespace

Q_DECLARE_METATYPE(Behaviour)

// What receivers, clocks, disks and users do to hooks, and what becomes of the events.
class TestBadInput : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString folder() const { return m_dir->filePath(QStringLiteral("data")); }

    // As an earlier run of the program left them: each failed once and was to be tried again at `nextMs`.
    void leaveTried(int count, qint64 nextMs) const
    {
        Outbox outbox;
        outbox.open(folder());
        std::vector<QueuedEvent> events;
        for (int i = 0; i < count; ++i) {
            QueuedEvent event;
            event.hookName = name;
            event.id = "msg_" + QByteArray::number(i);
            event.madeMs = QDateTime::currentMSecsSinceEpoch() - hourMs;
            event.json = "{\"url\":\"http://example.com/" + QByteArray::number(i) + "\"}";
            event.attempts = 1;
            event.nextMs = nextMs;
            events.push_back(event);
        }
        QCOMPARE(outbox.append(events), static_cast<std::size_t>(count));
    }

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void knowsWhatAReceiverDid_data();
    void knowsWhatAReceiverDid();
    void triesThatAreLateAreSpread();
    void triesThatAreLateInOrderAreNot();
    void aClockThatWasSetHoldsNothingUpForEver();
    void queuesManyEventsForAReceiverThatIsNotThere();
    void givesUpWhatWaitsForARemovedHook();
    void waitsForTheEndOfWhatIsUnderWayForARemovedHook();
    void takesBackTheRemoval();
    void givesNothingToAnotherHookOfARemovedName();
    void keepsWhatWaitsForAHookThatIsNotLoaded();
    void deliversHugeAndOddEvents();
    void givesUpATemplateThatMakesNoJson();
};

void TestBadInput::knowsWhatAReceiverDid_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<int>("tries");
    QTest::addColumn<DeliveryState>("state");
    QTest::addColumn<QString>("text"); // part of what is said of the last try; empty: it was delivered
    const auto row = [](const char *title, const Behaviour &behaviour, int tries, DeliveryState state,
                        const char *text = "") {
        QTest::newRow(title) << behaviour << tries << state << QString::fromLatin1(text);
    };
    using State = DeliveryState;
    row(
        "500 three times, then 200",
        [](QTcpSocket *socket, int seen) {
            socket->write(Receiver::status(seen < 4 ? "500 Broken" : "200 OK"));
        },
        4, State::Ok);
    for (const char *status :
         {"301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"}) {
        row(status, saying(Receiver::status(status, "Location: http://127.0.0.1:1/\r\n")), 1, State::Failing,
            "redirects are not followed");
    }
    row("410", saying(Receiver::status("410 Gone")), 1, State::Gone, "returned status 410");
    row(
        "never answers", [](QTcpSocket *, int) {}, 4, State::Failing, "no answer within");
    row("half a head", saying("HTTP/1.1 200 OK\r\nContent-"), 4, State::Failing, "no answer within");
    row("closes without an answer", closingAfter({}), 4, State::Failing, "closed the connection");
    row(
        "resets without an answer", [](QTcpSocket *socket, int) { socket->abort(); }, 4, State::Failing,
        "failed");
    row("no HTTP", closingAfter("SSH-2.0-OpenSSH_9.2\r\n"), 4, State::Failing, "failed");
    row(
        "200, then a reset",
        [](QTcpSocket *socket, int) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
            socket->flush();
            socket->abort();
        },
        1, State::Ok);
    row(
        "200 of a gigabyte",
        [](QTcpSocket *socket, int) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            sayWithoutEnd(socket);
        },
        1, State::Ok);
    row(
        "200 without an end",
        [](QTcpSocket *socket, int) {
            socket->write("HTTP/1.1 200 OK\r\n\r\n");
            sayWithoutEnd(socket);
        },
        1, State::Ok);
    row("200 that is a gzip bomb",
        saying(Receiver::status("200 OK", "Content-Encoding: gzip\r\n", QByteArray(30'000, '\x1f'))), 1,
        State::Ok);
    row(
        "500 without an end",
        [](QTcpSocket *socket, int) {
            socket->write("HTTP/1.1 500 Broken\r\n\r\n");
            sayWithoutEnd(socket);
        },
        4, State::Failing, "returned status 500");
    row(
        "a head without an end",
        [](QTcpSocket *socket, int) {
            socket->write("HTTP/1.1 200 OK\r\nX: ");
            sayWithoutEnd(socket);
        },
        4, State::Failing, "");
}

void TestBadInput::knowsWhatAReceiverDid()
{
    QFETCH(Behaviour, behaviour);
    QFETCH(int, tries);
    QFETCH(DeliveryState, state);
    QFETCH(QString, text);
    Receiver receiver;
    receiver.onRequest = [&](QTcpSocket *socket) {
        behaviour(socket, static_cast<int>(receiver.requests.size()));
    };
    DeliveryTiming timing = quick();
    timing.attemptMs = 1000;
    Running running(-1, timing);
    running.setOutboxFolder(folder());
    running.setHooks({onceTo(receiver.url())});
    const qint64 before = residentBytes();
    running.dispatch(numbered(1));
    QTRY_COMPARE(running.attempts.size(), tries);
    const bool isDelivered = state == DeliveryState::Ok;
    QTRY_COMPARE(running.counts("a").state, state);
    QCOMPARE(running.counts("a").delivered, isDelivered ? 1u : 0u);
    QCOMPARE(running.counts("a").dead, state == DeliveryState::Failing ? 1u : 0u);
    QCOMPARE(running.counts("a").waiting, state == DeliveryState::Gone ? 1u : 0u);
    QCOMPARE(running.gone.size(), state == DeliveryState::Gone ? 1 : 0);
    QVERIFY2(running.attempts.last().text.contains(text), qPrintable(running.attempts.last().text));
    QCOMPARE(running.attempts.last().text.isEmpty(), isDelivered);
    for (const Receiver::Request &request : receiver.requests) // one that is sent twice as well
        QCOMPARE(fieldOf(request, "webhook-id"), running.attempts.first().webhookId);
    QVERIFY(residentBytes() - before < 50'000'000);
}

// More than one may be under way, and nothing was sent for an hour.
void TestBadInput::triesThatAreLateAreSpread()
{
    leaveTried(20, QDateTime::currentMSecsSinceEpoch() - 20 * hourMs);
    Receiver receiver;
    DeliveryTiming timing = quick();
    QCOMPARE(timing.lateSpreadMs, 60'000);
    timing.lateSpreadMs = 20 * hourMs;
    Running running(-1, timing);
    running.setOutboxFolder(folder());
    Hook hook = onceTo(receiver.url());
    hook.delivery.parallel = 6;
    running.setHooks({hook});
    running.dispatch(numbered(5, 20)); // what was not tried yet does not wait for them
    QTRY_COMPARE(running.counts("a").delivered, 6u);
    QTRY_COMPARE(running.counts("a").waiting, 19u);
    QCOMPARE(receiver.requests.size(), 6);
    QVERIFY(running.counts("a").nextTry > QDateTime::currentDateTimeUtc());
}

void TestBadInput::triesThatAreLateInOrderAreNot()
{
    leaveTried(20, QDateTime::currentMSecsSinceEpoch() - 20 * hourMs);
    Receiver receiver;
    DeliveryTiming timing = quick();
    timing.lateSpreadMs = 20 * hourMs;
    Running running(-1, timing);
    running.setOutboxFolder(folder());
    running.setHooks({onceTo(receiver.url())});
    QTRY_COMPARE(running.counts("a").delivered, 20u);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(fieldOf(receiver.requests[i], "webhook-id"), "msg_" + QByteArray::number(i));
}

// The clock was years ahead when they were tried, and is right again.
void TestBadInput::aClockThatWasSetHoldsNothingUpForEver()
{
    leaveTried(1, QDateTime::currentMSecsSinceEpoch() + 10'000 * hourMs);
    Receiver receiver;
    Running running(-1, patient());
    running.setOutboxFolder(folder());
    running.setHooks({onceTo(receiver.url())});
    QTRY_COMPARE(running.counts("a").waiting, 1u);
    QTRY_VERIFY(running.counts("a").nextTry.isValid());
    QVERIFY(running.counts("a").nextTry <= QDateTime::currentDateTimeUtc().addDays(1));
}

void TestBadInput::queuesManyEventsForAReceiverThatIsNotThere()
{
    constexpr int total = 100'000;
    constexpr int atOnce = 5'000;
    Running running(-1, patient());
    running.setOutboxFolder(folder());
    Hook hook = onceTo(QStringLiteral("http://127.0.0.1:1/"));
    hook.delivery.batch = Batching{1000, 0};
    running.setHooks({hook});
    running.dispatch(numbered(1));
    QTRY_COMPARE(running.counts("a").retried, 1u);
    const qint64 before = residentBytes();
    for (int sent = 1; sent < total;) {
        const int count = std::min(atOnce, total - sent);
        running.dispatch(numbered(count, sent));
        sent += count;
        QTRY_COMPARE(running.counts("a").waiting, static_cast<quint64>(sent));
    }
    QVERIFY2(residentBytes() - before < 50'000'000, QByteArray::number(residentBytes() - before).constData());
    QVERIFY(running.outbox.isDurable);
    QCOMPARE(running.counts("a").dropped, 0u);

    int expected = 0;
    bool isInOrder = true;
    Receiver receiver([&](const Receiver::Request &request) {
        for (const QJsonValue &event : QJsonDocument::fromJson(request.body).array())
            isInOrder = numberOf(event) == expected++ && isInOrder;
        return Receiver::status("200 OK");
    });
    hook.target = WebhookTarget{receiver.url()};
    running.setHooks({hook});
    QTRY_COMPARE(running.counts("a").delivered, static_cast<quint64>(total));
    QVERIFY(isInOrder);
    QCOMPARE(expected, total);
    QVERIFY2(residentBytes() - before < 50'000'000, QByteArray::number(residentBytes() - before).constData());
}

void TestBadInput::givesUpWhatWaitsForARemovedHook()
{
    Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
    const QString log = m_dir->filePath(QStringLiteral("log"));
    QFile file(log);
    QVERIFY(file.open(QIODevice::WriteOnly));
    Running running(file.handle(), patient());
    running.setOutboxFolder(folder());
    const Hook hook = onceTo(receiver.url());
    running.setHooks({hook});
    running.dispatch(numbered(3));
    QTRY_COMPARE(running.counts("a").retried, 1u);
    running.setHooks({});
    running.discardHooks({hook});
    running.listDead();
    QTRY_COMPARE(running.dead.size(), 1);
    QCOMPARE(running.dead.first().size(), 3);
    QCOMPARE(running.dead.first().first().reason, QStringLiteral("The hook was removed"));
    QCOMPARE(running.dead.first().first().attempts, 1);
    QFile lines(log);
    QVERIFY(lines.open(QIODevice::ReadOnly));
    QVERIFY(lines.readAll().contains(
        "[proxy:hook] a: the hook was removed; 3 events that waited for it are given up\n"));
}

void TestBadInput::waitsForTheEndOfWhatIsUnderWayForARemovedHook()
{
    QTcpSocket *open = nullptr;
    Receiver receiver;
    receiver.onRequest = [&](QTcpSocket *socket) {
        open = socket;
    };
    Running running;
    running.setOutboxFolder(folder());
    const Hook hook = onceTo(receiver.url());
    running.setHooks({hook});
    running.dispatch(numbered(3));
    QTRY_VERIFY(open);
    running.setHooks({});
    running.discardHooks({hook});
    running.listDead();
    QTRY_COMPARE(running.dead.size(), 1);
    QVERIFY(running.dead.first().isEmpty());
    open->write(Receiver::status("200 OK"));
    QTRY_VERIFY(!running.attempts.isEmpty());
    running.listDead();
    QTRY_COMPARE(running.dead.size(), 2);
    QCOMPARE(running.dead.last().size(), 2); // not what was delivered
    QCOMPARE(receiver.requests.size(), 1);
}

void TestBadInput::takesBackTheRemoval()
{
    Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
    Running running(-1, patient());
    running.setOutboxFolder(folder());
    const Hook hook = onceTo(receiver.url());
    running.setHooks({hook});
    running.dispatch(numbered(3));
    QTRY_COMPARE(running.counts("a").retried, 1u);
    running.setHooks({});
    running.discardHooks({hook});
    receiver.setAnswer([](const Receiver::Request &) { return Receiver::status("200 OK"); });
    running.setHooks({hook});
    QTRY_COMPARE(running.counts("a").delivered, 3u);
    QCOMPARE(running.counts("a").dead, 0u);
    QCOMPARE(numberOf(QJsonDocument::fromJson(receiver.requests[1].body).object()), 0);
}

void TestBadInput::givesNothingToAnotherHookOfARemovedName()
{
    Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
    Receiver other;
    Running running(-1, patient());
    running.setOutboxFolder(folder());
    const Hook hook = onceTo(receiver.url());
    running.setHooks({hook});
    running.dispatch(numbered(3));
    QTRY_COMPARE(running.counts("a").retried, 1u);
    running.setHooks({});
    running.discardHooks({hook});
    running.setHooks({onceTo(other.url())});
    running.dispatch(numbered(1, 3));
    QTRY_COMPARE(running.counts("a").delivered, 1u);
    QTRY_COMPARE(running.counts("a").dead, 3u);
    QCOMPARE(other.requests.size(), 1);
}

void TestBadInput::keepsWhatWaitsForAHookThatIsNotLoaded()
{
    Receiver receiver([](const Receiver::Request &) { return Receiver::status("500 Broken"); });
    Running running(-1, patient());
    running.setOutboxFolder(folder());
    running.setHooks({onceTo(receiver.url())});
    running.dispatch(numbered(3));
    QTRY_COMPARE(running.counts("a").retried, 1u);
    running.setHooks({});
    running.listDead();
    QTRY_COMPARE(running.dead.size(), 1);
    QVERIFY(running.dead.first().isEmpty());
}

// Whatever a client sends, what is delivered is JSON.
void TestBadInput::deliversHugeAndOddEvents()
{
    Receiver receiver;
    Running running;
    running.setOutboxFolder(folder());
    running.setHooks({onceTo(receiver.url())});
    std::vector<Event> events;
    for (const std::string &url :
         {std::string(5'000'000, 'x'), std::string(10'000, '['), std::string("\xed\xa0\x80"),
          std::string("\0\x1b]52;c;x\x07", 9), std::string("\xe2\x80\xae\xc2\x9b")})
        events.emplace_back(proxyEvent(HookEvent::OnRequest, "http://example.com/" + url));
    running.dispatch(batchOf(events));
    QTRY_COMPARE(running.counts("a").delivered, 5u);
    for (const Receiver::Request &request : receiver.requests) {
        QVERIFY(QJsonDocument::fromJson(request.body).isObject());
        for (const char c : request.body)
            QVERIFY(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
    }
}

// Its sections go together for all keys and for none, but not for these.
void TestBadInput::givesUpATemplateThatMakesNoJson()
{
    const auto body =
        PayloadTemplate::compile(QString::fromUtf8(R"([{{#method}}"a"{{/method}}{{^error}}"b"{{/error}}])"));
    QVERIFY(body);
    Receiver receiver;
    Running running;
    running.setOutboxFolder(folder());
    Hook hook = onceTo(receiver.url());
    hook.sending.body = *body;
    running.setHooks({hook});
    running.dispatch(numbered(1));
    QTRY_COMPARE(running.counts("a").dead, 1u);
    QVERIFY2(running.counts("a").lastError.contains(QStringLiteral("makes no JSON of this event")),
             qPrintable(running.counts("a").lastError));
    QCOMPARE(receiver.requests.size(), 0);
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
