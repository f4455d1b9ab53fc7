#include "core/hooks/hook.h"

#include <QJsonDocument>
#include <QTest>

using namespace hookscope;

class HookTest : public QObject {
    Q_OBJECT

    static QJsonValue json(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }

    static Hook webhook(const QString &url)
    {
        return {QStringLiteral("h"), HookEvent::OnRequest, WebhookTarget{url}, true, {}};
    }

    static Hook file(const QString &path)
    {
        return {QStringLiteral("h"), HookEvent::OnRequest, FileTarget{path}, true, {}};
    }

private slots:
    void refusesAnEmptyName()
    {
        const auto result = validate(Hook());
        QVERIFY(!result);
        QCOMPARE(result.error().text, QStringLiteral("Hook name cannot be empty"));
    }

    void refusesNamesThatBreakALogLine_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("line feed") << QStringLiteral("a\nb");
        QTest::newRow("carriage return") << QStringLiteral("a\rb");
        QTest::newRow("NUL") << QString(QChar(0));
        QTest::newRow("escape") << QStringLiteral("\x1b[2J");
        QTest::newRow("C1") << QString(QChar(0x9b));
        QTest::newRow("line separator") << QString(QChar(QChar::LineSeparator));
    }

    void refusesNamesThatBreakALogLine()
    {
        QFETCH(QString, name);
        Hook hook = webhook(QStringLiteral("http://localhost/"));
        hook.name = name;
        QVERIFY(!validate(hook));
    }

    void saysWhatIsWrongWithAWebhook_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("text"); // part of the message; empty: valid
        const QString scheme = QStringLiteral("Webhook URL must start with http:// or https://");
        const QString control = QStringLiteral("line break");
        const QString notUrl = QStringLiteral("not a URL");
        QTest::newRow("http") << QStringLiteral("http://localhost:8080/hook") << QString();
        QTest::newRow("https") << QStringLiteral("https://example.com") << QString();
        QTest::newRow("IPv6") << QStringLiteral("http://[::1]:9000/x?y=1#z") << QString();
        QTest::newRow("user info") << QStringLiteral("https://me:pass@example.com/") << QString();
        QTest::newRow("other letters") << QStringLiteral("https://b\u00fccher.example/\u00fc") << QString();
        QTest::newRow("not a URL") << QStringLiteral("not-a-url") << scheme;
        QTest::newRow("empty") << QString() << scheme;
        QTest::newRow("other scheme") << QStringLiteral("ftp://host/") << scheme;
        QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << scheme;
        QTest::newRow("capitals") << QStringLiteral("HTTP://host/") << scheme;
        QTest::newRow("space first") << QStringLiteral(" http://host/") << scheme;
        QTest::newRow("CR LF") << QStringLiteral("http://host/\r\nX-Evil: 1") << control;
        QTest::newRow("LF at the end") << QStringLiteral("http://host/\n") << control;
        QTest::newRow("NUL") << QStringLiteral("http://host/") + QChar(0) << control;
        QTest::newRow("no host") << QStringLiteral("http://") << QStringLiteral("name a host");
        QTest::newRow("path only") << QStringLiteral("http:///x") << QStringLiteral("name a host");
        QTest::newRow("space in host") << QStringLiteral("http://a b/") << notUrl;
        QTest::newRow("space at the end") << QStringLiteral("http://a/ ") << notUrl;
        QTest::newRow("port too large") << QStringLiteral("http://a:70000/") << notUrl;
        QTest::newRow("port 0") << QStringLiteral("http://a:0/") << QStringLiteral("port from 1");
        QTest::newRow("half an IPv6 address") << QStringLiteral("http://[::1") << notUrl;
    }

    void saysWhatIsWrongWithAWebhook()
    {
        QFETCH(QString, url);
        QFETCH(QString, text);
        const auto result = validate(webhook(url));
        QCOMPARE(result.has_value(), text.isEmpty());
        if (!result)
            QVERIFY2(result.error().text.contains(text), qPrintable(result.error().text));
    }

    void showsNoPasswordOfABadUrl()
    {
        const auto result = validate(webhook(QStringLiteral("http://me:geheim@a b/?key=geheim")));
        QVERIFY(!result);
        QVERIFY2(!result.error().text.contains(QLatin1String("geheim")), qPrintable(result.error().text));
    }

    void saysWhatIsWrongWithAFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isValid");
        QTest::newRow("absolute") << QStringLiteral("/tmp/hook.jsonl") << true;
        QTest::newRow("spaces") << QStringLiteral("/tmp/my hooks/a b.jsonl") << true;
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("relative") << QStringLiteral("hook.jsonl") << false;
        QTest::newRow("upwards") << QStringLiteral("../hook.jsonl") << false;
        QTest::newRow("home") << QStringLiteral("~/hook.jsonl") << false;
        QTest::newRow("NUL") << QStringLiteral("/tmp/a") + QChar(0) + QStringLiteral("b") << false;
        QTest::newRow("line break") << QStringLiteral("/tmp/a\nb") << false;
        QTest::newRow("folder") << QStringLiteral("/tmp/") << false;
    }

    void saysWhatIsWrongWithAFile()
    {
        QFETCH(QString, path);
        QFETCH(bool, isValid);
        const auto result = validate(file(path));
        QCOMPARE(result.has_value(), isValid);
        if (!result)
            QVERIFY(result.error().text.startsWith(QLatin1String("File path")));
    }

    void writesNoBudgetsIntoTheAuditLog()
    {
        Hook hook{QStringLiteral("b"), HookEvent::OnBudget, FileTarget{QStringLiteral("/tmp/b.jsonl")}, true, {}};
        QVERIFY(validate(hook));
        hook.target = AuditTarget();
        const auto result = validate(hook);
        QVERIFY(!result);
        QVERIFY(result.error().text.contains(QStringLiteral("webhook or a file")));
    }

    void comesBackFromJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("budget") << QByteArray(
            R"({"name":"d","event":"on_budget","target":{"type":"file","path":"/tmp/hook.jsonl"}})");
        QTest::newRow("webhook") << QByteArray(
            R"({"name":"a","event":"on_request","target":{"type":"webhook","url":"http:\/\/localhost:8080/hook"}})");
        QTest::newRow("file") << QByteArray(
            R"({"name":"b","event":"on_response","target":{"type":"file","path":"/tmp/hook.jsonl"}})");
        QTest::newRow("audit") << QByteArray(
            R"({"name":"c","event":"on_response","target":{"type":"audit"}})");
        QTest::newRow("disabled") << QByteArray(
            R"({"name":"d","event":"on_response","target":{"type":"audit"},"enabled":false})");
        QTest::newRow("condition") << QByteArray(
            R"({"name":"d","event":"on_response","target":{"type":"audit"},"when":"cost>0.5 model:opus*"})");
        const QByteArray target = R"("target":{"type":"webhook","url":"http:\/\/h/"})";
        const auto row = [&target](const char *name, const QByteArray &keys) {
            QTest::newRow(name) << "{\"name\":\"w\",\"event\":\"on_response\"," + target + ',' + keys + '}';
        };
        row("at least once", R"("delivery":"at_least_once")");
        row("in parallel", R"("delivery":"at_least_once","parallel":6)");
        row("best effort in order", R"("parallel":1)");
        row("batches", R"("batch":{"max_events":50,"max_wait_ms":0})");
        row("batches with an unknown key", R"("batch":{"max_events":50,"max_wait_ms":0,"by":"host"})");
        row("own schedule", R"("delivery":"at_least_once","retry":{"schedule_ms":[0,5000,86400000]})");
        row("own schedule with an unknown key",
            R"("delivery":"at_least_once","retry":{"schedule_ms":[1],"factor":2})");
        QTest::newRow("unknown keys") << QByteArray(
            R"({"name":"e","event":"on_response","target":{"type":"audit"},"retries":3,"x":{"y":[null]}})");
        QTest::newRow("unknown keys in the target") << QByteArray(
            R"({"name":"f","event":"on_request","target":{"type":"file","path":"/a","url":"z","mode":[1]}})");
    }

    void comesBackFromJson()
    {
        QFETCH(QByteArray, text);
        const auto hook = hookFromJson(json(text));
        QVERIFY(hook);
        QCOMPARE(QJsonValue(toJson(*hook)), json(text));
        const auto again = hookFromJson(toJson(*hook));
        QVERIFY(again);
        QCOMPARE(*again, *hook);
    }

    void readsEveryPart()
    {
        const auto hook = hookFromJson(json(
            R"({"name":"a","event":"on_request","target":{"type":"webhook","url":"http:\/\/h/"},"enabled":false})"));
        QVERIFY(hook);
        QCOMPARE(*hook,
                 (Hook{QStringLiteral("a"),
                       HookEvent::OnRequest,
                       WebhookTarget{QStringLiteral("http://h/")},
                       false,
                       {}}));
    }

    void readsHowItIsDelivered()
    {
        const auto hook = hookFromJson(json(
            R"({"name":"a","event":"on_request","target":{"type":"webhook","url":"http:\/\/h/"},)"
            R"("delivery":"at_least_once","parallel":3,"batch":{"max_events":7},"retry":{"schedule_ms":[5,10]}})"));
        QVERIFY(hook);
        QCOMPARE(hook->delivery, (DeliveryPolicy{DeliveryMode::AtLeastOnce, 3, Batching{7, 1000}, {5, 10}}));
        QVERIFY(validate(*hook));
        QVERIFY(hook->extra.isEmpty());
        const auto plain = hookFromJson(json(
            R"({"name":"a","event":"on_request","target":{"type":"webhook","url":"http:\/\/h/"},"delivery":"best_effort"})"));
        QVERIFY(plain);
        QCOMPARE(plain->delivery, DeliveryPolicy());
        QCOMPARE(plain->delivery.parallelOrUsual(), 6);
        QCOMPARE((DeliveryPolicy{DeliveryMode::AtLeastOnce, {}, {}, {}}.parallelOrUsual()), 1);
    }

    void deliversToNothingButWebhooksInAWayOfItsOwn_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("keys");
        QTest::addColumn<QString>("text"); // part of the message; empty: valid
        const QByteArray webhook = R"({"type":"webhook","url":"http:\/\/h/"})";
        const QByteArray audit = R"({"type":"audit"})";
        const QByteArray file = R"({"type":"file","path":"/a"})";
        const QByteArray once = R"("delivery":"at_least_once")";
        const QString forWebhooks = QStringLiteral("are for webhooks");
        QTest::newRow("webhook") << webhook << once << QString();
        QTest::newRow("file") << file << once << forWebhooks;
        QTest::newRow("audit") << audit << once << forWebhooks;
        QTest::newRow("file, as usual") << file << QByteArray(R"("delivery":"best_effort")") << QString();
        QTest::newRow("file in parallel") << file << QByteArray(R"("parallel":2)") << forWebhooks;
        QTest::newRow("file in batches") << file << QByteArray(R"("batch":{})") << forWebhooks;
        QTest::newRow("audit again") << audit << QByteArray(R"("retry":{"schedule_ms":[1]})") << forWebhooks;
        QTest::newRow("best effort on a schedule")
            << webhook << QByteArray(R"("retry":{"schedule_ms":[1]})") << QStringLiteral("at_least_once");
    }

    void deliversToNothingButWebhooksInAWayOfItsOwn()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, keys);
        QFETCH(QString, text);
        const auto hook = hookFromJson(
            json("{\"name\":\"a\",\"event\":\"on_request\",\"target\":" + target + ',' + keys + '}'));
        QVERIFY(hook);
        const auto result = validate(*hook);
        QCOMPARE(result.has_value(), text.isEmpty());
        if (!result)
            QVERIFY2(result.error().text.contains(text), qPrintable(result.error().text));
    }

    void keepsUnknownKeysWhenTheTargetIsEdited()
    {
        auto hook = hookFromJson(json(
            R"({"name":"a","event":"on_request","target":{"type":"webhook","url":"http:\/\/h/","headers":{"a":"b"}}})"));
        QVERIFY(hook);
        hook->target = WebhookTarget{QStringLiteral("http://other/")};
        const QJsonObject target = toJson(*hook).value(QLatin1String("target")).toObject();
        QCOMPARE(target.value(QLatin1String("url")).toString(), QStringLiteral("http://other/"));
        QVERIFY(target.contains(QLatin1String("headers")));
    }

    void namesWhatIsWrongInJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *name, const char *text, const char *key) {
            QTest::newRow(name) << QByteArray(text) << QString::fromLatin1(key);
        };
        row("no name", R"({"event":"on_request","target":{"type":"audit"}})", "\"name\"");
        row("name is a number", R"({"name":1,"event":"on_request","target":{"type":"audit"}})", "\"name\"");
        row("no event", R"({"name":"a","target":{"type":"audit"}})", "\"event\"");
        row("other event", R"({"name":"a","event":"OnRequest","target":{"type":"audit"}})", "\"event\"");
        row("no target", R"({"name":"a","event":"on_request"})", "\"target\"");
        row("target is a string", R"({"name":"a","event":"on_request","target":"audit"})", "\"target\"");
        row("other type", R"({"name":"a","event":"on_request","target":{"type":"mail"}})", "\"type\"");
        row("no type", R"({"name":"a","event":"on_request","target":{"url":"http:\/\/a/"}})", "\"type\"");
        row("no url", R"({"name":"a","event":"on_request","target":{"type":"webhook"}})", "\"url\"");
        row("url is null", R"({"name":"a","event":"on_request","target":{"type":"webhook","url":null}})",
            "\"url\"");
        row("no path", R"({"name":"a","event":"on_request","target":{"type":"file"}})", "\"path\"");
        row("enabled is a string",
            R"({"name":"a","event":"on_request","target":{"type":"audit"},"enabled":"yes"})", "\"enabled\"");
        row("condition is a number", R"({"name":"a","event":"on_response","target":{"type":"audit"},"when":5})",
            "\"when\" must be a string");
        row("condition is no filter",
            R"({"name":"a","event":"on_response","target":{"type":"audit"},"when":"model:a cost>lots"})",
            "\"when\" is not a filter, at character 14: ");
        const auto delivered = [](const char *name, const QByteArray &keys, const char *key) {
            QTest::newRow(name)
                << R"({"name":"a","event":"on_response","target":{"type":"webhook","url":"http:\/\/h/"},)"
                    + keys + '}'
                << QString::fromLatin1(key);
        };
        delivered("delivery of another kind", R"("delivery":"exactly_once")", "\"delivery\" must be");
        delivered("delivery is a number", R"("delivery":1)", "\"delivery\" must be");
        delivered("parallel is 0", R"("parallel":0)", "\"parallel\" must be a whole number from 1 to 6");
        delivered("parallel is 7", R"("parallel":7)", "\"parallel\"");
        delivered("parallel is no whole number", R"("parallel":1.5)", "\"parallel\"");
        delivered("parallel is a string", R"("parallel":"2")", "\"parallel\"");
        delivered("batch is a number", R"("batch":100)", "\"batch\" must be an object");
        delivered("batch of none", R"("batch":{"max_events":0})", "\"max_events\"");
        delivered("batch of too many", R"("batch":{"max_events":1001})", "\"max_events\"");
        delivered("batch that waits too long", R"("batch":{"max_wait_ms":600001})", "\"max_wait_ms\"");
        delivered("batch that waits backwards", R"("batch":{"max_wait_ms":-1})", "\"max_wait_ms\"");
        delivered("retry is a list", R"("retry":[1])", "\"schedule_ms\"");
        delivered("retry without a schedule", R"("retry":{})", "\"schedule_ms\"");
        delivered("empty schedule", R"("retry":{"schedule_ms":[]})", "\"schedule_ms\"");
        delivered("schedule with a string", R"("retry":{"schedule_ms":["5 s"]})", "\"schedule_ms\"");
        delivered("schedule with more than a day", R"("retry":{"schedule_ms":[86400001]})", "24 hours");
        delivered("schedule of four days", R"("retry":{"schedule_ms":[86400000,86400000,86400000,86400000]})",
                  "three days");
        QByteArray many = "1";
        for (int i = 0; i < 100; ++i)
            many += ",1";
        delivered("schedule of 101 tries", R"("retry":{"schedule_ms":[)" + many + "]}", "1 to 100");
    }

    void namesWhatIsWrongInJson()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, key);
        const auto hook = hookFromJson(json(text));
        QVERIFY(!hook);
        QVERIFY2(hook.error().text.contains(key), qPrintable(hook.error().text));
    }

    void refusesWhatIsNoObject()
    {
        QVERIFY(!hookFromJson(QJsonValue()));
        QVERIFY(!hookFromJson(QStringLiteral("audit")));
    }
};

QTEST_GUILESS_MAIN(HookTest)
#include "tst_hook.moc"
