#include "core/dispatch/webhookattempt.h"

#include "core/dispatch/printable.h"
#include "core/events/redact.h"

#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslError>
#include <QTimer>
#include <algorithm>
#include <string_view>

namespace hookscope {

namespace {

// The user info of a URL as the field that carries it. Sent without being asked for: QNAM would send
// the event, wait for a 401, and send the event again.
QByteArray authorizationOf(const QUrl &url)
{
    if (url.userInfo().isEmpty())
        return {};
    const QString pair =
        url.userName(QUrl::FullyDecoded) + QLatin1Char(':') + url.password(QUrl::FullyDecoded);
    return "Basic " + pair.toUtf8().toBase64();
}

// QNAM sends a line break in a field as it is, which would make another field of what follows.
bool isField(const std::pair<QByteArray, QByteArray> &field)
{
    static constexpr std::string_view others = "!#$%&'*+-.^_`|~"; // RFC 9110 section 5.6.2
    const auto isTokenCharacter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || others.find(c) != others.npos;
    };
    const auto isControl = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
    };
    return !field.first.isEmpty() && std::all_of(field.first.begin(), field.first.end(), isTokenCharacter)
        && std::none_of(field.second.begin(), field.second.end(), isControl);
}

QNetworkRequest requestFor(const QUrl &url, const QByteArray &authorization, int timeoutMs)
{
    QNetworkRequest request(url.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setHeader(QNetworkRequest::UserAgentHeader, QByteArrayLiteral("hookscope/" HOOKSCOPE_VERSION));
    // Compressed answers would be unpacked here; nobody needs that for 200 bytes.
    request.setRawHeader("Accept-Encoding", "identity");
    if (!authorization.isEmpty())
        request.setRawHeader("Authorization", authorization);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(timeoutMs);
    return request;
}

// Scheme, host and port: paths and queries of webhooks are often their only key.
QString endpointText(const QUrl &url)
{
    return url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace

QNetworkAccessManager *WebhookAttempt::makeNetwork(QObject *parent)
{
    auto *network = new QNetworkAccessManager(parent);
    network->setProxy(QNetworkProxy::NoProxy);
    network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    network->setAutoDeleteReplies(false);
    return network;
}

WebhookAttempt::WebhookAttempt(QNetworkAccessManager *network, const WebhookMessage &message, int timeoutMs,
                               QObject *parent)
    : QObject(parent)
    , m_url(message.url)
    , m_authorization(authorizationOf(message.url))
    , m_timeoutMs(timeoutMs)
{
    m_elapsed.start();
    if (std::all_of(message.fields.begin(), message.fields.end(), isField))
        post(network, message);
    else
        QMetaObject::invokeMethod(this, &WebhookAttempt::finish, Qt::QueuedConnection);
}

void WebhookAttempt::post(QNetworkAccessManager *network, const WebhookMessage &message)
{
    QNetworkRequest request = requestFor(m_url, m_authorization, m_timeoutMs);
    for (const auto &[name, value] : message.fields)
        request.setRawHeader(name, value);
    m_reply = network->post(request, message.json);
    m_reply->setParent(this);
    m_reply->setReadBufferSize(bodyLimit);
    connect(m_reply, &QNetworkReply::readyRead, this, &WebhookAttempt::readAnswer);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = errors.first().errorString();
    });
    connect(m_reply, &QNetworkReply::finished, this, &WebhookAttempt::finish);
    // The transfer timeout starts again with each byte; this one does not.
    QTimer::singleShot(m_timeoutMs, this, [this] {
        m_isTimedOut = true;
        m_reply->abort();
    });
}

void WebhookAttempt::readAnswer()
{
    const QByteArray bytes = m_reply->read(bodyLimit - m_bodyBytes);
    m_bodyBytes += bytes.size();
    m_answer += bytes.left(answerKept - m_answer.size());
    if (m_bodyBytes >= bodyLimit)
        m_reply->abort();
}

void WebhookAttempt::finish()
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    WebhookOutcome outcome;
    if (!m_reply) {
        outcome.text = tr(
            "A header field of the hook cannot be sent: it holds a line break or another control character");
        outcome.isRefusedHere = true;
        emit finished(outcome);
        return;
    }
    m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    outcome.retryAfter = m_reply->rawHeader("Retry-After");
    outcome.status = m_status;
    outcome.isDelivered = m_status >= 200 && m_status <= 299;
    outcome.elapsedMs = m_elapsed.elapsed();
    // A receiver may answer with what it was sent.
    const Secrets secrets =
        Secrets::of(m_url.toEncoded().toStdString(), {{"authorization", m_authorization.toStdString()}});
    outcome.answer = QByteArray::fromStdString(secrets.masked(m_answer.toStdString()));
    if (!outcome.isDelivered)
        outcome.text = printable(QByteArray::fromStdString(secrets.masked(failure().toStdString())));
    if (m_status == 0)
        outcome.reason = printable(QByteArray::fromStdString(secrets.masked(whyNoAnswer().toStdString())));
    emit finished(outcome);
}

QString WebhookAttempt::failure() const
{
    const QString endpoint = endpointText(m_url);
    if (m_status >= 300 && m_status <= 399)
        return tr("Webhook %1 returned status %2: redirects are not followed, name the new address")
            .arg(endpoint)
            .arg(m_status);
    if (m_status > 0)
        return tr("Webhook %1 returned status %2").arg(endpoint).arg(m_status);
    return tr("Webhook delivery to %1 failed: %2").arg(endpoint, whyNoAnswer());
}

QString WebhookAttempt::whyNoAnswer() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    if (!m_tlsProblem.isEmpty())
        return tr("its certificate is not accepted: %1").arg(m_tlsProblem);
    if (m_isTimedOut || error == QNetworkReply::OperationCanceledError
        || error == QNetworkReply::TimeoutError)
        return tr("no answer within %1 s").arg(m_timeoutMs / 1000.0);
    if (error == QNetworkReply::RemoteHostClosedError)
        return tr("it closed the connection without an answer");
    return m_reply->errorString();
}

} // namespace hookscope
