#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QStringList>

namespace hookscope {

class HookRegistry;
class Keyring;

// The values that hooks name for their headers, templates and signatures: asks the keyring for those of the hooks in
// force, and tells when it has answered. Main thread; what it is given outlives it.
class HookSecrets final : public QObject {
    Q_OBJECT
public:
    HookSecrets(Keyring &keyring, const HookRegistry &registry, QObject *parent = nullptr);

signals:
    // Those that have a value, by name.
    void changed(const QHash<QString, QByteArray> &secrets);

private:
    void ask();
    void tell();

    Keyring &m_keyring;
    const HookRegistry &m_registry;
    QStringList m_names; // that the keyring was asked for
    QHash<QString, QByteArray> m_told;
};

} // namespace hookscope
