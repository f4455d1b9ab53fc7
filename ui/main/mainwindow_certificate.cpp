#include "core/http/domain.h"
#include "core/launch/cabundle.h"
#include "core/policy/interceptpattern.h"
#include "ui/live/exchangedetail.h"
#include "ui/live/livepage.h"
#include "ui/live/liveview.h"
#include "ui/main/mainwindow_p.h"
#include "ui/main/messagearea.h"
#include "ui/settings/settingsdialog.h"
#include "ui/text/visible.h"

#include <QAction>
#include <QFile>
#include <QItemSelectionModel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSet>
#include <algorithm>

// Whose HTTPS is opened, chosen at a tunnel's row, and the CA that this needs.
namespace hookscope {

namespace {

constexpr qsizetype mostClients = 8; // that are named

QString certificateKey()
{
    return QStringLiteral("certificate");
}

QString hostKey()
{
    return QStringLiteral("openHost");
}

QString settingsKey()
{
    return QStringLiteral("settings");
}

bool isAlive(std::uint32_t pid)
{
    return pid != 0 && QFile::exists(QStringLiteral("/proc/%1").arg(pid));
}

// As the settings have it; empty if it is no host that can be opened.
QString patternFor(const std::string &host)
{
    const auto pattern = policy::parseInterceptPattern(host);
    return pattern ? QString::fromStdString(*pattern) : QString();
}

// Of the setting's entries those that say no more than that host.
QStringList namesOf(const QStringList &intercept, const QString &host)
{
    QStringList names;
    std::copy_if(intercept.begin(), intercept.end(), std::back_inserter(names),
                 [&](const QString &entry) { return patternFor(entry.toStdString()) == host; });
    return names;
}

QMessageBox *question(QWidget *parent, const char *name, const QString &text, const QString &more)
{
    auto *box = new QMessageBox(QMessageBox::Question, QString(), text, QMessageBox::Cancel, parent);
    box->setObjectName(QString::fromLatin1(name));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(parent->windowTitle());
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(more);
    box->setDefaultButton(QMessageBox::Cancel);
    return box;
}

} // namespace

// Also among the table's own actions, and in the detail pane: there while a tunnel's row is selected whose
// host can be opened, or is opened by its name alone.
void MainWindow::Private::addOpenHostAction(QMenu *menu)
{
    LiveView *view = &livePage->view();
    openHostAction = new QAction(this);
    openHostAction->setObjectName(QStringLiteral("openHost"));
    openHostAction->setVisible(false);
    connect(openHostAction, &QAction::triggered, this, &Private::chooseHost);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &Private::updateOpenHostAction);
    view->addAction(openHostAction);
    menu->addAction(openHostAction);
    detail->setHostAction(openHostAction);
}

void MainWindow::Private::updateOpenHostAction()
{
    const QModelIndexList selected = livePage->view().selectionModel()->selectedRows();
    const RecordView record =
        selected.size() == 1 ? livePage->model().recordAt(selected.first().row()) : RecordView();
    const QString host =
        record && record->isTunnel ? patternFor(std::string(record.strings->text(record->host))) : QString();
    const bool isNamed = !namesOf(context.settings.intercept, host).isEmpty();
    openHostAction->setData(host);
    openHostAction->setVisible(!host.isEmpty() && (isNamed || !isOpened(launch, host)));
    openHostAction->setText(isNamed ? tr("Do Not O&pen This Host Any More") : tr("O&pen This Host"));
    openHostAction->setToolTip(isNamed ? tr("Tunnels to %1 pass unread again").arg(host)
                                       : tr("Look into the HTTPS of %1 from now on").arg(host));
}

void MainWindow::Private::chooseHost()
{
    const QString host = openHostAction->data().toString();
    if (namesOf(context.settings.intercept, host).isEmpty())
        openHost(host);
    else
        closeHost(host);
    updateOpenHostAction();
}

void MainWindow::Private::openHost(const QString &host)
{
    const bool wasIntercepting = launch.isIntercepting;
    QString news;
    messages->close(settingsKey());
    messages->close(certificateKey());
    {
        const QScopedValueRollback<QString *> collecting(certificateNews, &news);
        const Settings before = context.settings;
        context.settings.intercept.append(host);
        notePossibleSettingsChange(before);
    }
    if (!messages->text(settingsKey()).isEmpty())
        return; // which says why it is not so
    if (news.isEmpty())
        news = wasIntercepting ? tr("What trusts the CA already needs nothing more.") : restartText();
    messages->show(
        hostKey(), MessageArea::Weight::Note,
        tr("New HTTPS connections to %1 are opened from now on, and what is in them gets rows of its own.")
                .arg(host)
            + QLatin1Char(' ') + news);
}

void MainWindow::Private::closeHost(const QString &host)
{
    const Settings before = context.settings;
    for (const QString &name : namesOf(before.intercept, host))
        context.settings.intercept.removeAll(name);
    notePossibleSettingsChange(before);
    messages->show(
        hostKey(), MessageArea::Weight::Note,
        isOpened(launch, host)
            ? tr("%1 is no longer named, but is opened by another entry or by the command line.").arg(host)
            : tr("New connections to %1 pass unread from now on.").arg(host));
}

void MainWindow::Private::takeCertificate(const std::optional<CaFacts> &facts, bool wasMade)
{
    const std::optional<CaFacts> earlier = std::exchange(certificate, facts);
    if (settingsDialog)
        settingsDialog->showCertificate(facts);
    if (!facts || !wasMade)
        return;
    const QString news = (earlier ? whyMadeAnew(*earlier) : tr("A CA was made for this installation."))
        + QLatin1Char(' ') + restartText();
    if (certificateNews)
        *certificateNews = news;
    else
        tellOfCertificate(news);
}

// Also where it was asked for, which is in front of the window.
void MainWindow::Private::tellOfCertificate(const QString &text)
{
    messages->show(certificateKey(), MessageArea::Weight::Note, text);
    if (settingsDialog)
        settingsDialog->showCertificateNews(text);
}

QString MainWindow::Private::whyMadeAnew(const CaFacts &earlier) const
{
    for (const QString &entry : std::as_const(context.settings.intercept)) {
        const QString pattern = patternFor(entry.toStdString());
        const std::string name =
            (pattern.startsWith(QLatin1String("*.")) ? pattern.mid(2) : pattern).toStdString();
        const bool isPermitted = pattern == QLatin1String("llm")
            || std::any_of(earlier.hosts.begin(), earlier.hosts.end(), [&](const QString &host) {
                                     return http::isWithinDomain(name, host.toStdString());
                                 });
        if (!isPermitted)
            return tr("The CA was made anew, because %1 is outside of the hosts that the earlier one was "
                      "limited to.")
                .arg(pattern);
    }
    return tr("The CA was made anew.");
}

// Those that run, and had tunnels that are, or would now be, opened.
QStringList MainWindow::Private::runningClients() const
{
    QStringList clients;
    QSet<std::uint32_t> settled; // named, or gone: nothing is asked twice
    for (EventLog::Sequence i = context.log.begin(); i < context.log.end(); ++i) {
        const Record *record = context.log.record(i);
        if (!record || !record->isTunnel || record->isRestored || settled.contains(record->pid))
            continue;
        const Strings &strings = context.log.strings();
        const bool isGone = !isAlive(record->pid);
        if (!isGone && !isOpened(launch, QString::fromStdString(std::string(strings.text(record->host)))))
            continue;
        settled.insert(record->pid);
        if (!isGone)
            clients.append(
                tr("%1 (process %2)").arg(visible(strings.text(record->process))).arg(record->pid));
    }
    return clients;
}

QString MainWindow::Private::restartText() const
{
    QStringList clients = runningClients();
    if (clients.isEmpty())
        return tr("Programs trust it that are started from now on with hookscope --run or from the connect "
                  "page; those "
                  "that run have to be started again.");
    const qsizetype more = clients.size() - mostClients;
    if (more > 0)
        clients = clients.first(mostClients) << tr("%1 more").arg(more);
    return tr("To trust it, these have to be started again, with hookscope --run or from the connect page: "
              "%1.")
        .arg(clients.join(QStringLiteral(", ")));
}

void MainWindow::Private::askToRenew(QWidget *parent)
{
    QMessageBox *box = question(parent, "renewQuestion", tr("Put a new CA in the place of this one?"),
                                tr("The hosts stay the same. Connections that are open go on; new ones of "
                                   "programs that know only the "
                                   "present CA fail until these are started again, and where you imported it "
                                   "by hand, the new one has "
                                   "to be imported."));
    const auto *renew = box->addButton(tr("Renew"), QMessageBox::AcceptRole);
    connect(renew, &QAbstractButton::clicked, &q, &MainWindow::certificateRenewRequested);
    box->open();
}

void MainWindow::Private::askToRemove(QWidget *parent)
{
    QMessageBox *box = question(parent, "removeQuestion", tr("Remove the CA and what trusts it?"),
                                tr("Its key, its certificate and the bundle for clients are deleted, and no "
                                   "HTTPS is opened any more: the list of "
                                   "hosts becomes empty. Connections that are open stay so until they end."));
    const auto *remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QAbstractButton::clicked, this, &Private::removeCertificate);
    box->open();
}

void MainWindow::Private::removeCertificate()
{
    if (!certificate)
        return;
    const CaFacts removed = *certificate;
    const QStringList clients = runningClients();
    messages->close(settingsKey());
    messages->close(hostKey());
    const Settings before = context.settings;
    context.settings.intercept.clear();
    notePossibleSettingsChange(before);
    if (settingsDialog)
        settingsDialog->forgetIntercept();
    emit q.certificateRemoveRequested();
    if (certificate)
        return; // it was said why it is still there
    QStringList sentences{
        tr("The CA is removed, and no HTTPS is opened any more."),
        tr("Programs and terminals that were started with its variables have to be started again, since "
           "these name files "
           "that are gone; in a shell, eval \"$(hookscope --print-env --undo)\" takes them back."),
        isSystemCertificate(removed.pem)
            ? tr("It is also among the system's certificates: delete it from "
                 "/usr/local/share/ca-certificates, and run "
                 "update-ca-certificates.")
            : tr("Where you imported it by hand, in a browser say, take out “%1”.").arg(removed.name)};
    if (!clients.isEmpty())
        sentences.insert(
            2,
            tr("These run: %1.")
                .arg(clients.first(std::min(clients.size(), mostClients)).join(QStringLiteral(", "))));
    tellOfCertificate(sentences.join(QLatin1Char(' ')));
}

void MainWindow::showCertificate(const std::optional<CaFacts> &facts, bool wasMade)
{
    d->takeCertificate(facts, wasMade);
}

} // namespace hookscope
