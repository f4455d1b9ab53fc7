#pragma once

#include "core/dispatch/webhookmessage.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QString>

class QHostInfo;
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
    bool isUnready = false; // nothing was sent: WebhookMessage::problem
};

// One POST to a receiver. The status decides: 2xx is delivered, whatever becomes of the
// body, of which at most bodyLimit bytes are read. No redirect is followed, no question is asked, and
// it is over after timeoutMs. The address is looked up first, and judged by receiveraddress.h: what is judged
// is what is connected to, whatever the name leads to a moment later. QNAM may send a POST twice if a
// connection closes without an answer.
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
    void begin();
    void lookedUp(const QHostInfo &info);
    void postToNext();
    void readAnswer();
    void replied();
    bool hasReached() const;
    void finish();
    void settle(WebhookOutcome outcome);
    void refuse(const QString &text);
    QString failure() const;
    QString whyNoAnswer() const;

    QNetworkAccessManager *m_network;
    WebhookMessage m_message;
    QByteArray m_authorization;
    QList<QHostAddress> m_addresses; // that are still to be tried
    QNetworkReply *m_reply = nullptr;
    QElapsedTimer m_elapsed;
    int m_timeoutMs;
    int m_lookup = -1; // under way
    int m_status = 0;
    qint64 m_bodyBytes = 0;
    QByteArray m_answer;
    QString m_tlsProblem;
    QString m_lookupProblem;
    bool m_isTimedOut = false;
    bool m_isFinished = false;
};

} // namespace hookscope
