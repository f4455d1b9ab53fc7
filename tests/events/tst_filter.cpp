#include "core/events/filter.h"
#include "core/events/filtermatcher.h"

#include <QTest>
#include <QTimeZone>

using namespace hookscope;

namespace {

constexpr std::int64_t nowUs = 1'700'000'000'000'000;
constexpr std::int64_t second = 1'000'000;

Started started()
{
    Started event;
    event.id = {1, 2};
    event.timestampUs = nowUs - 120 * second;
    event.sandbox = "codex";
    event.process = Process{"node", 4242};
    event.method = "POST";
    event.url = "https://api.openai.com/v1/responses?x=(1)";
    event.host = "api.openai.com";
    event.path = "/v1/responses?x=(1)";
    return event;
}

LlmEvent call()
{
    LlmEvent event;
    event.id = {1, 2};
    event.timestampUs = nowUs;
    event.provider = "openai";
    event.model = "GPT-5 mini*";
    event.session = "s\"1";
    event.tokens.input = 90'000;
    event.tokens.output = 10'000;
    event.tokens.cacheRead = 0;
    event.cost = 500'000'000'000;
    event.streaming = true;
    event.ttftUs = 400'000;
    event.usage = UsageState::Reported;
    return event;
}

ProxyEvent ended()
{
    ProxyEvent event;
    event.event = HookEvent::OnResponse;
    event.id = {1, 2};
    event.status = 429;
    event.latencyUs = 250'000;
    event.durationUs = 31 * second;
    event.requestBytes = 2048;
    event.responseBytes = 4'194'304;
    return event;
}

// "whole": an ended call; "running": a request without an answer; "cut": a call with lower bounds.
Record sample(const QString &name, Strings &strings)
{
    Record record;
    apply(record, started(), strings);
    if (name == QLatin1String("running"))
        return record;
    LlmEvent event = call();
    if (name == QLatin1String("cut"))
        event.usage = UsageState::Partial, event.costSource = CostSource::PriceList;
    apply(record, event, strings);
    apply(record, ended(), strings);
    record.mark = 3;
    record.comment = strings.take("look at this");
    return record;
}

bool holds(const QString &filter, const QString &name)
{
    Strings strings;
    const Record record = sample(name, strings);
    const auto compiled = Filter::compile(filter);
    if (!compiled)
        qFatal("%s: %s", qPrintable(filter), qPrintable(compiled.error().sentence));
    return FilterMatcher(*compiled, strings, nowUs).matches(record);
}

void row(const char *filter, bool isMatch, const char *record = "whole")
{
    QTest::addRow("%s, %s", filter, record)
        << QString::fromUtf8(filter) << QString::fromLatin1(record) << isMatch;
}

void rowsOf(std::initializer_list<const char *> filters, bool isMatch, const char *record = "whole")
{
    for (const char *filter : filters)
        row(filter, isMatch, record);
}

void errorRow(const char *text, int position, int length, const char *sentence, QStringList instead = {})
{
    QTest::addRow("%s", text) << QString::fromUtf8(text) << position << length << QString::fromUtf8(sentence)
                              << instead;
}

} // namespace

class tst_Filter final : public QObject {
    Q_OBJECT
private slots:
    void matchesByTheTable_data();
    void matchesByTheTable();
    void saysWhereAndWhatIsWrong_data();
    void saysWhereAndWhatIsWrong();
    void refusesWhatIsTooMuch_data();
    void refusesWhatIsTooMuch();
    void readsTimes_data();
    void readsTimes();
    void matchesADayInLocalTime();
    void joinsTwoFilters_data();
    void joinsTwoFilters();
    void writesAConditionThatHoldsForItsValue_data();
    void writesAConditionThatHoldsForItsValue();
    void isAValue();
    void tellsWhetherTimeChangesIt_data();
    void tellsWhetherTimeChangesIt();
    void forgetsATextWhoseIdMeansAnother();
    void forgetsTextsThatWereCleared();
    void findsATextAcrossOriginAndPath();
    void matchesEventsByThemselves();
};

void tst_Filter::matchesByTheTable_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("record");
    QTest::addColumn<bool>("isMatch");

    rowsOf({"",
            "   ",
            "openai",
            "OPENAI",
            "\"gpt-5 mini\"",
            "mini\\*",
            "gpt*mini",
            "responses?x=(1)",
            "4242",
            "429",
            "42",
            "node",
            "post",
            "codex",
            "com/v1",
            "https://api.openai.com/v1",
            "look",
            "s\\\"1",
            "\"s\\\"1\"",
            "*"},
           true);
    rowsOf({"anthropic", "42424", "5000", "\"gpt5\"", "api/v1", "mini\\*x"}, false);

    // Texts: the whole of them, in either case.
    rowsOf({"provider:openai",
            "Provider:OpenAI",
            "provider:open*",
            "provider=open*",
            "provider:*AI",
            "provider:o*n*i",
            "model:*",
            "model:\"gpt-5 mini\\*\"",
            "model:\"gpt-5 *\"",
            "model=\"gpt-5 mini*\"",
            "model!=gpt",
            "host:*.openai.com",
            "path:/v1/responses*",
            "path:/v1/responses?x=(1)",
            "process:node",
            "method:post",
            "sandbox:codex",
            "session:s*",
            "comment:look*",
            "comment:*",
            "url:https://api.openai.com/v1/*",
            "url:*com/v1*",
            "url!=x",
            "-error:*",
            "host~openai",
            "host~^API\\.",
            "path~x=\\(\\d\\)$",
            "path~/(chat|responses)",
            "model~\"mini.$\"",
            "url~com/v1",
            "-model~opus"},
           true);
    rowsOf({"provider:open", "provider:penai", "provider!=OPENAI", "model:gpt", "error:*", "error!=x",
            "error:\"\"", "host~^openai", "url:https://api.openai.com", "url!=https://*", "-url:*openai*",
            "host~(?-i)API"},
           false);
    row("url!=https://api.openai.com/v1/responses?x=(1)", false);
    rowsOf({"model:*", "model!=x", "model~.", "provider:*", "session:*", "comment:*"}, false, "running");
    rowsOf({"-model:*", "NOT model:x", "-model!=x"}, true, "running");

    // Numbers and their units.
    rowsOf({"status:429",
            "status=429",
            "status:4xx",
            "status:4XX",
            "status!=200",
            "status>=400",
            "status<=429",
            "status<430",
            "status>428",
            "status:400..429",
            "pid:4242",
            "mark:3",
            "mark:1..6",
            "mark>2",
            "tokens:100k",
            "tokens=0.1M",
            "tokens>99.9k",
            "tokens>=100000",
            "tokens<100.1K",
            "input:90k",
            "output:10k",
            "cached:0",
            "cached<1",
            "cost:0.5",
            "cost:$0.5",
            "cost>0.499999999999",
            "cost<0.500000000001",
            "cost>0.4999999999999",
            "cost<0.5000000000001",
            "cost:0.1..0.5",
            "ttft:400ms",
            "ttft<0.5s",
            "latency:250ms",
            "latency=0.25s",
            "duration:31s",
            "duration>30s",
            "duration>0.5m",
            "duration<1h",
            "duration<1min",
            "duration>30000000us",
            "size:4MiB",
            "size>4MB",
            "size<5mb",
            "size:4194304",
            "requestbytes:2kib",
            "requestbytes>2kB",
            "requestbytes:2048b",
            "duration>0"},
           true);
    rowsOf({"status:200", "status:5xx", "status!=429", "status!=4xx", "status<429", "status>429", "pid:1",
            "mark:1", "tokens>100k", "tokens<100k", "tokens!=100k", "cost>0.5", "cost<0.5",
            "cost:0.5000000000001", "cost!=0.5", "duration<31s", "size<4MiB", "tokens:1.5",
            "tokens>99999999999999999999999"},
           false);

    // Absent: every condition is false, and its negation true.
    rowsOf({"reasoning>0", "reasoning:0", "reasoning!=0", "reasoning<5", "cachewrite>=0"}, false);
    rowsOf({"-reasoning>0", "-reasoning:0", "-reasoning!=0", "NOT reasoning<5"}, true);
    rowsOf({"status:0", "status<1000", "status!=200", "cost<1", "tokens<1k", "mark<9", "size<1", "ttft<1s"},
           false, "running");

    // Lower bounds: what is surely above.
    rowsOf({"tokens>50k", "tokens>=100k", "cost>0.4", "cost>=0.5", "input>1k", "-tokens<1M"}, true, "cut");
    rowsOf({"tokens<1M", "tokens:100k", "tokens!=1", "tokens>100k", "cost<1", "cost:0.5", "tokens:1..200k"},
           false, "cut");
    rowsOf({"duration>119s", "duration>=2m", "-duration>2m", "is:slow", "is:running"}, true, "running");
    rowsOf({"duration<3m", "duration:2m", "duration>2m"}, false, "running");

    // Flags.
    rowsOf({"is:llm", "is:streaming", "is:error", "is:slow", "is:unread", "is:commented", "is:marked",
            "is:priced", "IS:LLM"},
           true);
    rowsOf(
        {"is:running", "is:failed", "is:pinned", "is:read", "is:restored", "is:tunnel", "is:notunderstood"},
        false);
    rowsOf({"is:llm", "is:priced", "is:error", "is:notunderstood"}, false, "running");

    // Precedence.
    rowsOf({"is:llm status:429", "is:llm AND status:429", "is:tunnel OR is:llm",
            "is:tunnel is:llm OR is:error", "is:error OR is:llm is:tunnel", "(is:tunnel OR is:llm) is:error",
            "-is:tunnel is:llm", "NOT is:tunnel AND is:llm", "-(is:tunnel OR is:read)", "--is:llm",
            "NOT NOT is:llm", "NOT(is:tunnel)", "(((is:llm)))", "-(is:llm is:tunnel)", "(codex OR nothing)"},
           true);
    rowsOf({"is:tunnel (is:llm OR is:error)", "(is:llm OR is:error) is:tunnel", "-is:llm OR is:tunnel",
            "-(is:llm OR is:tunnel)", "or codex", "NOT is:llm is:error", "is:llm -is:error"},
           false);
}

void tst_Filter::matchesByTheTable()
{
    QFETCH(QString, filter);
    QFETCH(QString, record);
    QFETCH(bool, isMatch);
    QCOMPARE(holds(filter, record), isMatch);
}

void tst_Filter::saysWhereAndWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<int>("length");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QStringList>("instead");
    const auto list = [](const char *words) {
        return QString::fromLatin1(words).split(QLatin1Char(' '));
    };

    errorRow("a modle:opus", 2, 5, "There is no field “modle”: did you mean model?", list("model"));
    errorRow("localhost:8790", 0, 9,
             "There is no field “localhost”: to look for the words as they stand, put them into quotes");
    errorRow("durtion>3s", 0, 7, "There is no field “durtion”: did you mean duration?", list("duration"));
    errorRow("x >= 4", 2, 2,
             "“>=” needs a field right before it, as in status>=400; a text that begins with it goes into "
             "quotes.");
    errorRow("status>=", 0, 8, "A value is missing right behind “status>=”, as in status>=400.",
             list("status>=400"));
    errorRow("(status>=)", 1, 8, "A value is missing right behind “status>=”, as in status>=400.",
             list("status>=400"));
    errorRow("model>5", 5, 1, "After “model” there can be : = != ~ only.", list(": = != ~"));
    errorRow("is=llm", 2, 1, "After “is” there can be : only.", list(":"));
    errorRow("status~4", 6, 1, "After “status” there can be : > >= < <= = != only.",
             list(": > >= < <= = !="));
    errorRow("status:high", 7, 4, "“high” is no whole number.");
    errorRow("status:4.5", 7, 3, "“4.5” is no whole number.");
    errorRow("tokens>many", 7, 4, "“many” is no number of tokens, such as 500, 1.5k or 2M.",
             list("1k 100k 1M"));
    errorRow("tokens>5kB", 7, 3, "“5kB” is no number of tokens, such as 500, 1.5k or 2M.",
             list("1k 100k 1M"));
    errorRow("tokens>-5", 7, 2, "“-5” is no number of tokens, such as 500, 1.5k or 2M.", list("1k 100k 1M"));
    errorRow("cost>5€", 5, 2, "“5€” is no amount in US dollars, such as 0.5.", list("0.01 0.5 1"));
    errorRow("cost>\"\"", 5, 2, "“” is no amount in US dollars, such as 0.5.", list("0.01 0.5 1"));
    errorRow("duration>30", 9, 2, "“30” is no time with its unit, such as 250ms, 30s, 5m or 1h.",
             list("30s 30ms 30m"));
    errorRow("size>4x", 5, 2, "“4x” is no number of bytes, such as 500, 10kB or 4MiB.",
             list("10kB 1MB 4MiB"));
    errorRow("mark:7", 5, 1, "“7” is no colour: they are 1 to 6.", list("1"));
    errorRow("since:never", 6, 5, "“never” is no time, such as 10m (ago), today, 14:30 or 2025-01-31.",
             list("10m 2h today"));
    errorRow("since:2025-02-30", 6, 10,
             "“2025-02-30” is no time, such as 10m (ago), today, 14:30 or 2025-01-31.", list("10m 2h today"));
    errorRow("is:runing", 3, 6, "A request is never “runing”: did you mean running?", list("running"));
    errorRow(
        "is:x", 3, 1,
        "A request is never “x”; it can be llm, streaming, running, error, failed, slow, pinned, marked, "
        "commented, read, unread, restored, tunnel, priced, notunderstood.",
        list("llm streaming running error failed slow pinned marked commented read unread restored tunnel "
             "priced notunderstood"));
    errorRow("path~a(b", 5, 3, "“a(b” is no regular expression: missing ): a(b.");
    errorRow("path~\"[a\"", 5, 4, "“[a” is no regular expression: missing ]: [a.");
    errorRow("a \"b c", 2, 4, "The quote is not closed.");
    errorRow("model:\"b c", 6, 4, "The quote is not closed.");
    errorRow("a OR", 4, 0, "A condition is missing behind “OR”.");
    errorRow("OR a", 0, 2, "A condition is missing before “OR”.");
    errorRow("a AND OR b", 6, 2, "A condition is missing behind “AND”.");
    errorRow("a (b", 2, 1, "The parenthesis is not closed.");
    errorRow("a)", 1, 1, "“)” has no “(” before it.");
    errorRow("()", 1, 1, "A condition is missing behind “(”.");
    errorRow("a -", 3, 0, "A condition is missing behind “-”.");
    errorRow("NOT", 3, 0, "A condition is missing behind “NOT”.");
}

void tst_Filter::saysWhereAndWhatIsWrong()
{
    QFETCH(QString, text);
    const auto filter = Filter::compile(text);
    QVERIFY(!filter);
    QTEST(filter.error().sentence, "sentence");
    QTEST(filter.error().position, "position");
    QTEST(filter.error().length, "length");
    QTEST(filter.error().suggestions, "instead");
}

void tst_Filter::refusesWhatIsTooMuch_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("characters") << QString(5000, u'a')
                                << QStringLiteral("A filter has at most 4096 characters.");
    QTest::newRow("conditions") << QStringLiteral("a ").repeated(201)
                                << QStringLiteral("A filter has at most 200 conditions.");
    QTest::newRow("parentheses") << QString(2000, u'(') << QStringLiteral("This is nested too deeply.");
    QTest::newRow("negations") << QString(2000, u'-') << QStringLiteral("This is nested too deeply.");
    QTest::newRow("expression") << QStringLiteral("path~((a{100}){100}){100}")
                                << QStringLiteral("“((a{100}){100}){100}” is no regular expression: "
                                                  "invalid repetition size: {100}.");
}

void tst_Filter::refusesWhatIsTooMuch()
{
    QFETCH(QString, text);
    const auto filter = Filter::compile(text);
    QVERIFY(!filter);
    QTEST(filter.error().sentence, "sentence");
    QVERIFY(filter.error().position + filter.error().length <= text.size());
}

void tst_Filter::readsTimes_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("isMatch");
    const QDateTime begin = QDateTime::fromMSecsSinceEpoch((nowUs - 120 * second) / 1000);
    const auto atTime = [&](int seconds) {
        return begin.addSecs(seconds).toString(Qt::ISODate);
    };
    QTest::newRow("3 minutes ago") << QStringLiteral("since:3m") << true;
    QTest::newRow("2 minutes ago") << QStringLiteral("since:120s") << true;
    QTest::newRow("1 minute ago") << QStringLiteral("since:1m") << false;
    QTest::newRow("an hour ago") << QStringLiteral("since:1h until:30s") << true;
    QTest::newRow("until 3 minutes ago") << QStringLiteral("until:3m") << false;
    QTest::newRow("until itself") << QStringLiteral("until:2m") << false;
    QTest::newRow("at") << QStringLiteral("since:") + atTime(0) << true;
    QTest::newRow("later") << QStringLiteral("since:") + atTime(1) << false;
    QTest::newRow("until later") << QStringLiteral("until:") + atTime(1) << true;
    QTest::newRow("UTC") << QStringLiteral("since:2023-11-14T22:11:20Z until:2023-11-14T22:11:21Z") << true;
    QTest::newRow("day") << QStringLiteral("since:2023-11-13 until:2023-11-16") << true;
    QTest::newRow("other day") << QStringLiteral("since:2023-11-17") << false;
}

void tst_Filter::readsTimes()
{
    QFETCH(QString, filter);
    QFETCH(bool, isMatch);
    QCOMPARE(holds(filter, QStringLiteral("whole")), isMatch);
}

void tst_Filter::matchesADayInLocalTime()
{
    Strings strings;
    const QDateTime noon(QDate(2025, 3, 10), QTime(12, 0));
    const auto matches = [&](const char *filter, const QDateTime &begin) {
        Record record;
        Started event = started();
        event.timestampUs = begin.toMSecsSinceEpoch() * 1000;
        apply(record, event, strings);
        FilterMatcher matcher(*Filter::compile(QString::fromLatin1(filter)), strings, 0);
        matcher.setNow(noon.toMSecsSinceEpoch() * 1000);
        return matcher.matches(record);
    };
    QVERIFY(matches("since:today", noon.date().startOfDay()));
    QVERIFY(!matches("since:today", noon.date().startOfDay().addMSecs(-1)));
    QVERIFY(matches("since:yesterday until:today", noon.addDays(-1)));
    QVERIFY(!matches("since:yesterday", noon.addDays(-2)));
    QVERIFY(matches("since:11:30", noon));
    QVERIFY(!matches("since:12:00:01", noon));
}

void tst_Filter::joinsTwoFilters_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<QString>("both");
    const auto row = [](const char *left, const char *right, const char *both) {
        QTest::addRow("%s + %s", left, right)
            << QString::fromLatin1(left) << QString::fromLatin1(right) << QString::fromLatin1(both);
    };
    row("", "is:llm", "is:llm");
    row("is:llm", "", "is:llm");
    row("is:llm", "is:llm", "is:llm");
    row("a b", "c", "a b c");
    row("a OR b", "c OR d", "(a OR b) (c OR d)");
    row("-(a OR b)", "c", "-(a OR b) c");
}

void tst_Filter::joinsTwoFilters()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    QTEST(combined(*Filter::compile(left), *Filter::compile(right)).text(), "both");
}

void tst_Filter::writesAConditionThatHoldsForItsValue_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("condition");
    const auto row = [](const char *value, const char *condition) {
        QTest::addRow("%s", condition) << QString::fromUtf8(value) << QString::fromUtf8(condition);
    };
    row("opus", "model:opus");
    row("llama3:8b", "model:llama3:8b");
    row("a b", "model:\"a b\"");
    row("a\"b", "model:\"a\\\"b\"");
    row("a\\", "model:\"a\\\\\"");
    row("a\\*b", "model:\"a\\\\\\*b\"");
    row("f(x", "model:\"f(x\"");
    row("x)", "model:\"x)\"");
    row("a\nb", "model:a*b");
    row("größe", "model:größe");
    row("-x", "model:-x");
    row("OR", "model:OR");
}

void tst_Filter::writesAConditionThatHoldsForItsValue()
{
    QFETCH(QString, value);
    const QString model = QStringLiteral("model");
    QTEST(onlyThis(model, value), "condition");
    QCOMPARE(notThis(model, value), u'-' + onlyThis(model, value));
    QCOMPARE(onlyThis(model, {}), QStringLiteral("-model:*"));
    QCOMPARE(notThis(model, {}), QStringLiteral("model:*"));

    Strings strings;
    LlmEvent event = call();
    event.model = value.toStdString();
    const Record record = recordOf(event, strings);
    QVERIFY(FilterMatcher(*Filter::compile(onlyThis(model, value)), strings, nowUs).matches(record));
    QVERIFY(!FilterMatcher(*Filter::compile(notThis(model, value)), strings, nowUs).matches(record));
}

void tst_Filter::isAValue()
{
    const Filter filter = *Filter::compile(QStringLiteral("  a OR b "));
    QCOMPARE(filter.text(), QStringLiteral("a OR b"));
    QCOMPARE(*Filter::compile(filter.text()), filter);
    QVERIFY(filter != Filter());
    QVERIFY(Filter().isEmpty());
    QCOMPARE(*Filter::compile({}), Filter());
}

void tst_Filter::tellsWhetherTimeChangesIt_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("depends");
    for (const char *filter : {"since:10m", "a OR -until:today", "is:slow", "duration>3s"})
        QTest::addRow("%s", filter) << QString::fromLatin1(filter) << true;
    for (const char *filter : {"", "since:2025-01-01", "is:running", "latency>3s"})
        QTest::addRow("%s", filter) << QString::fromLatin1(filter) << false;
}

void tst_Filter::tellsWhetherTimeChangesIt()
{
    QFETCH(QString, filter);
    QTEST(Filter::compile(filter)->dependsOnTime(), "depends");
}

void tst_Filter::forgetsATextWhoseIdMeansAnother()
{
    Strings strings;
    FilterMatcher matcher(*Filter::compile(QStringLiteral("comment:one one")), strings, nowUs);
    Record record;
    record.comment = strings.take("one");
    QVERIFY(matcher.matches(record));
    strings.release(record.comment);
    QCOMPARE(strings.take("two"), record.comment);
    QVERIFY(!matcher.matches(record));
}

void tst_Filter::forgetsTextsThatWereCleared()
{
    Strings strings;
    strings.release(strings.take("nothing"));
    FilterMatcher matcher(*Filter::compile(QStringLiteral("comment:one")), strings, nowUs);
    Record record;
    record.comment = strings.take("one");
    QVERIFY(matcher.matches(record));
    strings.clear(); // the number of changes went on from where it was
    QCOMPARE(strings.take("two"), record.comment);
    QVERIFY(!matcher.matches(record));
}

void tst_Filter::findsATextAcrossOriginAndPath()
{
    Strings strings;
    const auto made = [&](const char *url, const char *path) {
        Started event = started();
        event.url = url;
        event.path = path;
        Record record;
        apply(record, event, strings);
        return record;
    };
    FilterMatcher matcher(*Filter::compile(QStringLiteral("org/v1")), strings, nowUs);
    QVERIFY(matcher.matches(made("https://a.org/v1/x", "/v1/x")));
    QVERIFY(!matcher.matches(made("https://a.org/v2/x", "/v2/x")));
    QVERIFY(!matcher.matches(made("https://a.net/v1/x", "/v1/x")));
    QVERIFY(matcher.matches(made("https://a.org/v1/x", "/x"))); // within the origin
    QVERIFY(matcher.matches(made("https://a.org/v1/x", "/else"))); // a whole URL
}

void tst_Filter::matchesEventsByThemselves()
{
    const auto compiled = [](const char *text) {
        return *Filter::compile(QString::fromLatin1(text));
    };
    LlmEvent llm = call();
    llm.sandbox = "codex";
    llm.host = "api.openai.com";
    llm.path = "/v1/responses";
    llm.status = 200;
    llm.durationUs = 31 * second;
    llm.process = Process{"node", 42};
    QVERIFY(matches(Filter(), llm, nowUs));
    QVERIFY(matches(compiled("is:llm provider:openai sandbox:codex host:api* path:/v1/* status:200 cost:0.5 "
                             "duration>30s is:slow process:node since:1m -is:running -url:*"),
                    llm, nowUs));
    QVERIFY(!matches(compiled("-is:llm"), llm, nowUs));

    ProxyEvent proxy = ended();
    proxy.url = "https://api.openai.com/v1/responses";
    proxy.host = "api.openai.com";
    proxy.method = "POST";
    QVERIFY(matches(compiled("url:https://api.openai.com/v1/* path:/v1/responses status:429 is:error -is:llm "
                             "size:4MiB method:POST com/v1"),
                    proxy, nowUs));
    QVERIFY(!matches(compiled("cost<1"), proxy, nowUs));
}

QTEST_APPLESS_MAIN(tst_Filter)
#include "tst_filter.moc"
