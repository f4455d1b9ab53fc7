#include "core/keyring/keyring.h"

#include <cstdlib>
#include <cstring>
#include <qt6keychain/keychain.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace hookscope {

namespace {

const QString service = QStringLiteral("hookscope");

// Out of the block that children inherit, and out of what /proc shows of it.
QByteArray takeVariable(const QByteArray &name)
{
    char *held = std::getenv(name.constData());
    if (!held)
        return {};
    const QByteArray value(held);
    ::explicit_bzero(held, std::strlen(held));
    ::unsetenv(name.constData());
    return value;
}

void closeToOthers()
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

} // namespace

void Keyring::read(const QStringList &names)
{
    closeToOthers();
    m_open += static_cast<int>(names.size());
    for (const QString &name : names) {
        if (const QByteArray value = takeVariable(name.toLocal8Bit()); !value.isEmpty())
            m_environment.insert(name, value);
        if (m_answers.value(name).value.isEmpty()) // what was read before counts until then
            m_answers.insert(name, {{}, QStringLiteral("the keyring has not answered yet")});
    }
    for (const QString &name : names)
        ask(name);
    if (names.isEmpty())
        QMetaObject::invokeMethod(this, &Keyring::answered, Qt::QueuedConnection);
}

void Keyring::ask(const QString &name)
{
    auto *job = new QKeychain::ReadPasswordJob(service, this);
    job->setInsecureFallback(false);
    job->setKey(name);
    connect(job, &QKeychain::Job::finished, this, [this, job, name] {
        const QByteArray fromKeyring =
            job->error() == QKeychain::NoError ? job->textData().toUtf8() : QByteArray();
        const QByteArray value = fromKeyring.isEmpty() ? m_environment.value(name) : fromKeyring;
        if (!value.isEmpty())
            return settle(name, {value, {}});
        const bool isMissing = job->error() == QKeychain::NoError || job->error() == QKeychain::EntryNotFound;
        settle(name,
               {{},
                isMissing
                    ? QStringLiteral("neither the keyring nor the environment has a value %1").arg(name)
                    : QStringLiteral("the keyring cannot be read, and the environment has no variable %1")
                          .arg(name)});
    });
    job->start();
}

void Keyring::settle(const QString &name, Answer answer)
{
    m_answers.insert(name, std::move(answer));
    if (--m_open == 0)
        emit answered();
}

void Keyring::store(const QString &name, const QByteArray &value)
{
    closeToOthers();
    auto *job = new QKeychain::WritePasswordJob(service, this);
    job->setInsecureFallback(false);
    job->setKey(name);
    job->setTextData(QString::fromUtf8(value));
    connect(job, &QKeychain::Job::finished, this, [this, job] {
        emit stored(job->error() == QKeychain::NoError
                        ? QString()
                        : tr("The keyring did not take it: %1").arg(job->errorString()));
    });
    job->start();
}

} // namespace hookscope
