#include "core/hooks/hook.h"

#include <QJsonDocument>
#include <QTest>

using namespace hookscope;

namespace {

QJsonObject objectOf(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestHookTarget : public QObject {
    Q_OBJECT
private slots:
    void staysAsItIs_data();
    void staysAsItIs();
    void readsWhatIsNotSaid();
    void refuses_data();
    void refuses();
    void goesWithHooks_data();
    void goesWithHooks();
};

void TestHookTarget::staysAsItIs_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const char *json) {
        QTest::newRow(name) << QByteArray(json);
    };
    row("webhook", R"({"type":"webhook","url":"https://h/"})");
    row("file", R"({"type":"file","path":"/a"})");
    row("file that is put aside", R"({"type":"file","path":"/a","rotate":{"max_bytes":4096,"keep":3}})");
    row("daily and compressed",
        R"({"type":"file","path":"/a","rotate":{"max_age_s":86400,"keep":5,"compress":"zstd"}})");
    row("audit", R"({"type":"audit"})");
    row("notification", R"({"type":"notify"})");
    row("program", R"({"type":"exec","command":["/bin/cat"]})");
    row("program with limits",
        R"({"type":"exec","command":["/bin/x","-a","b c"],"timeout_ms":5,"memory_mb":64,"at_once":4})");
    row("collector", R"({"type":"otlp","url":"http://127.0.0.1:4318"})");
}

void TestHookTarget::staysAsItIs()
{
    QFETCH(QByteArray, json);
    const auto target = targetFromJson(objectOf(json));
    QVERIFY2(target, target ? "" : qPrintable(target.error().text));
    QVERIFY(validate(*target));
    QCOMPARE(toJson(*target), objectOf(json));
}

void TestHookTarget::readsWhatIsNotSaid()
{
    const auto exec = targetFromJson(objectOf(R"({"type":"exec","command":["/bin/cat"]})"));
    QCOMPARE(std::get<ExecTarget>(*exec), (ExecTarget{{QStringLiteral("/bin/cat")}, 30'000, 1024, 1}));
    const auto file = targetFromJson(objectOf(R"({"type":"file","path":"/a","rotate":{"max_age_s":60}})"));
    QCOMPARE(std::get<FileTarget>(*file).rotation.value(), (FileRotation{0, 60, 5, false}));
}

void TestHookTarget::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("text"); // part of the message
    const auto row = [](const char *name, const char *json, const char *text) {
        QTest::newRow(name) << QByteArray(json) << QString::fromUtf8(text);
    };
    row("unknown", R"({"type":"mail"})", "\"type\" of \"target\" must be");
    row("no type", R"({"url":"http://h/"})", "\"type\" of \"target\" must be");
    row("program without a command", R"({"type":"exec"})", "needs \"command\"");
    row("program as a line", R"({"type":"exec","command":"/bin/cat -n"})", "needs \"command\"");
    row("empty command", R"({"type":"exec","command":[]})", "needs \"command\"");
    row("argument is a number", R"({"type":"exec","command":["/bin/cat",1]})", "needs \"command\"");
    row("program by its name", R"({"type":"exec","command":["cat"]})", "absolute path");
    row("program is empty", R"({"type":"exec","command":[""]})", "cannot be empty");
    row("argument with NUL", R"({"type":"exec","command":["/bin/cat","a\u0000b"]})", "NUL");
    row("no time", R"({"type":"exec","command":["/bin/cat"],"timeout_ms":0})", "\"timeout_ms\"");
    row("an hour", R"({"type":"exec","command":["/bin/cat"],"timeout_ms":3600000})", "\"timeout_ms\"");
    row("no memory", R"({"type":"exec","command":["/bin/cat"],"memory_mb":1})", "\"memory_mb\"");
    row("too many", R"({"type":"exec","command":["/bin/cat"],"at_once":17})", "\"at_once\"");
    row("half of one", R"({"type":"exec","command":["/bin/cat"],"at_once":0.5})", "\"at_once\"");
    row("rotation by a word", R"({"type":"file","path":"/a","rotate":"daily"})", "\"rotate\"");
    row("rotation by nothing", R"({"type":"file","path":"/a","rotate":{}})", "needs \"max_bytes\"");
    row("rotation at each line", R"({"type":"file","path":"/a","rotate":{"max_bytes":1}})", "\"max_bytes\"");
    row("rotation each second", R"({"type":"file","path":"/a","rotate":{"max_age_s":1}})", "\"max_age_s\"");
    row("none kept", R"({"type":"file","path":"/a","rotate":{"max_bytes":4096,"keep":0}})", "\"keep\"");
    row("another compression", R"({"type":"file","path":"/a","rotate":{"max_bytes":4096,"compress":"gzip"}})",
        "zstd");
    row("collector without a URL", R"({"type":"otlp"})", "needs \"url\"");
    row("collector by gRPC", R"({"type":"otlp","url":"grpc://h:4317"})",
        "Collector URL must start with http://");
}

void TestHookTarget::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, text);
    const auto target = targetFromJson(objectOf(json));
    const auto valid = target ? validate(*target) : Result<void>(tl::unexpected(target.error()));
    QVERIFY(!valid);
    QVERIFY2(valid.error().text.contains(text), qPrintable(valid.error().text));
}

void TestHookTarget::goesWithHooks_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("text"); // part of the message; empty: valid
    const QByteArray otlp = R"({"type":"otlp","url":"http://h/"})";
    const QByteArray notify = R"({"type":"notify"})";
    const QByteArray headers = R"("headers":{"X":"1"})";
    const QByteArray limit = R"("limit":{"events":1,"per_s":300})";
    QTest::newRow("collector with headers") << otlp << headers << QString();
    QTest::newRow("collector with a signature")
        << otlp << QByteArray(R"("sign_with":["K"])") << QStringLiteral("for webhooks");
    QTest::newRow("collector at least once")
        << otlp << QByteArray(R"("delivery":"at_least_once")") << QStringLiteral("for webhooks");
    QTest::newRow("collector now and then") << otlp << limit << QStringLiteral("a digest is no span");
    QTest::newRow("notification with headers")
        << notify << headers << QStringLiteral("are for webhooks and collectors");
    QTest::newRow("notification now and then") << notify << limit << QString();
    QTest::newRow("collector now and then") << otlp << limit << QStringLiteral("is not for collectors");
    QTest::newRow("limit is a number")
        << notify << QByteArray(R"("limit":5)") << QStringLiteral("\"limit\" must be");
    QTest::newRow("limit of none") << notify << QByteArray(R"("limit":{"events":0,"per_s":1})")
                                   << QStringLiteral("\"limit\" must be");
    QTest::newRow("limit without a time")
        << notify << QByteArray(R"("limit":{"events":1})") << QStringLiteral("\"limit\" must be");
    QTest::newRow("limit of half an event")
        << notify << QByteArray(R"("limit":{"events":0.5,"per_s":1})") << QStringLiteral("\"limit\" must be");
}

void TestHookTarget::goesWithHooks()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, keys);
    QFETCH(QString, text);
    const QJsonObject object =
        objectOf("{\"name\":\"a\",\"event\":\"on_response\",\"target\":" + target + ',' + keys + '}');
    const auto hook = hookFromJson(object);
    const auto valid = hook ? validate(*hook) : Result<void>(tl::unexpected(hook.error()));
    QCOMPARE(valid.has_value(), text.isEmpty());
    if (!valid)
        QVERIFY2(valid.error().text.contains(text), qPrintable(valid.error().text));
    else
        QCOMPARE(toJson(*hook), object);
}

QTEST_GUILESS_MAIN(TestHookTarget)
#include "tst_hooktarget.moc"
