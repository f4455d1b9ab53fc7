#include "core/policy/upstreamproxy.h"

#include <QTest>

using namespace hookscope::policy;

class TestUpstreamProxy : public QObject {
    Q_OBJECT
private slots:
    void readsUrls_data();
    void readsUrls();
    void offersWhatTheEnvironmentNames_data();
    void offersWhatTheEnvironmentNames();
};

void TestUpstreamProxy::readsUrls_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("read"); // user@address; empty: refused
    const auto row = [](const char *text, const char *read) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(read);
    };
    row("http://proxy.test:3128", "@proxy.test:3128");
    row("http://Proxy.test:3128/", "@proxy.test:3128");
    row("proxy.test:3128", "@proxy.test:3128");
    row("http://proxy.test", "@proxy.test:80");
    row("http://me@proxy.test:1", "me@proxy.test:1");
    row("http://corp%5Cme@proxy.test:1", "corp\\me@proxy.test:1");
    row("http://[::1]:3128", "@[::1]:3128");
    row("http://me:hunter2@proxy.test", "");
    row("http://me:@proxy.test", "");
    row("http://a%3Ab@proxy.test", "");
    row("http://a%0d%0ab@proxy.test", "");
    row("https://proxy.test", "");
    row("socks5://proxy.test", "");
    row("http://proxy.test/path", "");
    row("http://proxy.test:0", "");
    row("", "");
}

void TestUpstreamProxy::readsUrls()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, read);
    const auto proxy = parseUpstreamProxy(text.toStdString());
    QCOMPARE(proxy.has_value(), !read.isEmpty());
    if (proxy)
        QCOMPARE(proxy->user + "@" + proxy->address(), read.toStdString());
    else
        QVERIFY(proxy.error().find("hunter2") == std::string::npos);
}

void TestUpstreamProxy::offersWhatTheEnvironmentNames_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QByteArray>("offered");
    const auto row = [](const char *text, const char *read) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(read);
    };
    row("http://proxy.test:3128", "http://proxy.test:3128");
    row("proxy.test:3128/", "http://proxy.test:3128");
    row("http://me:hunter2@proxy.test:3128", "http://me@proxy.test:3128");
    row("https://proxy.test", "");
    row("socks5://proxy.test:1080", "");
    row("", "");
}

void TestUpstreamProxy::offersWhatTheEnvironmentNames()
{
    QFETCH(QByteArray, variable);
    QFETCH(QByteArray, offered);
    QCOMPARE(offeredProxy(variable.toStdString()).value_or(""), offered.toStdString());
}

QTEST_APPLESS_MAIN(TestUpstreamProxy)
#include "tst_upstreamproxy.moc"
