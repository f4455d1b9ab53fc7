#include "ui/settings/secretspage.h"

#include "core/settings/policyjson.h"
#include "ui/settings/listfields.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace hookscope {

SecretsPage::SecretsPage(QWidget *parent)
    : QWidget(parent)
    , m_secrets(listEdit(QStringLiteral("OPENAI_API_KEY:api.openai.com")))
    , m_sandboxes(listEdit(QStringLiteral("OPENAI_API_KEY:claude")))
    , m_name(new QLineEdit)
    , m_value(new QLineEdit)
    , m_store(new QPushButton(tr("Put into the &Keyring")))
    , m_outcome(plainNote(QString()))
{
    m_secrets->setObjectName(QStringLiteral("secrets"));
    m_sandboxes->setObjectName(QStringLiteral("secretSandboxes"));
    auto *group = new QGroupBox(tr("Secrets (takes effect at once, for new requests)"));
    auto *form = new QFormLayout(group);
    form->addRow(plainNote(tr(
        "Hookscope puts a secret into requests to its host, over TLS, so that clients need not have it. One "
        "a "
        "line: NAME:HOST, or NAME:HOST:HEADER (Authorization unless named). Only requests of the sandboxes "
        "that you list get it, one NAME:LABEL a line.")));
    form->addRow(tr("&Secrets:"), m_secrets);
    form->addRow(tr("&For sandboxes:"), m_sandboxes);

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(group);
    layout->addWidget(keyringGroup());
    layout->addStretch(1);

    for (const QPlainTextEdit *edit : {m_secrets, m_sandboxes})
        connect(edit, &QPlainTextEdit::textChanged, this, &SecretsPage::changed);
}

QWidget *SecretsPage::keyringGroup()
{
    m_name->setObjectName(QStringLiteral("secretName"));
    m_name->setPlaceholderText(QStringLiteral("OPENAI_API_KEY"));
    m_value->setObjectName(QStringLiteral("secretValue"));
    m_value->setEchoMode(QLineEdit::Password);
    m_store->setObjectName(QStringLiteral("storeSecret"));
    m_store->setAutoDefault(false);
    m_outcome->setObjectName(QStringLiteral("secretOutcome"));

    auto *group = new QGroupBox(tr("Value"));
    auto *form = new QFormLayout(group);
    form->addRow(
        plainNote(tr("Values are kept in the desktop's keyring and nowhere else. Without a keyring, start "
                     "Hookscope with an environment variable of that name.")));
    form->addRow(tr("Na&me:"), m_name);
    form->addRow(tr("&Value:"), m_value);
    form->addRow(QString(), m_store);
    form->addRow(m_outcome);
    connect(m_name, &QLineEdit::textChanged, this, &SecretsPage::updateButton);
    connect(m_value, &QLineEdit::textChanged, this, &SecretsPage::updateButton);
    connect(m_store, &QPushButton::clicked, this, &SecretsPage::store);
    updateButton();
    return group;
}

void SecretsPage::updateButton()
{
    const QString name = m_name->text().trimmed();
    const QString fault = m_value->text().isEmpty() ? QString() : faultOfSecretValue(m_value->text());
    const bool isName =
        policy::parseSecretBinding((name + QStringLiteral(":localhost")).toStdString()).has_value();
    m_store->setEnabled(isName && fault.isEmpty() && !m_value->text().isEmpty());
    m_outcome->setText(fault.isEmpty() ? QString() : tr("This cannot be injected: %1.").arg(fault));
}

void SecretsPage::store()
{
    const QString value = m_value->text();
    m_value->clear();
    emit storeRequested(m_name->text().trimmed(), value);
}

void SecretsPage::showStored(const QString &fault)
{
    m_outcome->setText(fault.isEmpty() ? tr("It is in the keyring.") : fault);
}

void SecretsPage::fill(const Settings &settings)
{
    m_secrets->setPlainText(settings.secrets.join(QLatin1Char('\n')));
    m_sandboxes->setPlainText(settings.secretSandboxes.join(QLatin1Char('\n')));
}

void SecretsPage::apply(Settings &settings) const
{
    settings.secrets = linesOf(*m_secrets);
    settings.secretSandboxes = linesOf(*m_sandboxes);
}

} // namespace hookscope
