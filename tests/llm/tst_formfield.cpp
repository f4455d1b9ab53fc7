#include "core/llm/formfield.h"

#include <QTest>

using namespace hookscope;

class tst_FormField final : public QObject {
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
};

void tst_FormField::finds_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("value"); // empty: none
    const auto add = [](const char *name, const char *type, const QByteArray &body, const char *value) {
        QTest::newRow(name) << QByteArray(type) << body << QByteArray(value);
    };
    const char *type = "multipart/form-data; boundary=x";
    const QByteArray field = "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--x--\r\n";
    const QByteArray file =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"name=\\\"model\\\"\"\r\n\r\n" + QByteArray(100'000, '-')
        + "\r\n--y\r\nname=\"model\"\r\n\r\nno\r\n";
    add("alone", type, field, "whisper-1");
    add("behind a file", type, file + field, "whisper-1");
    add("behind a preamble", type, "hello\r\n" + field, "whisper-1");
    add("a quoted boundary", "Multipart/Form-Data; charset=utf-8; boundary=\"x\"", field, "whisper-1");
    add("a boundary with more behind it", "multipart/form-data; boundary=x; charset=utf-8", field, "whisper-1");
    add("another field", type, "--x\r\nContent-Disposition: form-data; name=\"models\"\r\n\r\nno\r\n--x--\r\n", "");
    add("a file of that name", type,
        "--x\r\nContent-Disposition: form-data; filename=\"model\"\r\n\r\nno\r\n--x--\r\n", "");
    add("empty, and then one", type,
        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n" + field, "whisper-1");
    add("cut", type, field.left(60), "");
    add("no end", type, "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + QByteArray(10'000, 'a'), "");
    add("a head without an end", type, "--x\r\n" + QByteArray(100'000, 'a') + field, "");
    add("no boundary", "multipart/form-data", field, "");
    add("an empty boundary", "multipart/form-data; boundary=", field, "");
    add("no form", "application/json", field, "");
}

void tst_FormField::finds()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), qsizetype(65'536), body.size()}) {
        llm::FormField form(type.toStdString(), "model");
        for (qsizetype at = 0; at < body.size(); at += piece)
            form.feed(body.mid(at, piece).toStdString());
        QTEST(QByteArray::fromStdString(form.value().value_or("")), "value");
    }
}

QTEST_APPLESS_MAIN(tst_FormField)
#include "tst_formfield.moc"
