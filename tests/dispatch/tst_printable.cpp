#include "core/dispatch/printable.h"

#include <QTest>

using namespace hookscope;

class PrintableTest : public QObject {
    Q_OBJECT

private slots:
    void showsOneLine_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QByteArray("ok: \xc3\xbc") << QString::fromUtf8("ok: \xc3\xbc");
        QTest::newRow("line ends") << QByteArray("a\r\nb") << QStringLiteral("a\\u000d\\u000ab");
        QTest::newRow("clipboard") << QByteArray("\x1b]52;c;x\x07")
                                   << QStringLiteral("\\u001b]52;c;x\\u0007");
        QTest::newRow("C1") << QByteArray("\xc2\x9b") << QStringLiteral("\\u009b");
        QTest::newRow("bidi") << QByteArray("\xe2\x80\xae") << QStringLiteral("\\u202e");
        QTest::newRow("not UTF-8") << QByteArray("\xff") << QString(QChar(0xfffd));
        QTest::newRow("NUL") << QByteArray("\0", 1) << QStringLiteral("\\u0000");
    }

    void showsOneLine()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, shown);
        QCOMPARE(printable(bytes), shown);
    }
};

QTEST_GUILESS_MAIN(PrintableTest)
#include "tst_printable.moc"
