#include "core/otlp/exportanswer.h"

#include <QTest>

using namespace hookscope::otlp;

class ExportAnswerTest : public QObject {
    Q_OBJECT
private slots:
    void readsWhatTheCollectorSays_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<quint64>("rejected");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const QByteArray &body, quint64 rejected = 0,
                            const char *message = "") {
            QTest::newRow(name) << body << rejected << QString::fromLatin1(message);
        };
        row("nothing", "");
        row("all taken", "{}");
        row("empty partial success, as the collector writes it", "{\"partialSuccess\":{}}");
        row("spans", "{\"partialSuccess\":{\"rejectedSpans\":\"3\",\"errorMessage\":\"too old\"}}", 3,
            "too old");
        row("a number instead of a string", "{\"partialSuccess\":{\"rejectedSpans\":3}}", 3);
        row("points", "{\"partialSuccess\":{\"rejectedDataPoints\":\"7\",\"errorMessage\":\"delta\"}}", 7,
            "delta");
        row("a warning", "{\"partialSuccess\":{\"rejectedSpans\":\"0\",\"errorMessage\":\"slow\"}}", 0,
            "slow");
        row("negative", "{\"partialSuccess\":{\"rejectedSpans\":-1}}");
        row("a message that is cut", "{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"too mu",
            2, "too mu");
        row("not an object", "[1]");
        row("not JSON", "\x08\x01");
        row("another object", "{\"message\":\"rejectedSpans 5\"}");
    }

    void readsWhatTheCollectorSays()
    {
        QFETCH(QByteArray, body);
        QFETCH(quint64, rejected);
        QFETCH(QString, message);
        const ExportAnswer answer = exportAnswerOf(body);
        QCOMPARE(answer.rejected, rejected);
        QCOMPARE(answer.message, message);
    }
};

QTEST_APPLESS_MAIN(ExportAnswerTest)
#include "tst_exportanswer.moc"
