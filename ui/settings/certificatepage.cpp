#include "ui/settings/certificatepage.h"

#include "ui/settings/listfields.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGroupBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

namespace hookscope {

namespace {

constexpr int shownHosts = 8; // the others are scrolled to

QLabel *fact(const char *name)
{
    QLabel *label = plainNote(QString());
    label->setObjectName(QString::fromLatin1(name));
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

// In two lines, since it is wider than the window.
QString inTwoLines(const QString &fingerprint)
{
    const qsizetype half = fingerprint.size() / 2 + 1; // behind a colon
    return fingerprint.left(half) + QLatin1Char('\n') + fingerprint.mid(half);
}

} // namespace

CertificatePage::CertificatePage(QWidget *parent)
    : QWidget(parent)
    , m_none(plainNote(CertificatePage::tr(
          "There is no CA. It is made, for this installation alone, when you name a first host "
          "to look into (Network).")))
    , m_name(fact("caName"))
    , m_fingerprint(fact("caFingerprint"))
    , m_validity(fact("caValidity"))
    , m_path(fact("caPath"))
    , m_hosts(listEdit(QString()))
    , m_outcome(plainNote(QString()))
{
    m_outcome->setObjectName(QStringLiteral("caOutcome"));
    m_none->setObjectName(QStringLiteral("noCa"));
    m_there = factsPage();
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_none);
    layout->addWidget(m_there);
    layout->addWidget(m_outcome);
    layout->addStretch(1);
    show(std::nullopt);
}

QWidget *CertificatePage::factsPage()
{
    m_fingerprint->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_hosts->setReadOnly(true);
    m_hosts->setFixedHeight(m_hosts->fontMetrics().lineSpacing() * shownHosts + 16);
    m_hosts->setObjectName(QStringLiteral("caHosts"));
    m_hosts->setAccessibleName(tr("Hosts that the CA may vouch for"));
    auto *group = new QGroupBox(tr("The CA of this installation"));
    auto *form = new QFormLayout(group);
    form->addRow(plainNote(
        tr("What trusts it believes Hookscope for the hosts below and no others. The key never leaves "
           "this machine, and is for you alone.")));
    form->addRow(tr("Name:"), m_name);
    form->addRow(tr("SHA-256:"), m_fingerprint);
    form->addRow(tr("Valid until:"), m_validity);
    form->addRow(tr("File:"), m_path);
    form->addRow(tr("Hosts, and all\nbelow them:"), m_hosts);
    form->addRow(buttons());
    return group;
}

QWidget *CertificatePage::buttons()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [&](const QString &text, const char *name, const QString &toolTip, auto clicked) {
        auto *button = new QPushButton(text);
        button->setObjectName(QString::fromLatin1(name));
        button->setToolTip(toolTip);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, clicked);
        layout->addWidget(button);
    };
    add(tr("Copy &Path"), "copyCaPath", tr("Of the certificate, for what is told of it by hand"),
        &CertificatePage::copyPath);
    add(tr("E&xport…"), "exportCa", tr("The certificate without its key, to import it elsewhere"),
        &CertificatePage::exportFromDialog);
    layout->addStretch(1);
    add(tr("Re&new…"), "renewCa", tr("A new key and certificate; asks first"),
        &CertificatePage::renewRequested);
    add(tr("Re&move…"), "removeCa", tr("With all of Hookscope's that trusts it; asks first"),
        &CertificatePage::removeRequested);
    return row;
}

void CertificatePage::show(const std::optional<CaFacts> &facts)
{
    m_facts = facts;
    m_none->setVisible(!facts);
    m_there->setVisible(facts.has_value());
    if (!facts)
        return;
    m_name->setText(facts->name);
    m_fingerprint->setText(inTwoLines(facts->fingerprint));
    const qint64 days = QDateTime::currentDateTimeUtc().daysTo(facts->notAfter);
    m_validity->setText(tr("%1 (%2 days)")
                            .arg(QLocale().toString(facts->notAfter.toLocalTime(), QLocale::LongFormat))
                            .arg(QLocale().toString(days)));
    m_path->setText(facts->path);
    m_hosts->setPlainText(facts->hosts.join(QLatin1Char('\n')));
}

void CertificatePage::showNews(const QString &text)
{
    m_outcome->setText(text);
}

void CertificatePage::copyPath()
{
    if (!m_facts)
        return;
    QGuiApplication::clipboard()->setText(m_facts->path);
    m_outcome->setText(tr("The path is on the clipboard."));
}

void CertificatePage::exportFromDialog()
{
    auto *dialog = new QFileDialog(this, tr("Export the Certificate"), QDir::homePath(),
                                   tr("Certificates (*.pem *.crt)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pem"));
    dialog->selectFile(QStringLiteral("hookscope-ca.pem"));
    connect(dialog, &QFileDialog::fileSelected, this, &CertificatePage::exportTo);
    dialog->open();
}

void CertificatePage::exportTo(const QString &path)
{
    if (!m_facts)
        return;
    QSaveFile file(path);
    const bool isWritten =
        file.open(QIODevice::WriteOnly) && file.write(m_facts->pem) == m_facts->pem.size() && file.commit();
    m_outcome->setText(isWritten ? tr("The certificate is in %1, without its key.").arg(path)
                                 : tr("%1 cannot be written: %2.").arg(path, file.errorString()));
}

} // namespace hookscope
