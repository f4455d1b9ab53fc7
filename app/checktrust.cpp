#include "app/checktrust.h"

#include "app/application.h"
#include "app/runningwindow.h"
#include "core/launch/trustcheck.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <cstdio>

namespace hookscope {

namespace {

// Not translated: scripts read it.
const char *wordOf(TrustResult::State state)
{
    switch (state) {
    case TrustResult::State::Accepts:
        return "accepts";
    case TrustResult::State::Refuses:
        return "refuses";
    case TrustResult::State::NotInstalled:
        return "not installed";
    case TrustResult::State::NotTried:
        return "not tried";
    }
    return "";
}

void print(const TrustResult &result)
{
    const QString words = visible(result.words);
    std::printf("%s: %s%s%s\n", qUtf8Printable(result.program), wordOf(result.state),
                words.isEmpty() ? "" : ": ", qUtf8Printable(words));
    std::fflush(stdout);
}

void say(const QString &text)
{
    std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
}

} // namespace

int checkTrust(const CommandLine &commandLine)
{
    QCoreApplication::setApplicationName(QStringLiteral("hookscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HOOKSCOPE_VERSION));
    std::optional<LaunchInputs> inputs;
    std::unique_ptr<Application> own;
    if (!commandLine.needsOwnEngine) {
        if (const auto window = RunningWindow::find(Application::configFolder(commandLine)))
            inputs = window->where();
    }
    if (!inputs) {
        own = std::make_unique<Application>(commandLine);
        if (const auto started = own->start(); !started) {
            say(started.error().text);
            return 1;
        }
        inputs = own->launchInputs();
    }
    TrustCheck check;
    check.setInputs(*inputs);
    int exitCode = 0;
    QObject::connect(
        &check, &TrustCheck::finished, QCoreApplication::instance(), [&](const TrustReport &report) {
            for (const TrustResult &result : report.results) {
                print(result);
                if (result.state == TrustResult::State::Refuses)
                    exitCode = 1;
            }
            if (!report.fault.isEmpty()) {
                say(report.fault);
                exitCode = 1;
            }
            QMetaObject::invokeMethod(
                QCoreApplication::instance(), [] { QCoreApplication::exit(0); }, Qt::QueuedConnection);
        });
    QMetaObject::invokeMethod(&check, &TrustCheck::run, Qt::QueuedConnection);
    QCoreApplication::exec();
    if (own)
        own->stop();
    return exitCode;
}

} // namespace hookscope
