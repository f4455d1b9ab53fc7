#include "core/dispatch/webhooksignature.h"

#include <QCoreApplication>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <array>

namespace hookscope {

namespace {

struct KeyText {
    Q_DECLARE_TR_FUNCTIONS(hookscope::WebhookSignature)
};

constexpr qsizetype leastBytes = 24;
constexpr qsizetype mostBytes = 64;
const QByteArray prefix = QByteArrayLiteral("whsec_");

} // namespace

Result<QByteArray> signingKeyOf(const QByteArray &text)
{
    QByteArray base64 = text.trimmed();
    if (base64.startsWith(prefix))
        base64.remove(0, prefix.size());
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).size() < leastBytes || (*decoded).size() > mostBytes) {
        return tl::unexpected(
            Error{ErrorCode::InvalidInput,
                  KeyText::tr("a signing key must be whsec_ and the base64 of 24 to 64 bytes")});
    }
    return *decoded;
}

QByteArray newSigningKey()
{
    std::array<quint32, 8> random;
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    return prefix
        + QByteArray(reinterpret_cast<const char *>(random.data()), qsizetype(sizeof random)).toBase64();
}

QByteArray webhookSignature(const QList<QByteArray> &keys, const QByteArray &id, qint64 atSecond,
                            const QByteArray &body)
{
    QByteArray signatures;
    for (const QByteArray &key : keys) {
        QMessageAuthenticationCode code(QCryptographicHash::Sha256, key);
        code.addData(id + '.' + QByteArray::number(atSecond) + '.');
        code.addData(body);
        if (!signatures.isEmpty())
            signatures += ' ';
        signatures += "v1," + code.result().toBase64();
    }
    return signatures;
}

} // namespace hookscope
