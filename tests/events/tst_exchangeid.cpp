#include "core/events/exchangeid.h"

#include <QRegularExpression>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <thread>
#include <vector>

using namespace hookscope;

class TestExchangeId : public QObject {
    Q_OBJECT
private slots:
    void writesTheCanonicalForm();
    void isAUuidOfVersionSeven();
    void holdsTheTime();
    void countsUpOverThreads();
};

void TestExchangeId::writesTheCanonicalForm()
{
    const ExchangeId id{0x0123456789abcdefULL, 0xfedcba9876543210ULL};
    QCOMPARE(id.text(), std::string("01234567-89ab-cdef-fedc-ba9876543210"));
    QCOMPARE(ExchangeId().text(), std::string("00000000-0000-0000-0000-000000000000"));
}

void TestExchangeId::isAUuidOfVersionSeven()
{
    const QRegularExpression form(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    for (int i = 0; i < 1000; ++i) {
        const QString text = QString::fromStdString(ExchangeId::next().text());
        QVERIFY2(form.match(text).hasMatch(), qPrintable(text));
    }
}

void TestExchangeId::holdsTheTime()
{
    const auto nowMs = [] {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    };
    const auto before = nowMs();
    const auto ms = static_cast<std::int64_t>(ExchangeId::next().high >> 16);
    QVERIFY(ms >= before);
    QVERIFY(ms <= nowMs() + 1); // ids made in one go may be a fraction ahead of the clock
}

void TestExchangeId::countsUpOverThreads()
{
    constexpr std::size_t threads = 4;
    constexpr std::size_t each = 5000;
    std::vector<std::vector<ExchangeId>> made(threads);
    {
        std::vector<std::jthread> running;
        for (auto &ids : made) {
            running.emplace_back([&ids] {
                for (std::size_t i = 0; i < each; ++i)
                    ids.push_back(ExchangeId::next());
            });
        }
    }
    std::vector<ExchangeId> all;
    for (const auto &ids : made) {
        QVERIFY(std::is_sorted(ids.begin(), ids.end()));
        all.insert(all.end(), ids.begin(), ids.end());
    }
    std::sort(all.begin(), all.end());
    QVERIFY(std::adjacent_find(all.begin(), all.end(),
                               [](const ExchangeId &a, const ExchangeId &b) { return a.high == b.high; })
            == all.end());
}

QTEST_APPLESS_MAIN(TestExchangeId)
#include "tst_exchangeid.moc"
