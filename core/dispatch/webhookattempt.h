#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>
#include <utility>

class QNetworkAccessManager;
class QNetworkReply;

namespace hookscope {

struct WebhookOutcome {
    bool isDelivered = false;
    int status = 0; // 0: no answer
    QString text; // why not delivered: a sentence without a credential
    QString reason; // the part of it that says why there was no answer; empty if there was one
    QByteArray answer; // the first bytes of its body, as they came
    qint64 elapsedMs = 0;
    QByteArray retryAfter; // the field's value; empty: it has none
    bool isRefusedHere = false; // nothing was sent, nor will be if it is tried again
};

// What is sent: a valid http or https URL, JSON, and fields besides those that every webhook has. A field
// whose name is no token, or whose value holds a control character, is not sent: the attempt fails.
struct WebhookMessage {
    QUrl url;
    QByteArray json;
    QList<std::pair<QByteArray, QByteArray>> fields;
};

// One POST to a receiver. The status decides: 2xx is delivered, whatever becomes of the
// body, of which at most bodyLimit bytes are read. No redirect is followed, no question is asked, and
// it is over after timeoutMs. QNAM may send a POST twice if a connection closes without an answer.
class WebhookAttempt final : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 bodyLimit = 64 * 1024;
    static constexpr int answerKept = 1024; // bytes

    // A manager that talks to receivers directly, whatever proxy the environment names.
    static QNetworkAccessManager *makeNetwork(QObject *parent);

    // Starts at once.
    WebhookAttempt(QNetworkAccessManager *network, const WebhookMessage &message, int timeoutMs,
                   QObject *parent);

signals:
    // Once, never from the constructor.
    void finished(const hookscope::WebhookOutcome &outcome);

private:
    void post(QNetworkAccessManager *network, const WebhookMessage &message);
    void readAnswer();
    void finish();
    QString failure() const;
    QString whyNoAnswer() const;

    QUrl m_url;
    QByteArray m_authorization;
    QNetworkReply *m_reply = nullptr;
    QElapsedTimer m_elapsed;
    int m_timeoutMs;
    int m_status = 0;
    qint64 m_bodyBytes = 0;
    QByteArray m_answer;
    QString m_tlsProblem;
    bool m_isTimedOut = false;
    bool m_isFinished = false;
};

} // namespace hookscope
