#include "app/hooksecrets.h"

#include "core/hooks/hookregistry.h"
#include "core/keyring/keyring.h"

namespace hookscope {

HookSecrets::HookSecrets(Keyring &keyring, const HookRegistry &registry, QObject *parent)
    : QObject(parent)
    , m_keyring(keyring)
    , m_registry(registry)
{
    connect(&registry, &HookRegistry::snapshotChanged, this, &HookSecrets::ask);
    connect(&keyring, &Keyring::answered, this, &HookSecrets::tell);
    connect(&keyring, &Keyring::stored, this, [this] {
        if (!m_names.isEmpty())
            m_keyring.read(m_names);
    });
    ask();
}

void HookSecrets::ask()
{
    QStringList names;
    const HookRegistry::Snapshot hooks = m_registry.snapshot();
    for (const Hook &hook : *hooks)
        names += secretNames(hook.sending);
    names.sort();
    names.removeDuplicates();
    if (names == m_names)
        return;
    m_names = names;
    if (names.isEmpty())
        tell();
    else
        m_keyring.read(names);
}

void HookSecrets::tell()
{
    QHash<QString, QByteArray> secrets;
    for (const QString &name : std::as_const(m_names)) {
        if (const QByteArray value = m_keyring.answer(name).value; !value.isEmpty())
            secrets.insert(name, value);
    }
    if (secrets != m_told) {
        m_told = secrets;
        emit changed(secrets);
    }
}

} // namespace hookscope
