#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <memory>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace hookscope {

class UsageTotals;

// The icon in the desktop's tray, where there is one: state and today's spend as its tool tip and on top
// of its menu. It is another way to the window and never the only one: closing the window ends the
// program as it does without. Main thread.
class TrayIcon final : public QObject {
    Q_OBJECT
public:
    // pause: the table's action, which the menu shows as well.
    TrayIcon(UsageTotals &totals, QAction *pause, QObject *parent = nullptr);
    ~TrayIcon() override;

    void setWanted(bool wanted); // shown if there is a tray
    bool isShown() const;
    void setState(const QString &text); // one line, such as where the proxy listens
    QString toolTip() const;
    QMenu &menu() const { return *m_menu; }

public slots:
    void showMessage(const QString &title, const QString &text); // if it is shown

signals:
    void showRequested();
    void quitRequested();

private:
    void schedule();
    void refresh();

    UsageTotals &m_totals;
    std::unique_ptr<QMenu> m_menu;
    std::unique_ptr<QSystemTrayIcon> m_icon; // only while wanted
    QAction *m_stateLine;
    QAction *m_spendLine;
    QTimer m_rest;
    QTimer m_minute; // for the day's end
    QString m_state;
};

} // namespace hookscope
