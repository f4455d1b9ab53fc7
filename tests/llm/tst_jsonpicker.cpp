#include "core/llm/jsonpicker.h"

#include <QTest>
#include <random>

using namespace hookscope::llm;
using Kind = JsonPicker::Kind;

namespace {

enum Wanted : std::size_t { Model, Usage, Choices, Content, Reason, Inner };

const JsonPaths &paths()
{
    static const JsonPaths list{
        "model",         "usage", "choices?", "choices[].delta.content?", "choices[].finish_reason",
        "response.usage"};
    return list;
}

JsonPicker picked(std::string_view text, std::size_t piece)
{
    JsonPicker picker(paths());
    for (std::size_t at = 0; at < text.size(); at += piece) {
        const std::string part(text.substr(at, piece));
        picker.feed(part);
    }
    return picker;
}

} // namespace

class tst_JsonPicker final : public QObject {
    Q_OBJECT

private slots:
    void picks_data();
    void picks();
    void tellsKinds_data();
    void tellsKinds();
    void stopsBehindADocument();
    void refusesWhatIsNoJson_data();
    void refusesWhatIsNoJson();
    void survivesNoise();
    void keepsNoLongValue();
    void keepsNoManyValues();
    void survivesDeepNesting();
};

void tst_JsonPicker::picks_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<QByteArray>("raw");
    const auto row = [](const char *name, const char *text, Wanted wanted, const char *raw) {
        QTest::newRow(name) << QByteArray(text) << static_cast<int>(wanted) << QByteArray(raw);
    };
    row("first", R"({"model":"m","x":1})", Model, R"("m")");
    row("last, with spaces", "{ \"x\" : [1, {\"model\":\"no\"}] ,\n \"model\" : \"m\" } ", Model, R"("m")");
    row("only at its place", R"({"a":{"model":"no"},"response":{"model":"no"}})", Model, "");
    row("in an object", R"({"response":{"a":"usage","usage":{"n":1}}})", Inner, R"({"n":1})");
    row("an object with spaces", "{\"usage\": { \"a\" : [ 1 , 2 ] , \"b\":{} } }", Usage,
        "{ \"a\" : [ 1 , 2 ] , \"b\":{} }");
    row("in an array", R"({"choices":[{"finish_reason":"a"},{"finish_reason":"b"}]})", Reason, R"("b")");
    row("null does not undo", R"({"choices":[{"finish_reason":"a"},{"finish_reason":null}]})", Reason,
        R"("a")");
    row("the last of two", R"({"model":"a","model":"b"})", Model, R"("b")");
    row("escapes in a string", R"({"x":"\"model\":\"no\\","model":"a\"\\b"})", Model, R"("a\"\\b")");
    row("a string of backslashes", R"({"x":"\\\\\\","y":"\\\\\\\"","model":"m"})", Model, R"("m")");
    row("an escaped name", R"({"mod\u0065l":"m"})", Model, R"("m")");
    row("brackets in strings", R"({"x":["}]","{[",{"y":"]"}],"model":"m"})", Model, R"("m")");
    row("a name in a string", R"({"x":"model","y":"usage","model":"m"})", Model, R"("m")");
    row("numbers", R"({"a":-1.5e+3,"b":[1,2,3.5],"model":12})", Model, "12");
    row("another type at the place", R"({"response":"usage","choices":{"finish_reason":1},"model":[]})",
        Model, "[]");
    row("UTF-8", "{\"\xC3\xA4\":\"\xF0\x9F\x98\x80\",\"model\":\"\xC3\xA4\"}", Model, "\"\xC3\xA4\"");
}

void tst_JsonPicker::picks()
{
    QFETCH(QByteArray, text);
    QFETCH(int, wanted);
    for (std::size_t piece = 1; piece <= static_cast<std::size_t>(text.size()); ++piece) {
        const auto picker = picked(text.toStdString(), piece);
        QVERIFY(picker.isComplete());
        const auto raw = picker.raw(static_cast<std::size_t>(wanted));
        QTEST(QByteArray(raw.data(), static_cast<qsizetype>(raw.size())), "raw");
    }
}

void tst_JsonPicker::tellsKinds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *text, Wanted wanted, Kind kind) {
        QTest::newRow(text) << QByteArray(text) << static_cast<int>(wanted) << static_cast<int>(kind);
    };
    row(R"({})", Model, Kind::Absent);
    row(R"({"model":null})", Model, Kind::Null);
    row(R"({"model":""})", Model, Kind::EmptyString);
    row(R"({"model":"\n"})", Model, Kind::String);
    row(R"({"model": [ ] })", Model, Kind::EmptyArray);
    row(R"({"model":[null]})", Model, Kind::Array);
    row(R"({"model":{ }})", Model, Kind::EmptyObject);
    row(R"({"model":{"a":1}})", Model, Kind::Object);
    row(R"({"model":true})", Model, Kind::True);
    row(R"({"model":false})", Model, Kind::False);
    row(R"({"model":0})", Model, Kind::Number);
    row(R"({"choices":[]})", Choices, Kind::EmptyArray);
    row(R"({"choices":[ ]})", Choices, Kind::EmptyArray);
    row(R"({"choices":[{}]})", Choices, Kind::Array);
    row(R"({"choices":null})", Choices, Kind::Null);
    row(R"({"choices":[{"delta":{"content":""}}]})", Content, Kind::EmptyString);
    row(R"({"choices":[{"delta":{"content":"a"}},{"delta":{"content":""}}]})", Content, Kind::String);
    row(R"({"choices":[{"delta":null}]})", Content, Kind::Absent);
}

void tst_JsonPicker::tellsKinds()
{
    QFETCH(QByteArray, text);
    QFETCH(int, wanted);
    for (std::size_t piece = 1; piece <= static_cast<std::size_t>(text.size()); ++piece)
        QTEST(static_cast<int>(picked(text.toStdString(), piece).kind(static_cast<std::size_t>(wanted))),
              "kind");
}

void tst_JsonPicker::stopsBehindADocument()
{
    JsonPicker picker(paths());
    const std::string_view text = "{\"model\":\"a\"}{\"model\":\"b\"}";
    QCOMPARE(picker.feed(text), std::size_t(13));
    QVERIFY(picker.isComplete());
    QVERIFY(picker.word(Model) == "a");
    picker.reset();
    QCOMPARE(picker.feed(text.substr(13)), std::size_t(13));
    QVERIFY(picker.word(Model) == "b");
    QVERIFY(!picker.holds(Usage));
}

void tst_JsonPicker::refusesWhatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"<html>", "{model:1}", "{\"model\" 1}", "{\"model\":1]", "{,}", "}", "{\"model\":}", "hello"})
        QTest::newRow(text) << QByteArray(text);
}

void tst_JsonPicker::refusesWhatIsNoJson()
{
    QFETCH(QByteArray, text);
    for (std::size_t piece = 1; piece <= static_cast<std::size_t>(text.size()); ++piece)
        QVERIFY(picked(text.toStdString(), piece).hasFailed());
}

void tst_JsonPicker::survivesNoise()
{
    std::mt19937 random(3);
    const std::string_view alphabet = "{}[]\",:\\ue0model1ntfchoies usag\n";
    for (int round = 0; round < 20'000; ++round) {
        std::string text = "{\"choices\":[{\"";
        for (int i = 0; i < 60; ++i)
            text += alphabet[random() % alphabet.size()];
        const auto whole = picked(text, text.size());
        const auto parts = picked(text, 1 + random() % 5);
        // How it is cut makes no difference.
        QCOMPARE(parts.isComplete(), whole.isComplete());
        QCOMPARE(parts.hasFailed(), whole.hasFailed());
        for (std::size_t wanted = 0; wanted < paths().size(); ++wanted) {
            QCOMPARE(parts.kind(wanted), whole.kind(wanted));
            QVERIFY(parts.raw(wanted) == whole.raw(wanted));
        }
    }
}

void tst_JsonPicker::keepsNoLongValue()
{
    const std::string text = "{\"usage\":{\"a\":\"" + std::string(70'000, 'x') + "\"},\"model\":\"m\"}";
    for (const std::size_t piece : {std::size_t(1000), text.size()}) {
        const auto picker = picked(text, piece);
        QVERIFY(picker.isComplete());
        QCOMPARE(picker.kind(Usage), Kind::Object);
        QVERIFY(picker.raw(Usage).empty());
        QVERIFY(picker.word(Model) == "m");
    }
}

void tst_JsonPicker::keepsNoManyValues()
{
    std::string text = "{\"choices\":[";
    for (int i = 0; i < 20; ++i)
        text += "{\"finish_reason\":\"" + std::string(60'000, 'x') + "\"},";
    text += "{}],\"model\":\"m\"}";
    const auto picker = picked(text, 4096);
    QVERIFY(picker.isComplete());
    QVERIFY(picker.raw(Reason).empty());
    QCOMPARE(picker.kind(Reason), Kind::String);
}

void tst_JsonPicker::survivesDeepNesting()
{
    std::string text =
        "{\"x\":" + std::string(1'000'000, '[') + std::string(1'000'000, ']') + ",\"model\":\"m\"}";
    QVERIFY(picked(text, 4096).word(Model) == "m");
    text = std::string(1'000'000, '{');
    QVERIFY(picked(text, 4096).hasFailed());
}

QTEST_APPLESS_MAIN(tst_JsonPicker)
#include "tst_jsonpicker.moc"
