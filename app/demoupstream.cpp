#include "app/demoupstream.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <memory>

namespace hookscope {

namespace {

constexpr int thinkingMs = 180; // before an answer begins
constexpr int pieceMs = 60;     // between the pieces of a stream

struct Answer {
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray extraFields;
    QByteArrayList pieces; // one: sent with its length; several: chunked, one by one
};

QByteArray event(const QByteArray &data, const QByteArray &name = {})
{
    return (name.isEmpty() ? QByteArray() : "event: " + name + "\n") + "data: " + data + "\n\n";
}

Answer stream(QByteArrayList pieces)
{
    return {200, "text/event-stream", {}, std::move(pieces)};
}

Answer chatCompletion(const QByteArray &model, bool isStream)
{
    const QByteArray usage
        = R"("usage":{"prompt_tokens":1873,"completion_tokens":214,"total_tokens":2087,"prompt_tokens_details":{"cached_tokens":1024},"completion_tokens_details":{"reasoning_tokens":0}})";
    const QByteArray head = R"({"id":"chatcmpl-demo","object":")";
    if (!isStream) {
        return {200, "application/json", "x-request-id: req_demo_chat\r\n",
                {head + R"(chat.completion","model":")" + model
                 + R"(","choices":[{"index":0,"message":{"role":"assistant","content":"The Rhine, the Nile and the Amazon."},"finish_reason":"stop"}],)"
                 + usage + "}"}};
    }
    const QByteArray chunk = head + R"(chat.completion.chunk","model":")" + model + R"(","choices":)";
    QByteArrayList pieces{event(chunk + R"([{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null})")};
    for (const char *word : {"Once", " upon", " a", " time", " there", " was", " a", " proxy."})
        pieces << event(chunk + R"([{"index":0,"delta":{"content":")" + word + R"("}}],"usage":null})");
    pieces << event(chunk + R"([{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null})")
           << event(chunk + "[]," + usage + "}") + event("[DONE]");
    return stream(pieces);
}

Answer response(const QByteArray &model, bool isStream)
{
    const QByteArray whole = R"({"id":"resp_demo","object":"response","status":"completed","model":")" + model
        + R"(","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"parses an empty head"}]}],"usage":{"input_tokens":5120,"input_tokens_details":{"cached_tokens":4096},"output_tokens":388,"output_tokens_details":{"reasoning_tokens":256},"total_tokens":5508}})";
    if (!isStream)
        return {200, "application/json", "x-request-id: req_demo_response\r\n", {whole}};
    const QByteArray begun = R"({"id":"resp_demo","object":"response","status":"in_progress","model":")" + model
        + R"(","usage":null})";
    QByteArrayList pieces{event(R"({"type":"response.created","response":)" + begun + "}", "response.created")};
    for (const char *word : {"parses", " an", " empty", " head"}) {
        pieces << event(QByteArray(R"({"type":"response.output_text.delta","delta":")") + word + R"("})",
                        "response.output_text.delta");
    }
    pieces << event(R"({"type":"response.completed","response":)" + whole + "}", "response.completed");
    return stream(pieces);
}

Answer message(const QByteArray &model, bool isStream)
{
    const QByteArray head = R"({"id":"msg_demo","type":"message","role":"assistant","model":")" + model + R"(",)";
    if (!isStream) {
        return {200, "application/json", "request-id: req_demo_message\r\n",
                {head + R"("content":[{"type":"text","text":"Rivers of the world"}],"stop_reason":"end_turn","usage":{"input_tokens":412,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":9}})"}};
    }
    QByteArrayList pieces{
        event(R"({"type":"message_start","message":)" + head
                  + R"("content":[],"usage":{"input_tokens":12,"cache_creation_input_tokens":1840,"cache_read_input_tokens":21504,"output_tokens":1}}})",
              "message_start"),
        event(R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}})",
              "content_block_start")};
    for (const char *word : {"The", " diff", " renames", " the", " parser", " and", " adds", " a", " test."}) {
        pieces << event(QByteArray(R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":")")
                            + word + R"("}})",
                        "content_block_delta");
    }
    pieces << event(R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":642}})",
                    "message_delta")
            + event(R"({"type":"message_stop"})", "message_stop");
    return stream(pieces);
}

Answer content(const QByteArray &model, bool isStream)
{
    const auto part = [&model](const QByteArray &text, const QByteArray &usage) {
        return R"({"candidates":[{"content":{"role":"model","parts":[{"text":")" + text + R"("}]}}],"usageMetadata":)"
            + usage + R"(,"modelVersion":")" + model + R"("})";
    };
    const QByteArray final
        = R"({"promptTokenCount":2210,"candidatesTokenCount":96,"thoughtsTokenCount":310,"totalTokenCount":2616})";
    if (!isStream)
        return {200, "application/json", {}, {part("No.", final)}};
    const QByteArray running = R"({"promptTokenCount":2210,"totalTokenCount":2210})";
    return stream({event(part("Since", running)), event(part(" May:", running)), event(part(" faster.", final))});
}

Answer answerTo(const QByteArray &target, const QByteArray &body)
{
    const QJsonObject request = QJsonDocument::fromJson(body).object();
    const QByteArray model = request.value(QStringLiteral("model")).toString().toUtf8();
    const bool isStream = request.value(QStringLiteral("stream")).toBool();
    if (target.contains("overloaded"))
        return {529, "application/json", "request-id: req_demo_overloaded\r\n",
                {R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})"}};
    if (target.contains("/chat/completions"))
        return chatCompletion(model, isStream);
    if (target.contains("/responses"))
        return response(model, isStream);
    if (target.contains("/messages"))
        return message(model, isStream);
    if (target.contains("/embeddings"))
        return {200, "application/json", {},
                {R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,0.2]}],"model":")" + model
                 + R"(","usage":{"prompt_tokens":3,"total_tokens":3}})"}};
    const int models = target.indexOf("/models/");
    if (models >= 0) {
        const int colon = target.indexOf(':', models);
        return content(target.mid(models + 8, colon - models - 8), target.contains(":stream"));
    }
    return {200, "application/json", {}, {R"({"object":"list","data":[{"id":"gpt-4o","object":"model"}]})"}};
}

// Sends the pieces from the given one on, one at a time.
void sendPieces(const QPointer<QTcpSocket> &socket, const std::shared_ptr<const Answer> &answer, int from)
{
    if (!socket)
        return;
    if (from == answer->pieces.size()) {
        socket->write("0\r\n\r\n");
        return;
    }
    const QByteArray &piece = answer->pieces.at(from);
    socket->write(QByteArray::number(piece.size(), 16) + "\r\n" + piece + "\r\n");
    QTimer::singleShot(pieceMs, socket, [socket, answer, from] { sendPieces(socket, answer, from + 1); });
}

void send(const QPointer<QTcpSocket> &socket, const std::shared_ptr<const Answer> &answer)
{
    if (!socket)
        return;
    socket->write("HTTP/1.1 " + QByteArray::number(answer->status) + " -\r\nContent-Type: " + answer->contentType
                  + "\r\n" + answer->extraFields);
    if (answer->pieces.size() == 1) {
        socket->write("Content-Length: " + QByteArray::number(answer->pieces.first().size()) + "\r\n\r\n"
                      + answer->pieces.first());
        return;
    }
    socket->write("Transfer-Encoding: chunked\r\n\r\n");
    sendPieces(socket, answer, 0);
}

} // namespace

DemoUpstream::DemoUpstream(QObject *parent) : QObject(parent)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    if (!m_server.listen(QHostAddress::LocalHost))
        qWarning("hookscope: the demo's upstream cannot listen: %s", qPrintable(m_server.errorString()));
}

// The proxy sends one request at a time; a whole one is waited for.
void DemoUpstream::read(QTcpSocket *socket)
{
    const QByteArray held = socket->peek(socket->bytesAvailable());
    const qsizetype headEnd = held.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    const QByteArray head = held.left(headEnd).toLower();
    qsizetype length = 0;
    if (const qsizetype field = head.indexOf("\r\ncontent-length:"); field >= 0)
        length = head.mid(field + 17, head.indexOf('\r', field + 2) - field - 17).trimmed().toLongLong();
    if (held.size() < headEnd + 4 + length)
        return;
    socket->read(headEnd + 4 + length);
    const QByteArray target = held.mid(held.indexOf(' ') + 1, held.indexOf(" HTTP/") - held.indexOf(' ') - 1);
    answer(socket, target, held.mid(headEnd + 4, length));
}

void DemoUpstream::answer(QTcpSocket *socket, const QByteArray &target, const QByteArray &body)
{
    const auto made = std::make_shared<const Answer>(answerTo(target, body));
    const QPointer<QTcpSocket> guarded(socket);
    QTimer::singleShot(thinkingMs, socket, [guarded, made] { send(guarded, made); });
}

} // namespace hookscope
