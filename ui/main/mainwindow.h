#pragma once

#include "core/error.h"
#include "core/events/budgetevent.h"
#include "core/events/delivery.h"
#include "core/events/eventlog.h"
#include "core/events/sessions.h"
#include "core/hooks/deliverypreview.h"
#include "core/hooks/hookregistry.h"
#include "core/launch/attachcheck.h"
#include "core/launch/clientenvironment.h"
#include "core/launch/trustresult.h"
#include "core/replay/replayplan.h"
#include "core/settings/settings.h"
#include "core/tls/cafacts.h"
#include "core/usage/usageseries.h"
#include "core/usage/usagetotals.h"

#include <QMainWindow>
#include <memory>

namespace hookscope {

class SessionWindow;

// The window: docks and actions only; what is in them lives in the other ui rooms. Main thread. It
// reads the log, the totals and the registry, and changes only the registry; all else it asks for by
// signals, which app/pipeline connects.
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    struct Context {
        EventLog &log;
        UsageTotals &totals;
        UsageSeries &series;
        HookRegistry &registry;
        Settings &settings; // changed in place by the settings dialog, then settingsChanged()
        QString windowStatePath; // geometry, columns: an .ini file
        bool usesDesktop = false; // tray, notifications and colours of the desktop's session
        QString offeredProxy = {}; // an upstream proxy that the environment names; empty: none
        QString knownEffectsPath = {}; // what hooks may do without being asked about; empty: everything
        PreviewMaker previewMaker = {}; // what a hook would deliver; without it there are no previews
    };

    explicit MainWindow(const Context &context, QWidget *parent = nullptr);
    ~MainWindow() override;

    // Opens that hook set into the editor and the registry; false if it could not be read (the reason
    // is shown in the window). Unless the user asked for that very file, hooks that would do what is new on this
    // machine are off until they agree.
    bool openHookSet(const QString &path, bool isAskedFor = true);

public slots:
    void showListening(const QString &host, quint16 port, const QString &note); // note: e.g. a taken port
    void showLaunchInputs(const hookscope::LaunchInputs &inputs); // as it changes: what clients are told
    void showAttachCheck(const hookscope::AttachCheck &check);
    // The CA that there is now; `wasMade`: since this was last called, so that who trusted the earlier one, if
    // there was one, has to be told.
    void showCertificate(const std::optional<hookscope::CaFacts> &facts, bool wasMade);
    void addTrustResult(const hookscope::TrustResult &result);
    void showTrustReport(const hookscope::TrustReport &report);
    void showDeliveryCounts(const QString &hookName, const hookscope::DeliveryCounts &counts);
    void showHookNotification(const QString &hookName, const QString &text);
    void showAttempts(const QList<hookscope::DeliveryAttempt> &attempts);
    void showDead(const QList<hookscope::DeadLetter> &letters);
    void showHookOutcomes(const QList<hookscope::HookOutcome> &outcomes);
    void showTestResult(const hookscope::TestResult &result);
    void showHookGone(const QString &hookName); // its receiver wants no more: it is switched off
    void showOutboxState(const hookscope::OutboxState &state);
    void showBudget(const hookscope::BudgetEvent &event); // in the window, and by the desktop if that is set
    void showReplayFault(const QString &text);
    void showSettingsFault(const QString &text); // why a setting could not be put into effect
    void bringToFront();
    void showRestored(const hookscope::ReadSummary &summary);
    void showHistoryFault(const QString &text);
    void showHistoryRecovered();
    void showHistoryLeftOut(quint64 events);
    void showSessions(const QList<hookscope::SessionInfo> &sessions);
    void showSessionSaved(const QString &name, const QString &fault);
    void showSessionRemoved(const QString &name, const QString &fault);
    void showFollowed(const hookscope::FollowedFile &file);

signals:
    void testFireRequested(const hookscope::Hook &hook);
    void deadListRequested(const hookscope::DeadLetterChoice &choice, int limit);
    void resendDeadRequested(const hookscope::DeadLetterChoice &choice);
    void discardDeadRequested(const hookscope::DeadLetterChoice &choice);
    void resendRequested(const QString &hookName, const QByteArray &webhookId, const hookscope::DeliveryMark &mark,
                         const QByteArray &json);
    void attachTestRequested(); // showAttachCheck() takes what comes of it
    void trustCheckRequested(); // addTrustResult(), and at last showTrustReport()
    void settingsChanged();
    void certificateRenewRequested(); // the person agreed; showCertificate() tells what came of it
    void certificateRemoveRequested(); // the same; `intercept` is empty then
    void secretStoreRequested(const QString &name, const QString &value); // into the keyring
    void secretStored(const QString &fault);
    void logCleared();
    void sessionListRequested();
    void sessionSaveRequested(const QString &name);
    void sessionRemoveRequested(const QString &name);
    void sessionOpened(hookscope::SessionWindow *window, const QString &name); // it waits to be filled
    void followRequested(const QString &path);
    void unfollowRequested(const QString &path);
    // The person wants that request sent once more; `credentials` are for the plan's.
    void replayRequested(const hookscope::ReplayPlan &plan, const std::vector<std::string> &credentials);
    void keepBodiesChanged(bool keeps); // from now on, by the settings or for this session

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace hookscope
