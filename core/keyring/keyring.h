#pragma once

#include <QByteArray>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>

namespace hookscope {

// Values by name: the desktop's keyring has them, under the service `hookscope`, or the environment does, if
// the keyring has no such entry or there is none. Never a file, and the keyring's insecure fallback is never
// used. What is read leaves our own environment, and from then on this process cannot be dumped or traced by
// other programs of the user. Main thread, with an event loop.
class Keyring final : public QObject {
    Q_OBJECT
public:
    struct Answer {
        QByteArray value;
        QString absence; // why there is no value, as a clause; empty if there is one
    };

    using QObject::QObject;

    // Until answered(), new names are absent. Reading a name again asks the keyring again.
    void read(const QStringList &names);

    Answer answer(const QString &name) const { return m_answers.value(name); }

    void store(const QString &name, const QByteArray &value);

signals:
    // All names of a read() are settled; later than read().
    void answered();

    // `fault` is a sentence; empty if it is in the keyring.
    void stored(const QString &fault);

private:
    void ask(const QString &name);
    void settle(const QString &name, Answer answer);

    QMap<QString, Answer> m_answers;
    QMap<QString, QByteArray> m_environment; // taken at the first read
    int m_open = 0;
};

} // namespace hookscope
