#include "app/runningwindow.h"

#include "app/attachdesk.h"
#include "app/instancelock.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

namespace hookscope {

namespace {

constexpr int connectMs = 1000;
constexpr int answerMs = 3000;

} // namespace

std::unique_ptr<RunningWindow> RunningWindow::find(const QString &configDir)
{
    std::unique_ptr<RunningWindow> window(new RunningWindow);
    window->m_socket.connectToServer(InstanceLock::socketName(configDir));
    return window->m_socket.waitForConnected(connectMs) ? std::move(window) : nullptr;
}

std::optional<QByteArray> RunningWindow::ask(const QByteArray &question)
{
    const QDeadlineTimer deadline(answerMs);
    m_socket.write(question + '\n');
    m_socket.flush();
    while (!m_socket.canReadLine()) {
        if (deadline.hasExpired() || !m_socket.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            return std::nullopt;
    }
    return m_socket.readLine().trimmed();
}

std::optional<LaunchInputs> RunningWindow::where()
{
    const auto answer = ask("where");
    return answer ? launchInputsFromJson(*answer) : std::nullopt;
}

std::optional<LaunchInputs> RunningWindow::attach(const QString &label)
{
    const auto answer = ask("attach " + QUrl::toPercentEncoding(label));
    return answer ? launchInputsFromJson(*answer) : std::nullopt;
}

std::optional<QString> RunningWindow::summary()
{
    const auto answer = ask("summary");
    const QJsonValue text =
        QJsonDocument::fromJson(answer.value_or(QByteArray())).object().value(QStringLiteral("summary"));
    return text.isString() ? std::optional(text.toString()) : std::nullopt;
}

} // namespace hookscope
