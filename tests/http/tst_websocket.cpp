#include "core/http/websocket.h"
#include "tests/websocket.h"

#include <QTest>
#include <vector>

using namespace hookscope;
using http::WebSocketReader;
using Sender = WebSocketReader::Sender;
using State = WebSocketReader::State;
using test::frame;

namespace {

using Expected = std::vector<std::string>;

// Takes all messages, or of each only as much as comes at once.
class Messages final : public WebSocketReader::Sink {
public:
    explicit Messages(bool wantsAll = true)
        : m_wantsAll(wantsAll)
    {
    }
    void messageBegan() override { m_pending.clear(); }
    bool messagePart(std::string_view part) override
    {
        largest = std::max(largest, part.size());
        bytes += part.size();
        if (m_pending.size() < 1 << 20)
            m_pending += part;
        return m_wantsAll;
    }
    void messageEnded() override { list.push_back(m_pending); }

    Expected list;
    std::size_t largest = 0;
    std::size_t bytes = 0;

private:
    bool m_wantsAll;
    std::string m_pending;
};

// Also "" for none.
http::WebSocketExtensions agreedOn(const std::string &extensions)
{
    http::FieldList head{{"Upgrade", "websocket"}};
    if (!extensions.empty())
        head.push_back({"Sec-WebSocket-Extensions", extensions});
    return http::WebSocketExtensions::of(head);
}

std::string hex(const char *digits)
{
    return QByteArray::fromHex(digits).toStdString();
}

State fed(WebSocketReader &reader, const std::string &bytes, std::size_t piece, Messages &messages)
{
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        // A copy of its own for each piece, so that reading beyond it is found out.
        const std::string part = bytes.substr(at, piece);
        reader.feed(part, messages);
    }
    return reader.state();
}

const std::string perMessageDeflate = "permessage-deflate";

} // namespace

Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(Sender)

class tst_WebSocket final : public QObject {
    Q_OBJECT

private slots:
    void readsMessages_data();
    void readsMessages();
    void readsDeflatedMessages_data();
    void readsDeflatedMessages();
    void stopsAtWhatIsWrong_data();
    void stopsAtWhatIsWrong();
    void readsExtensions_data();
    void readsExtensions();
    void saysWhyItWasClosed_data();
    void saysWhyItWasClosed();
    void passesOverWhatIsNotWanted_data();
    void passesOverWhatIsNotWanted();
    void givesALongMessageInParts();
    void stopsAtABomb_data();
    void stopsAtABomb();
};

// The examples of RFC 6455 section 5.7 and RFC 7692 section 7.2.3, and what is between them.
void tst_WebSocket::readsMessages_data()
{
    QTest::addColumn<Sender>("sender");
    QTest::addColumn<std::string>("extensions");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<Expected>("messages");

    const auto server = [](const char *name, const std::string &bytes, const Expected &messages,
                           const std::string &extensions = {}) {
        QTest::newRow(name) << Sender::Server << extensions << bytes << messages;
    };
    const auto client = [](const char *name, const std::string &bytes, const Expected &messages) {
        QTest::newRow(name) << Sender::Client << std::string() << bytes << messages;
    };
    server("unmasked", hex("810548656c6c6f"), {"Hello"});
    client("masked", hex("818537fa213d7f9f4d5158"), {"Hello"});
    server("fragmented", hex("010348656c80026c6f"), {"Hello"});
    server("ping", hex("890548656c6c6f"), {});
    client("pong", hex("8a8537fa213d7f9f4d5158"), {});
    server("256 bytes", hex("827e0100") + std::string(256, 'x'), {std::string(256, 'x')});
    server("64 KiB", hex("827f0000000000010000") + std::string(65536, 'x'), {std::string(65536, 'x')});
    server("a length in more bytes than it needs", hex("817f000000000000000548656c6c6f"), {"Hello"});
    server("empty", hex("8100") + hex("8200"), {"", ""});
    server("empty fragments", hex("0100") + hex("0000") + hex("800161"), {"a"});
    server("a ping in between", hex("010348656c") + hex("890161") + hex("80026c6f"), {"Hello"});
    client("a masked ping in between",
           test::fragmented("Hello, world", 3, {1, true, 0, true}) + frame("b", {2, true, 0, true}),
           {"Hello, world", "b"});
    client("masked and long", frame(std::string(100'003, 'y'), {1, true, 0, true}),
           {std::string(100'003, 'y')});
    server("nothing behind a close", hex("81016188008101620000"), {"a"});
    server("deflated", hex("c107f248cdc9c90700"), {"Hello"}, perMessageDeflate);
    server("deflated, fragmented", hex("4103f248cd8004c9c90700"), {"Hello"}, perMessageDeflate);
    server("deflated, taking over", hex("c107f248cdc9c90700") + hex("c105f200110000"), {"Hello", "Hello"},
           perMessageDeflate);
    server("deflated, not compressed", hex("c10b000500faff48656c6c6f00"), {"Hello"}, perMessageDeflate);
    server("deflated, with an end", hex("c108f348cdc9c9070000"), {"Hello"}, perMessageDeflate);
    server("deflated, behind an end", hex("c108f348cdc9c9070000") + hex("c105f200110000"), {"Hello", "Hello"},
           perMessageDeflate);
    server("deflated, two blocks", hex("c10df248050000 00ffffcac9c90700"), {"Hello"}, perMessageDeflate);
    server("deflated, empty", hex("c10100"), {""}, perMessageDeflate);
    server("plain where deflated is allowed", hex("c107f248cdc9c90700") + hex("810161"), {"Hello", "a"},
           perMessageDeflate);
}

void tst_WebSocket::readsMessages()
{
    QFETCH(Sender, sender);
    QFETCH(std::string, extensions);
    QFETCH(std::string, bytes);
    QFETCH(Expected, messages);
    for (const std::size_t piece : {std::size_t(1), std::size_t(2), std::size_t(7), bytes.size()}) {
        WebSocketReader reader(sender, agreedOn(extensions));
        Messages read;
        QVERIFY(fed(reader, bytes, piece, read) != State::Unreadable);
        QCOMPARE(read.list, messages);
    }
    for (std::size_t cut = 0; cut < std::min<std::size_t>(bytes.size(), 60); ++cut) {
        WebSocketReader reader(sender, agreedOn(extensions));
        Messages read;
        const std::string first = bytes.substr(0, cut);
        const std::string second = bytes.substr(cut);
        reader.feed(first, read);
        reader.feed(second, read);
        QCOMPARE(read.list, messages);
    }
}

void tst_WebSocket::readsDeflatedMessages_data()
{
    QTest::addColumn<Sender>("sender");
    QTest::addColumn<QString>("parameters");
    QTest::addColumn<bool>("takesOver");
    for (const Sender sender : {Sender::Client, Sender::Server}) {
        const char *const name = sender == Sender::Client ? "client" : "server";
        const QString own = QStringLiteral("; %1_no_context_takeover").arg(QLatin1String(name));
        const QString other = QStringLiteral("; %1_no_context_takeover")
                                  .arg(QLatin1String(sender == Sender::Client ? "server" : "client"));
        QTest::addRow("%s, taking over", name) << sender << QString() << true;
        QTest::addRow("%s, not taking over", name) << sender << own << false;
        QTest::addRow("%s, the other not", name) << sender << other << true;
    }
}

void tst_WebSocket::readsDeflatedMessages()
{
    QFETCH(Sender, sender);
    QFETCH(QString, parameters);
    QFETCH(bool, takesOver);
    const bool isMasked = sender == Sender::Client;
    test::MessageDeflater deflater(takesOver);
    std::string bytes;
    Expected messages;
    for (int i = 0; i < 30; ++i) {
        std::string text = R"({"type":"response.output_text.delta","delta":")";
        for (int word = 0; word < i * i; ++word)
            text += std::to_string(word * 7919 % 1000) + ' ';
        messages.push_back(text);
        bytes += i % 3 == 2 ? test::fragmented(deflater.deflated(text), 50, {1, true, 4, isMasked})
                            : frame(deflater.deflated(text), {1, true, 4, isMasked});
    }
    for (const std::size_t piece : {std::size_t(1), std::size_t(3), std::size_t(1000), bytes.size()}) {
        WebSocketReader reader(sender, agreedOn(perMessageDeflate + parameters.toStdString()));
        Messages read;
        QCOMPARE(fed(reader, bytes, piece, read), State::Reading);
        QCOMPARE(read.list, messages);
    }
}

void tst_WebSocket::stopsAtWhatIsWrong_data()
{
    QTest::addColumn<Sender>("sender");
    QTest::addColumn<std::string>("extensions");
    QTest::addColumn<std::string>("bytes");

    const auto row = [](const char *name, const std::string &bytes, const std::string &extensions = {},
                        Sender sender = Sender::Server) {
        QTest::newRow(name) << sender << extensions << bytes;
    };
    for (const char *opcode : {"83", "84", "85", "86", "87", "8b", "8c", "8d", "8e", "8f"})
        row(qPrintable(QStringLiteral("opcode ") + QLatin1String(opcode)), hex(opcode) + hex("00"));
    row("RSV1 without deflate", hex("c10161"));
    row("RSV2", hex("a10161"), perMessageDeflate);
    row("RSV3", hex("910161"), perMessageDeflate);
    row("RSV1 in a continuation", hex("010161") + hex("c00161"), perMessageDeflate);
    row("RSV1 in a ping", hex("c900"), perMessageDeflate);
    row("a client's frame without a mask", hex("810161"), {}, Sender::Client);
    row("a server's frame with a mask", hex("818100000000") + "a");
    row("a length above 2^63", hex("817f8000000000000000"));
    row("a long ping", hex("897e007e") + std::string(126, 'x'));
    row("a ping in fragments", hex("0900"));
    row("a continuation of nothing", hex("800161"));
    row("a message within a message", hex("010161") + hex("810162"));
    row("what does not inflate", hex("c105ffffffffff"), perMessageDeflate);
    row("a reference to before the beginning", hex("c105f200110000"), perMessageDeflate);
    row("taking over what was not agreed on", hex("c107f248cdc9c90700") + hex("c105f200110000"),
        perMessageDeflate + "; server_no_context_takeover");
    row("an extension that is not known", hex("810161"), "x-webkit-deflate-frame");
    row("deflate twice", hex("810161"), perMessageDeflate + ", " + perMessageDeflate);
}

void tst_WebSocket::stopsAtWhatIsWrong()
{
    QFETCH(Sender, sender);
    QFETCH(std::string, extensions);
    QFETCH(std::string, bytes);
    const std::string behind = frame("behind", {1, true, 0, sender == Sender::Client});
    for (const std::size_t piece : {std::size_t(1), bytes.size() + behind.size()}) {
        WebSocketReader reader(sender, agreedOn(extensions));
        Messages read;
        QCOMPARE(fed(reader, bytes + behind, piece, read), State::Unreadable);
        QVERIFY(!reader.failure().empty());
        for (const auto &message : read.list)
            QVERIFY(message != "behind");
    }
}

void tst_WebSocket::readsExtensions_data()
{
    QTest::addColumn<std::string>("extensions");
    QTest::addColumn<QString>("agreed"); // d: deflated, c and s: takes over, k: known
    QTest::newRow("none") << std::string() << QStringLiteral("-csk");
    QTest::newRow("deflate") << perMessageDeflate << QStringLiteral("dcsk");
    QTest::newRow("windows") << perMessageDeflate + "; server_max_window_bits=10;client_max_window_bits=\"9\""
                             << QStringLiteral("dcsk");
    QTest::newRow("no takeover") << std::string(
        "Permessage-Deflate;client_no_context_takeover ; server_no_context_takeover")
                                 << QStringLiteral("d--k");
    QTest::newRow("client's") << perMessageDeflate + ";client_no_context_takeover" << QStringLiteral("d-sk");
}

void tst_WebSocket::readsExtensions()
{
    QFETCH(std::string, extensions);
    QFETCH(QString, agreed);
    const auto read = agreedOn(extensions);
    const auto letter = [](bool is, char16_t c) {
        return QChar(is ? c : u'-');
    };
    QCOMPARE(QString() + letter(read.isDeflated, u'd') + letter(read.clientTakesOver, u'c')
                 + letter(read.serverTakesOver, u's') + letter(read.areKnown, u'k'),
             agreed);
}

void tst_WebSocket::saysWhyItWasClosed_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<int>("code");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("nothing") << std::string() << -1 << std::string();
    QTest::newRow("half a code") << std::string("\x03") << -1 << std::string();
    QTest::newRow("a code") << std::string("\x03\xe8") << 1000 << std::string();
    QTest::newRow("a reason") << std::string("\x03\xf3quota") << 1011 << std::string("quota");
}

void tst_WebSocket::saysWhyItWasClosed()
{
    QFETCH(std::string, payload);
    QFETCH(int, code);
    QFETCH(std::string, reason);
    for (const bool isMasked : {false, true}) {
        const std::string bytes = frame(payload, {8, true, 0, isMasked});
        for (const std::size_t piece : {std::size_t(1), bytes.size()}) {
            WebSocketReader reader(isMasked ? Sender::Client : Sender::Server, agreedOn({}));
            Messages read;
            QCOMPARE(fed(reader, bytes, piece, read), State::Closed);
            QCOMPARE(reader.closeCode().value_or(-1), code);
            QCOMPARE(std::string(reader.closeReason()), reason);
        }
    }
}

void tst_WebSocket::passesOverWhatIsNotWanted_data()
{
    QTest::addColumn<std::string>("extensions");
    QTest::addColumn<bool>("takesOver");
    QTest::newRow("plain") << std::string() << false;
    QTest::newRow("deflated") << perMessageDeflate << true;
    QTest::newRow("deflated, not taking over") << perMessageDeflate + "; client_no_context_takeover" << false;
}

// The messages behind are read all the same.
void tst_WebSocket::passesOverWhatIsNotWanted()
{
    QFETCH(std::string, extensions);
    QFETCH(bool, takesOver);
    test::MessageDeflater deflater(takesOver);
    const std::string text(300'000, 'z');
    std::string bytes;
    for (int i = 0; i < 3; ++i)
        bytes += extensions.empty() ? frame(text, {1, true, 0, true})
                                    : frame(deflater.deflated(text), {1, true, 4, true});
    WebSocketReader reader(Sender::Client, agreedOn(extensions));
    Messages read(false);
    QCOMPARE(fed(reader, bytes, 100, read), State::Reading);
    QCOMPARE(read.list.size(), std::size_t(3));
    QVERIFY(read.bytes < text.size());
}

void tst_WebSocket::givesALongMessageInParts()
{
    test::MessageDeflater deflater(true);
    const std::string text(10'000'000, 'z');
    const std::string bytes = frame(deflater.deflated(text), {1, true, 4, false});
    WebSocketReader reader(Sender::Server, agreedOn(perMessageDeflate));
    Messages read;
    QCOMPARE(fed(reader, bytes, bytes.size(), read), State::Reading);
    QCOMPARE(read.bytes, text.size());
    QVERIFY(read.largest <= 32 * 1024);
}

void tst_WebSocket::stopsAtABomb_data()
{
    QTest::addColumn<std::size_t>("size");
    QTest::addColumn<int>("messages");
    QTest::newRow("one message") << std::size_t(20'000'000) << 1;
    QTest::newRow("many") << std::size_t(1'000'000) << 20;
}

void tst_WebSocket::stopsAtABomb()
{
    QFETCH(std::size_t, size);
    QFETCH(int, messages);
    test::MessageDeflater deflater(true);
    WebSocketReader reader(Sender::Server, agreedOn(perMessageDeflate));
    Messages read;
    for (int i = 0; i < messages; ++i)
        reader.feed(frame(deflater.deflated(std::string(size, 'z')), {1, true, 4, false}), read);
    QCOMPARE(reader.state(), State::Unreadable);
    QVERIFY(read.bytes < 30'000'000);
}

QTEST_APPLESS_MAIN(tst_WebSocket)
#include "tst_websocket.moc"
