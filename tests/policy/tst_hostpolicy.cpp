#include "core/policy/hostpolicy.h"

#include <QTest>

using namespace hookscope::policy;

class TestHostPolicy : public QObject {
    Q_OBJECT
private slots:
    void matchesHosts_data();
    void matchesHosts();
    void refusesBadPatterns_data();
    void refusesBadPatterns();
    void decides_data();
    void decides();
};

void TestHostPolicy::matchesHosts_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("isMatch");
    const auto row = [](const char *pattern, const char *host, bool isMatch, int port = 443) {
        QTest::addRow("%s, %s:%d", pattern, host, port)
            << QByteArray(pattern) << QByteArray(host) << port << isMatch;
    };
    row("example.com", "example.com", true);
    row("example.com", "api.example.com", false);
    row("example.com", "notexample.com", false);
    row("example.com", "example.com.evil.test", false);
    row("*.example.com", "example.com", true);
    row("*.example.com", "api.example.com", true);
    row("*.example.com", "a.b.example.com", true);
    row("*.example.com", "notexample.com", false);
    row("*.example.com", ".example.com", false);
    row("*.example.com", "example.com.evil.test", false);
    row("*.EXAMPLE.com", "Api.Example.COM", true);
    row("example.com.", "example.com", true);
    row("example.com", "example.com.", true);
    row("*.example.com", "api.example.com.", true);
    row("localhost", "127.0.0.1", false);
    row("127.0.0.1", "127.0.0.1", true);
    row("127.0.0.1", "127.1", true);
    row("127.0.0.1", "2130706433", true);
    row("127.0.0.1", "0x7f.0.0.1", true);
    row("127.0.0.1", "0177.0.0.1", true);
    row("127.0.0.1", "127.0.0.1.", true);
    row("127.0.0.1", "::ffff:127.0.0.1", true);
    row("10.0.0.1", "10.0.0.10", false);
    row("::1", "::1", true);
    row("[::1]", "0:0:0:0:0:0:0:1", true);
    row("[::1]:8080", "::1", true, 8080);
    row("[::1]:8080", "::1", false, 8081);
    row("fe80::1", "fe80::1%eth0", true);
    row("::ffff:10.0.0.1", "10.0.0.1", true);
    row("example.com:8080", "example.com", true, 8080);
    row("example.com:8080", "example.com", false);
    row("*.example.com:80", "api.example.com", true, 80);
    row("my_host", "MY_HOST", true);
}

void TestHostPolicy::matchesHosts()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, host);
    QFETCH(int, port);
    QFETCH(bool, isMatch);
    const auto parsed = parseHostPattern(pattern.toStdString());
    QVERIFY2(parsed, parsed ? "" : parsed.error().c_str());
    QCOMPARE(parsed->text, pattern.toStdString());
    QCOMPARE(parsed->matches(host.toStdString(), std::uint16_t(port)), isMatch);
}

void TestHostPolicy::refusesBadPatterns_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("part"); // of the reason
    const auto row = [](const char *pattern, const char *part) {
        QTest::addRow("'%s'", pattern) << QByteArray(pattern) << QByteArray(part);
    };
    row("", "missing");
    row("*", "every host");
    row("*.", "missing");
    row("*.*", "'*'");
    row("api.*.com", "'*'");
    row("*example.com", "'*'");
    row(".example.com", "*.DOMAIN");
    row("a..b", "empty");
    row("https://example.com", "scheme");
    row("example.com/path", "path");
    row("10.0.0.0/8", "path");
    row("two words", "character");
    row("a@b", "character");
    row("example.com:0", "port");
    row("example.com:99999", "port");
    row("[::1", "']'");
    row("*.127.0.0.1", "subdomains");
    row("b\xc3\xbc"
        "cher.example",
        "xn--");
}

void TestHostPolicy::refusesBadPatterns()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, part);
    const auto parsed = parseHostPattern(pattern.toStdString());
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().find(part.toStdString()) != std::string::npos, parsed.error().c_str());
}

void TestHostPolicy::decides_data()
{
    QTest::addColumn<QList<QByteArray>>("blocked");
    QTest::addColumn<QList<QByteArray>>("allowed");
    QTest::addColumn<bool>("allowlistOnly");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("reason"); // none: it may be reached
    const auto row = [](const char *name, const QList<QByteArray> &blocked, const QList<QByteArray> &allowed,
                        bool only, const char *host, const char *reason) {
        QTest::newRow(name) << blocked << allowed << only << QByteArray(host) << QByteArray(reason);
    };
    row("no rules", {}, {}, false, "a.test", "");
    row("not blocked", {"b.test"}, {}, false, "a.test", "");
    row("blocked", {"x.test", "*.a.test"}, {}, false, "api.a.test",
        "host api.a.test is blocked by the rule '*.a.test'");
    row("an allowed list alone refuses nothing", {}, {"b.test"}, false, "a.test", "");
    row("allowed", {}, {"*.a.test"}, true, "api.a.test", "");
    row("not allowed", {}, {"*.a.test"}, true, "b.test",
        "host b.test is not in the allowlist (rule 'allowlist only')");
    row("nothing is allowed", {}, {}, true, "b.test",
        "host b.test is not in the allowlist (rule 'allowlist only')");
    row("blocked wins", {"api.a.test"}, {"*.a.test"}, true, "api.a.test",
        "host api.a.test is blocked by the rule 'api.a.test'");
}

void TestHostPolicy::decides()
{
    QFETCH(QList<QByteArray>, blocked);
    QFETCH(QList<QByteArray>, allowed);
    QFETCH(bool, allowlistOnly);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, reason);
    HostPolicy policy;
    policy.allowlistOnly = allowlistOnly;
    for (const QByteArray &text : blocked)
        policy.blocked.push_back(*parseHostPattern(text.toStdString()));
    for (const QByteArray &text : allowed)
        policy.allowed.push_back(*parseHostPattern(text.toStdString()));
    QCOMPARE(policy.refusalOf(host.toStdString(), 443).value_or(""), reason.toStdString());
}

QTEST_APPLESS_MAIN(TestHostPolicy)
#include "tst_hostpolicy.moc"
