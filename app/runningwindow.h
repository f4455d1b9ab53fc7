#pragma once

#include "core/launch/clientenvironment.h"

#include <QLocalSocket>
#include <memory>

namespace hookscope {

// The window that runs for a configuration folder, as another process asks it (attachdesk.h). Waits for its
// answers, a few seconds at most: for processes without a window of their own. What it cannot answer is none.
class RunningWindow {
public:
    // Null if none runs, or it does not answer.
    static std::unique_ptr<RunningWindow> find(const QString &configDir);

    std::optional<LaunchInputs> where();
    std::optional<LaunchInputs> attach(const QString &label);
    std::optional<QString> summary();

private:
    RunningWindow() = default;
    std::optional<QByteArray> ask(const QByteArray &question);

    QLocalSocket m_socket;
};

} // namespace hookscope
