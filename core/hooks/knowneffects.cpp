#include "core/hooks/knowneffects.h"

#include "core/files/privatefile.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSysInfo>
#include <algorithm>

namespace hookscope {

QStringList effectsOf(const Hook &hook)
{
    QStringList effects;
    QString to;
    if (const auto *webhook = std::get_if<WebhookTarget>(&hook.target))
        to = QStringLiteral("webhook ") + webhook->url;
    else if (const auto *otlp = std::get_if<OtlpTarget>(&hook.target))
        to = QStringLiteral("otlp ") + otlp->url;
    else if (const auto *file = std::get_if<FileTarget>(&hook.target))
        to = QStringLiteral("file ") + file->path;
    else if (const auto *exec = std::get_if<ExecTarget>(&hook.target))
        to = QStringLiteral("exec ") + exec->command.join(QChar(0x1f));
    if (to.isEmpty())
        return {};
    effects << to;
    for (const QString &name : secretNames(hook.sending))
        effects << QStringLiteral("secret ") + name + QLatin1Char(' ') + to;
    if (hook.sending.allowsPrivate)
        effects << QStringLiteral("private ") + to;
    return effects;
}

KnownEffects::KnownEffects(const QString &path)
    : m_path(path)
{
    if (m_path.isEmpty())
        return;
    const auto text = readPrivateFile(m_path);
    for (const QJsonValue &hash : QJsonDocument::fromJson(text.value_or(QByteArray())).array())
        m_known.insert(hash.toString());
}

QString KnownEffects::hashOf(const QString &effect)
{
    return QString::fromLatin1(QCryptographicHash::hash(QSysInfo::machineUniqueId() + '\n' + effect.toUtf8(),
                                                        QCryptographicHash::Sha256)
                                   .toHex());
}

bool KnownEffects::knows(const Hook &hook) const
{
    const QStringList effects = effectsOf(hook);
    return m_path.isEmpty() || std::all_of(effects.begin(), effects.end(), [this](const QString &effect) {
               return m_known.contains(hashOf(effect));
           });
}

Result<void> KnownEffects::learn(const QList<Hook> &hooks)
{
    if (m_path.isEmpty())
        return {};
    const qsizetype before = m_known.size();
    for (const Hook &hook : hooks) {
        for (const QString &effect : effectsOf(hook))
            m_known.insert(hashOf(effect));
    }
    if (m_known.size() == before)
        return {};
    QStringList hashes(m_known.begin(), m_known.end());
    hashes.sort();
    hashes = hashes.mid(0, mostKept);
    if (auto made = makeOwnFolder(QFileInfo(m_path).path()); !made)
        return made;
    return writePrivateFile(m_path,
                            QJsonDocument(QJsonArray::fromStringList(hashes)).toJson(QJsonDocument::Compact));
}

} // namespace hookscope
