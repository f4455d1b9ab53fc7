#include "core/dispatch/webhookattempt.h"

#include "core/dispatch/printable.h"
#include "core/dispatch/receiveraddress.h"
#include "core/events/redact.h"

#include <QHostInfo>
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

// To that very address, under the name that the user gave.
void pin(QNetworkRequest &request, const QHostAddress &address)
{
    QUrl url = request.url();
    const QString host = url.host(QUrl::EncodeUnicode); // as DNS, Host and certificates have it
    if (host == address.toString())
        return;
    const QString port = url.port() < 0 ? QString() : QLatin1Char(':') + QString::number(url.port());
    request.setRawHeader("Host", (host + port).toLatin1());
    request.setPeerVerifyName(host);
    url.setHost(address.toString());
    request.setUrl(url);
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
    , m_network(network)
    , m_message(message)
    , m_authorization(authorizationOf(message.url))
    , m_timeoutMs(timeoutMs)
{
    m_elapsed.start();
    const QHostAddress literal(message.url.host());
    if (!message.problem.isEmpty() || !std::all_of(message.fields.begin(), message.fields.end(), isField)) {
        QMetaObject::invokeMethod(this, &WebhookAttempt::finish, Qt::QueuedConnection);
    } else if (!literal.isNull()) {
        m_addresses = {literal};
        begin();
    } else {
        m_lookup = QHostInfo::lookupHost(message.url.host(), this, &WebhookAttempt::lookedUp);
    }
    // The transfer timeout starts again with each byte; this one does not.
    QTimer::singleShot(m_timeoutMs, this, [this] {
        m_isTimedOut = true;
        if (m_reply)
            m_reply->abort();
        else
            finish();
    });
}

void WebhookAttempt::lookedUp(const QHostInfo &info)
{
    m_lookup = -1;
    if (m_isFinished)
        return;
    m_addresses = info.addresses();
    if (m_addresses.isEmpty()) {
        m_lookupProblem = info.errorString();
        finish();
    } else {
        begin();
    }
}

void WebhookAttempt::begin()
{
    QString refusal;
    m_addresses.removeIf([&](const QHostAddress &address) {
        const QString text = refusalOf(m_message.url.host(), address, m_message.isPrivateAllowed);
        if (refusal.isEmpty())
            refusal = text;
        return !text.isEmpty();
    });
    if (m_addresses.isEmpty())
        QMetaObject::invokeMethod(
            this, [this, refusal] { refuse(refusal); }, Qt::QueuedConnection);
    else
        postToNext();
}

void WebhookAttempt::postToNext()
{
    QNetworkRequest request = requestFor(m_message.url, m_authorization, m_timeoutMs);
    for (const auto &[name, value] : std::as_const(m_message.fields))
        request.setRawHeader(name, value);
    pin(request, m_addresses.takeFirst());
    m_reply = m_network->post(request, m_message.json);
    m_reply->setParent(this);
    m_reply->setReadBufferSize(bodyLimit);
    connect(m_reply, &QNetworkReply::readyRead, this, &WebhookAttempt::readAnswer);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        if (!errors.isEmpty())
            m_tlsProblem = errors.first().errorString();
    });
    connect(m_reply, &QNetworkReply::finished, this, &WebhookAttempt::replied);
}

void WebhookAttempt::readAnswer()
{
    const QByteArray bytes = m_reply->read(bodyLimit - m_bodyBytes);
    m_bodyBytes += bytes.size();
    m_answer += bytes.left(answerKept - m_answer.size());
    if (m_bodyBytes >= bodyLimit)
        m_reply->abort();
}

// Not if no connection came about: another address of the same name may take it.
bool WebhookAttempt::hasReached() const
{
    const QNetworkReply::NetworkError error = m_reply->error();
    return m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid() || m_isTimedOut
        || (error != QNetworkReply::ConnectionRefusedError && error != QNetworkReply::UnknownNetworkError);
}

void WebhookAttempt::replied()
{
    if (hasReached() || m_addresses.isEmpty()) {
        finish();
        return;
    }
    m_reply->deleteLater();
    postToNext();
}

void WebhookAttempt::refuse(const QString &text)
{
    WebhookOutcome outcome;
    outcome.text = text;
    outcome.isRefusedHere = true;
    settle(outcome);
}

void WebhookAttempt::settle(WebhookOutcome outcome)
{
    if (m_isFinished)
        return;
    m_isFinished = true;
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
    outcome.elapsedMs = m_elapsed.elapsed();
    emit finished(outcome);
}

void WebhookAttempt::finish()
{
    WebhookOutcome outcome;
    if (!m_message.problem.isEmpty()) {
        outcome.text = m_message.problem;
        outcome.isUnready = true;
        settle(outcome);
        return;
    }
    if (!m_reply && !m_isTimedOut && m_lookupProblem.isEmpty()) {
        refuse(tr(
            "A header field of the hook cannot be sent: it holds a line break or another control character"));
        return;
    }
    if (m_reply) {
        m_status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        outcome.retryAfter = m_reply->rawHeader("Retry-After");
    }
    outcome.status = m_status;
    outcome.isDelivered = m_status >= 200 && m_status <= 299;
    // A receiver may answer with what it was sent.
    http::FieldList credentials{{"authorization", m_authorization.toStdString()}};
    for (const QByteArray &secret : std::as_const(m_message.secrets))
        credentials.push_back({"authorization", "Bearer " + secret.toStdString()});
    const Secrets secrets = Secrets::of(m_message.url.toEncoded().toStdString(), credentials);
    outcome.answer = QByteArray::fromStdString(secrets.masked(m_answer.toStdString()));
    if (!outcome.isDelivered)
        outcome.text = printable(QByteArray::fromStdString(secrets.masked(failure().toStdString())));
    if (m_status == 0)
        outcome.reason = printable(QByteArray::fromStdString(secrets.masked(whyNoAnswer().toStdString())));
    settle(outcome);
}

QString WebhookAttempt::failure() const
{
    const QString endpoint = endpointText(m_message.url);
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
    const auto error = m_reply ? m_reply->error() : QNetworkReply::NoError;
    if (!m_lookupProblem.isEmpty())
        return tr("its name was not found: %1").arg(m_lookupProblem);
    if (!m_tlsProblem.isEmpty())
        return tr("its certificate is not accepted: %1").arg(m_tlsProblem);
    if (m_isTimedOut || error == QNetworkReply::OperationCanceledError || error == QNetworkReply::TimeoutError)
        return tr("no answer within %1 s").arg(m_timeoutMs / 1000.0);
    if (error == QNetworkReply::RemoteHostClosedError)
        return tr("it closed the connection without an answer");
    return m_reply ? m_reply->errorString() : QString();
}

} // namespace hookscope
