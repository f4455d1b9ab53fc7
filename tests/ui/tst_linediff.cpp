#include "ui/text/linediff.h"

#include <QRandomGenerator>
#include <QTest>

using namespace hookscope;

class TestLineDiff : public QObject {
    Q_OBJECT

private slots:
    void findsTheShortestWay_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("expected");
        QTest::newRow("same") << QStringLiteral("a b") << QStringLiteral("a b") << QStringLiteral(" a  b");
        QTest::newRow("nothing") << QStringLiteral("") << QStringLiteral("") << QStringLiteral("");
        QTest::newRow("added") << QStringLiteral("a c") << QStringLiteral("a b c")
                               << QStringLiteral(" a +b  c");
        QTest::newRow("removed") << QStringLiteral("a b c") << QStringLiteral("a c")
                                 << QStringLiteral(" a -b  c");
        QTest::newRow("replaced") << QStringLiteral("a x c") << QStringLiteral("a y c")
                                  << QStringLiteral(" a -x +y  c");
        QTest::newRow("from nothing")
            << QStringLiteral("") << QStringLiteral("a b") << QStringLiteral("+a +b");
        QTest::newRow("to nothing") << QStringLiteral("a b") << QStringLiteral("") << QStringLiteral("-a -b");
        QTest::newRow("Myers' own") << QStringLiteral("A B C A B B A") << QStringLiteral("C B A B A C")
                                    << QStringLiteral("-A -B  C +B  A  B -B  A +C");
        QTest::newRow("repeated at the end")
            << QStringLiteral("a b b") << QStringLiteral("a b") << QStringLiteral(" a  b -b");
    }

    void findsTheShortestWay()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, expected);
        QCOMPARE(textOf(diffLines(linesOf(from), linesOf(to))), expected);
    }

    void leadsFromOneToTheOther()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 300; ++round) {
            const auto make = [&] {
                QStringList lines;
                const int count = random.bounded(0, 30);
                for (int i = 0; i < count; ++i)
                    lines << QString::number(random.bounded(0, 6));
                return lines;
            };
            const QStringList from = make();
            const QStringList to = make();
            for (const int most : {0, 3, 2000}) {
                QStringList before;
                QStringList after;
                for (const DiffLine &line : diffLines(from, to, most)) {
                    if (line.kind != DiffLine::Kind::Added)
                        before << line.text;
                    if (line.kind != DiffLine::Kind::Removed)
                        after << line.text;
                }
                QCOMPARE(before, from);
                QCOMPARE(after, to);
            }
        }
    }

private:
    static QStringList linesOf(const QString &words)
    {
        return words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    }

    static QString textOf(const QVector<DiffLine> &lines)
    {
        QStringList parts;
        for (const DiffLine &line : lines) {
            const char mark = line.kind == DiffLine::Kind::Same ? ' '
                : line.kind == DiffLine::Kind::Added            ? '+'
                                                                : '-';
            parts << QLatin1Char(mark) + line.text;
        }
        return parts.join(QLatin1Char(' '));
    }
};

QTEST_APPLESS_MAIN(TestLineDiff)
#include "tst_linediff.moc"
