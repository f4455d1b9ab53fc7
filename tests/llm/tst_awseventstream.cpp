#include "core/llm/awseventstream.h"

#include <QTest>
#include <QtEndian>
#include <zlib.h>

using namespace hookscope;

namespace {

QByteArray number(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray checksum(const QByteArray &bytes)
{
    return number(static_cast<quint32>(
        crc32(0, reinterpret_cast<const Bytef *>(bytes.constData()), static_cast<uInt>(bytes.size()))));
}

QByteArray text(const QByteArray &name, const QByteArray &value)
{
    return QByteArray(1, static_cast<char>(name.size())) + name + '\x07' + number(static_cast<quint32>(value.size())).right(2)
        + value;
}

QByteArray messageOf(const QByteArray &fields, const QByteArray &payload)
{
    QByteArray bytes = number(static_cast<quint32>(16 + fields.size() + payload.size()))
        + number(static_cast<quint32>(fields.size()));
    bytes += checksum(bytes);
    bytes += fields + payload;
    return bytes + checksum(bytes);
}

QByteArray eventOf(const QByteArray &type, const QByteArray &payload)
{
    return messageOf(text(":event-type", type) + text(":message-type", "event"), payload);
}

QByteArray fieldsOfEveryType()
{
    QByteArray fields;
    const QByteArray values[]{"", "", "x", "xx", "xxxx", "xxxxxxxx", QByteArray("\0\2xx", 4), QByteArray("\0\1x", 3),
                              "xxxxxxxx", "xxxxxxxxxxxxxxxx"};
    for (char type = 0; type < 10; ++type)
        fields += QByteArray("\1a") + type + values[static_cast<int>(type)];
    return fields;
}

struct Listener final : llm::AwsEventStream::Sink {
    QByteArray heard;

    void awsMessage(const llm::AwsEventStream::Message &message) override
    {
        heard += (message.isException ? "!" : "") + QByteArray(message.type.data(), static_cast<qsizetype>(message.type.size()))
            + '=' + QByteArray(message.payload.data(), static_cast<qsizetype>(message.payload.size()))
            + ' ';
    }
};

} // namespace

class tst_AwsEventStream final : public QObject {
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void passesOverWhatIsTooLarge();
};

void tst_AwsEventStream::reads_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("heard");
    QTest::addColumn<bool>("isCorrupt");
    QTest::addColumn<bool>("isAtEnd");
    const auto add = [](const char *name, const QByteArray &bytes, const char *heard, bool isCorrupt = false,
                        bool isAtEnd = true) {
        QTest::newRow(name) << bytes << QByteArray(heard) << isCorrupt << isAtEnd;
    };
    const auto one = eventOf("chunk", "{}");
    add("one", one, "chunk={} ");
    add("two", one + eventOf("metadata", "[1]"), "chunk={} metadata=[1] ");
    add("an exception",
        messageOf(text(":exception-type", "throttlingException") + text(":message-type", "exception"), "{}"),
        "!throttlingException={} ");
    add("fields of every type",
        messageOf(fieldsOfEveryType()
                    + text(":event-type", "t"),
                ""),
        "t= ");
    add("nothing in it", messageOf({}, {}), "= ");
    add("cut", one.left(one.size() - 1), "", false, false);
    add("cut in the prelude", one + one.left(5), "chunk={} ", false, false);
    auto broken = one;
    broken[broken.size() - 6] = 'x';
    add("a payload that was changed", broken, "", true);
    broken = one;
    broken[3] = static_cast<char>(broken[3] + 1);
    add("a length that was changed", broken + one, "", true);
    add("no such thing", "HTTP/1.1 200 OK\r\n\r\n", "", true);
    add("a header longer than all", messageOf(QByteArray("\x7f") + "a", ""), "", true);
    add("a value longer than all", messageOf(QByteArray("\1a\7\xff\xff", 5), ""), "", true);
    add("an unknown type", messageOf(QByteArray("\1a\x0a", 3), ""), "", true);
}

void tst_AwsEventStream::reads()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isAtEnd);
    for (const qsizetype piece : {qsizetype(1), qsizetype(5), bytes.size()}) {
        llm::AwsEventStream stream;
        Listener listener;
        for (qsizetype at = 0; at < bytes.size(); at += piece)
            stream.feed(bytes.mid(at, piece).toStdString(), listener);
        QTEST(listener.heard, "heard");
        QTEST(stream.isCorrupt(), "isCorrupt");
        if (!stream.isCorrupt())
            QCOMPARE(stream.isAtEnd(), isAtEnd);
    }
}

void tst_AwsEventStream::passesOverWhatIsTooLarge()
{
    const auto bytes = eventOf("a", QByteArray(2 << 20, 'x')) + eventOf("b", "{}");
    llm::AwsEventStream stream;
    Listener listener;
    for (qsizetype at = 0; at < bytes.size(); at += 1000)
        stream.feed(bytes.mid(at, 1000).toStdString(), listener);
    QCOMPARE(listener.heard, QByteArray("b={} "));
    QVERIFY(stream.hasSkipped());
    QVERIFY(stream.isAtEnd());
}

QTEST_APPLESS_MAIN(tst_AwsEventStream)
#include "tst_awseventstream.moc"
