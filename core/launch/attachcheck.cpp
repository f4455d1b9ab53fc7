#include "core/launch/attachcheck.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace hookscope {

namespace {

struct AttachCheckText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::AttachCheck)
};

} // namespace

std::optional<QString> faultOfCheckAnswer(const QByteArray &answer, const QString &way)
{
    if (answer.isEmpty())
        return AttachCheckText::tr("no answer came");
    const qsizetype end = answer.indexOf("\r\n\r\n");
    const QByteArray body = end < 0 ? QByteArray() : answer.mid(end + 4);
    const QByteArray status = answer.left(answer.indexOf("\r\n")).mid(9, 3);
    if (status != "200")
        return AttachCheckText::tr("the answer was %1: %2")
            .arg(QString::fromLatin1(status), QString::fromUtf8(body).trimmed());
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (!object.contains(QStringLiteral("hookscope")))
        return AttachCheckText::tr("another program answered");
    if (object.value(QStringLiteral("way")).toString() != way)
        return AttachCheckText::tr("it came another way than it was sent");
    return std::nullopt;
}

} // namespace hookscope
