#include "ui/hooks/webhookcurl.h"

#include "core/launch/shellscript.h"

#include <QRegularExpression>
#include <QUuid>

namespace hookscope {

namespace {

// Text and variables, each quoted in its way. `secret` finds a variable's name.
QString word(const QString &prefix, const QString &value, const QRegularExpression &secret)
{
    QString text = prefix;
    QString result;
    qsizetype end = 0;
    for (auto matches = secret.globalMatch(value); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        text += QStringView(value).mid(end, match.capturedStart() - end);
        if (!text.isEmpty())
            result += quoted(Shell::Sh, text);
        result += QStringLiteral("\"$%1\"").arg(match.captured(1));
        text.clear();
        end = match.capturedEnd();
    }
    text += QStringView(value).mid(end);
    return text.isEmpty() && !result.isEmpty() ? result : result + quoted(Shell::Sh, text);
}

// The body as the template makes it. Its own secrets are marked by what no event can hold: nobody may have a
// variable of the user's shell sent by writing its name into a URL.
QString bodyWord(const SendingPolicy &sending, const QByteArray &json)
{
    if (sending.body.isEmpty())
        return quoted(Shell::Sh, QString::fromUtf8(json));
    const QString mark = QUuid::createUuid().toString(QUuid::Id128);
    const auto made = sending.body.rendered(json, [&mark](const QString &name) {
        return QByteArray(mark.toLatin1() + ':' + name.toLatin1() + ':');
    });
    const QRegularExpression secret(mark + QStringLiteral(":([A-Za-z_][A-Za-z0-9_]*):"));
    return word({}, QString::fromUtf8(made.value_or(json)), secret);
}

} // namespace

QString webhookCurl(const Hook &hook, const QByteArray &webhookId, const QByteArray &json)
{
    const auto *webhook = std::get_if<WebhookTarget>(&hook.target);
    if (!webhook)
        return {};
    static const QRegularExpression secret(QStringLiteral(R"(\{secret:([A-Za-z_][A-Za-z0-9_]*)\})"));
    QStringList words{QStringLiteral("curl ") + quoted(Shell::Sh, webhook->url),
                      QStringLiteral("-H ")
                          + quoted(Shell::Sh, QStringLiteral("Content-Type: application/json"))};
    if (!webhookId.isEmpty())
        words << QStringLiteral("-H ")
                + quoted(Shell::Sh, QStringLiteral("webhook-id: ") + QString::fromLatin1(webhookId));
    for (const SendingPolicy::Field &field : hook.sending.fields)
        words << QStringLiteral("-H ") + word(field.name + QStringLiteral(": "), field.value, secret);
    words << QStringLiteral("--data-binary ") + bodyWord(hook.sending, json);
    return words.join(QStringLiteral(" \\\n  "));
}

} // namespace hookscope
