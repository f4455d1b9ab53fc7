#include "core/events/eventjson.h"

#include <QTest>

using namespace hookscope;

namespace {

ProxyEvent proxyEvent()
{
    ProxyEvent event;
    event.sandbox = "test-sb";
    event.method = "GET";
    event.url = "https://example.com/a?b=c";
    event.host = "example.com";
    event.status = 200;
    return event;
}

LlmEvent llmEvent()
{
    LlmEvent event;
    event.sandbox = "test-sb";
    event.provider = "openai";
    event.path = "/v1/chat/completions";
    event.model = "gpt-4o";
    event.tokens.input = 10;
    event.tokens.output = 20;
    return event;
}

} // namespace

class TestAuditLine : public QObject {
    Q_OBJECT
private slots:
    void writesARequestAsAgentkernelDoes();
    void writesACallAsAgentkernelDoes();
    void writesTheModelAsRustDebugs_data();
    void writesTheModelAsRustDebugs();
    void escapesWhatATerminalWouldObey_data();
    void escapesWhatATerminalWouldObey();
    void isOneLineWhateverTheValues();
    void showsNoCredential();
};

void TestAuditLine::writesARequestAsAgentkernelDoes()
{
    ProxyEvent event = proxyEvent();
    QCOMPARE(auditLine(event),
             std::string("[proxy:audit] test-sb GET https://example.com/a?b=c -> "
                         "example.com (secret=false, status=Some(200))"));
    event.method = "CONNECT";
    event.url = "example.com:443";
    event.status.reset();
    event.secretInjected = true;
    QCOMPARE(auditLine(event),
             std::string("[proxy:audit] test-sb CONNECT example.com:443 -> "
                         "example.com (secret=true, status=None)"));
}

void TestAuditLine::writesACallAsAgentkernelDoes()
{
    LlmEvent event = llmEvent();
    QCOMPARE(auditLine(event),
             std::string("[proxy:llm] test-sb openai /v1/chat/completions model=Some(\"gpt-4o\") "
                         "tokens=(Some(10)/Some(20)/Some(30))"));
    event.tokens.input.reset();
    QCOMPARE(auditLine(event),
             std::string("[proxy:llm] test-sb openai /v1/chat/completions model=Some(\"gpt-4o\") "
                         "tokens=(None/Some(20)/None)"));
    event.model.reset();
    event.tokens = {};
    QCOMPARE(auditLine(event),
             std::string("[proxy:llm] test-sb openai /v1/chat/completions model=None "
                         "tokens=(None/None/None)"));
}

void TestAuditLine::writesTheModelAsRustDebugs_data()
{
    QTest::addColumn<std::string>("model");
    QTest::addColumn<std::string>("written");
    const auto row = [](const char *name, const char *model, const char *written) {
        QTest::newRow(name) << std::string(model) << std::string(written);
    };
    row("quote and backslash", R"(a"b\c)", R"(a\"b\\c)");
    row("apostrophe", "it's", "it's");
    row("white space", "a\tb\rc\nd", R"(a\tb\rc\nd)");
    row("escape", "\x1b[0m", R"(\u{1b}[0m)");
    row("DEL", "\x7f", R"(\u{7f})");
    row("C1", "\xc2\x9b", R"(\u{9b})");
    row("no-break space", "\xc2\xa0", R"(\u{a0})");
    row("letters", "\xc3\xa4\xe6\xbc\xa2", "\xc3\xa4\xe6\xbc\xa2");
    row("a picture", "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
    row("combining mark", "e\xcc\x81", R"(e\u{301})");
    row("zero width", "\xe2\x80\x8b", R"(\u{200b})");
    row("override", "\xe2\x80\xae", R"(\u{202e})");
    row("private use", "\xee\x80\x80", R"(\u{e000})");
    row("not UTF-8", "\xff", "\xef\xbf\xbd");
}

void TestAuditLine::writesTheModelAsRustDebugs()
{
    QFETCH(std::string, model);
    QFETCH(std::string, written);
    LlmEvent event = llmEvent();
    event.model = model;
    const std::string line = auditLine(event);
    QVERIFY2(line.find(" model=Some(\"" + written + "\") tokens=") != std::string::npos, line.c_str());
}

void TestAuditLine::escapesWhatATerminalWouldObey_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("written");
    const auto row = [](const char *name, std::string_view value, const char *written) {
        QTest::newRow(name) << std::string(value) << std::string(written);
    };
    using namespace std::string_view_literals;
    row("plain", R"(a"b\c)", R"(a"b\c)");
    row("a forged line", "x\n[proxy:audit] y", R"(x\n[proxy:audit] y)");
    row("carriage return and tab", "a\rb\tc", R"(a\rb\tc)");
    row("NUL", "a\0b"sv, R"(a\0b)");
    row("escape", "\x1b]0;t\x07", R"(\u{1b}]0;t\u{7})");
    row("C1", "\xc2\x9b", R"(\u{9b})");
    row("bidi override", "\xe2\x80\xae", R"(\u{202e})");
    row("line separator", "\xe2\x80\xa8", R"(\u{2028})");
    row("C1 as a byte", "\x9b", "\xef\xbf\xbd");
    row("letters", "\xc3\xa4", "\xc3\xa4");
}

void TestAuditLine::escapesWhatATerminalWouldObey()
{
    QFETCH(std::string, value);
    QFETCH(std::string, written);
    ProxyEvent event = proxyEvent();
    event.sandbox = value;
    QCOMPARE(auditLine(event),
             "[proxy:audit] " + written
                 + " GET https://example.com/a?b=c -> example.com (secret=false, status=Some(200))");
}

void TestAuditLine::isOneLineWhateverTheValues()
{
    const std::string bad = "a\nb\r\x1b\xe2\x80\xa9";
    ProxyEvent proxy;
    proxy.sandbox = proxy.method = proxy.url = proxy.host = bad;
    LlmEvent call;
    call.sandbox = call.provider = call.path = bad;
    call.model = bad;
    for (const std::string &line : {auditLine(proxy), auditLine(call)}) {
        for (const char *control : {"\n", "\r", "\x1b", "\xe2\x80\xa9"})
            QVERIFY2(line.find(control) == std::string::npos, line.c_str());
    }
}

void TestAuditLine::showsNoCredential()
{
    ProxyEvent proxy = proxyEvent();
    proxy.url = "https://me:canary1@example.com/?key=canary2&alt=sse";
    QCOMPARE(auditLine(proxy),
             std::string("[proxy:audit] test-sb GET https://***@example.com/?key=***&alt=sse "
                         "-> example.com (secret=false, status=Some(200))"));
    LlmEvent call = llmEvent();
    call.path = "/v1beta/models/gemini:generateContent?key=canary";
    QVERIFY(auditLine(call).find("?key=*** model=") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestAuditLine)
#include "tst_auditline.moc"
