#include "ui/desktop/trayicon.h"

#include "core/usage/usagetotals.h"
#include "ui/text/amounts.h"
#include "ui/usage/totalsmodel.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QIcon>
#include <QMenu>
#include <QSystemTrayIcon>

namespace hookscope {

namespace {

constexpr int restMs = 1000;
constexpr int minuteMs = 60'000;

QString spendText(const UsageTotals &totals)
{
    const QDate today = totals.dayOf(QDateTime::currentMSecsSinceEpoch() * 1000);
    const auto found = totals.days().find(today);
    const UsageSums sums = found != totals.days().end() ? found->second : UsageSums();
    return TrayIcon::tr("Today %1, %2 LLM calls").arg(costSumText(sums), countText(sums.calls));
}

} // namespace

TrayIcon::TrayIcon(UsageTotals &totals, QAction *pause, QObject *parent)
    : QObject(parent)
    , m_totals(totals)
    , m_menu(std::make_unique<QMenu>())
    , m_stateLine(m_menu->addAction(QString()))
    , m_spendLine(m_menu->addAction(QString()))
{
    m_stateLine->setEnabled(false);
    m_spendLine->setEnabled(false);
    m_menu->addSeparator();
    m_menu->addAction(tr("&Show Hookscope"), this, &TrayIcon::showRequested);
    m_menu->addAction(pause);
    m_menu->addSeparator();
    m_menu->addAction(tr("&Quit"), this, &TrayIcon::quitRequested);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    m_minute.setInterval(minuteMs);
    connect(&m_totals, &UsageTotals::changed, this, &TrayIcon::schedule);
    connect(&m_rest, &QTimer::timeout, this, &TrayIcon::refresh);
    connect(&m_minute, &QTimer::timeout, this, &TrayIcon::refresh);
    connect(m_menu.get(), &QMenu::aboutToShow, this, &TrayIcon::refresh);
    refresh();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::setWanted(bool wanted)
{
    if (!wanted || !QSystemTrayIcon::isSystemTrayAvailable()) {
        m_icon.reset();
        m_minute.stop();
        return;
    }
    if (m_icon)
        return;
    m_icon = std::make_unique<QSystemTrayIcon>(QApplication::windowIcon());
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon.get(), &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                    emit showRequested();
            });
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &TrayIcon::showRequested);
    refresh();
    m_icon->show();
    m_minute.start();
}

bool TrayIcon::isShown() const
{
    return m_icon && m_icon->isVisible();
}

void TrayIcon::setState(const QString &text)
{
    m_state = text;
    refresh();
}

QString TrayIcon::toolTip() const
{
    return QStringLiteral("Hookscope\n%1\n%2").arg(m_stateLine->text(), m_spendLine->text());
}

void TrayIcon::showMessage(const QString &title, const QString &text)
{
    if (isShown())
        m_icon->showMessage(title, text, QApplication::windowIcon());
}

void TrayIcon::schedule()
{
    if (m_icon && !m_rest.isActive())
        m_rest.start();
}

void TrayIcon::refresh()
{
    const quint64 running = m_totals.overall().inFlight;
    m_stateLine->setText(running == 0 ? m_state : tr("%1, %2 in flight").arg(m_state, countText(running)));
    m_spendLine->setText(spendText(m_totals));
    if (m_icon)
        m_icon->setToolTip(toolTip());
}

} // namespace hookscope
