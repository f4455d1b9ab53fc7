#pragma once

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QUrl>

class QNetworkAccessManager;
class QNetworkReply;

namespace hookscope {

struct WebhookOutcome {
    bool isDelivered = false;
    int status = 0; // 0: no answer
    QString text; // why not delivered: a sentence without a credential
    QByteArray answer; // the first bytes of its body, as they came
    qint64 elapsedMs = 0;
};

// One POST of one event to a receiver. The status decides: 2xx is delivered, whatever becomes of the
// body, of which at most bodyLimit bytes are read. No redirect is followed, no question is asked, and
// it is over after timeoutMs. QNAM may send a POST twice if a connection closes without an answer.
class WebhookAttempt final : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 bodyLimit = 64 * 1024;
    static constexpr int answerKept = 200; // bytes

    // A manager that talks to receivers directly, whatever proxy the environment names.
    static QNetworkAccessManager *makeNetwork(QObject *parent);

    // Starts at once; `url` is a valid http or https URL.
    WebhookAttempt(QNetworkAccessManager *network, const QUrl &url, const QByteArray &json, int timeoutMs,
                   QObject *parent);

signals:
    // Once, never from the constructor.
    void finished(const hookscope::WebhookOutcome &outcome);

private:
    void readAnswer();
    void finish();
    QString failure() const;

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
