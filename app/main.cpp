#include "app/application.h"
#include "app/approveprograms.h"
#include "app/checktrust.h"
#include "app/clientprocess.h"
#include "app/commandline.h"
#include "app/givenup.h"
#include "app/runcommand.h"
#include "app/storesecret.h"

#include <QApplication>
#include <QSocketNotifier>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>
#include <unistd.h>

namespace {

int signalPipe[2] = {-1, -1};

// A second signal ends the program at once: the user has waited long enough.
void onSignal(int number)
{
    static volatile std::sig_atomic_t count = 0;
    count = count + 1;
    if (count > 1)
        ::_exit(128 + number);
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[1], &byte, 1);
}

void quitOnSignals(QCoreApplication &app)
{
    if (::pipe(signalPipe) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &app);
    // Not quit(), which asks the windows: one with unsaved hooks would wait for an answer.
    // Once: the byte stays in the pipe, and would end the wait for the last deliveries as well.
    QObject::connect(notifier, &QSocketNotifier::activated, &app, [notifier] {
        notifier->setEnabled(false);
        QCoreApplication::exit(0);
    });
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGPIPE, SIG_IGN); // a reader of our output that leaves must not end the traffic,
    std::signal(SIGXFSZ, SIG_IGN); // nor a file hook that reaches the limit of file sizes
}

// Qt ends the process by abort() if it cannot open the display, after lines of its own about plugins:
// what it says until the window system is there is held back, and dropped if one sentence says it better.
QStringList heldMessages;
bool isHoldingMessages = true;

void handleMessage(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtFatalMsg && isHoldingMessages) {
        const QString display = qEnvironmentVariable("DISPLAY", qEnvironmentVariable("WAYLAND_DISPLAY"));
        std::fprintf(stderr,
                     "hookscope: Cannot open a window: the display \"%s\" cannot be reached. Use --headless to run "
                     "without one.\n",
                     qUtf8Printable(display));
        ::_exit(1);
    }
    if (isHoldingMessages)
        heldMessages.append(message);
    else
        std::fprintf(stderr, "%s\n", qUtf8Printable(message));
}

void showHeldMessages()
{
    isHoldingMessages = false;
    for (const QString &message : std::as_const(heldMessages))
        std::fprintf(stderr, "%s\n", qUtf8Printable(message));
    heldMessages.clear();
}

bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int fail(int code, const QString &text)
{
    std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
    return code;
}

int run(QCoreApplication &app, const hookscope::CommandLine &commandLine)
{
    QCoreApplication::setApplicationName(QStringLiteral("hookscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HOOKSCOPE_VERSION));
    quitOnSignals(app);
    hookscope::Application application(commandLine);
    const auto started = application.start();
    if (!started)
        return fail(1, started.error().text);
    if (*started == hookscope::Application::Start::OtherInstanceRaised) {
        fail(0, QStringLiteral("already running; its window was asked to come to the front."));
        return 0;
    }
    const int code = QCoreApplication::exec();
    application.stop();
    return code;
}

} // namespace

int main(int argc, char *argv[])
{
    // What is written here is the user's alone, and a core dump would hold the clients' credentials.
    const auto inherited = hookscope::InheritedState::record();

    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto commandLine = hookscope::parseCommandLine(arguments);
    if (!commandLine)
        return fail(2, commandLine.error().text);
    const rlimit noCore{0, commandLine->command.isEmpty() ? 0 : inherited.coreSize.rlim_max};
    ::setrlimit(RLIMIT_CORE, &noCore); // a command gets it back, which a hard limit of 0 would not allow
    if (commandLine->action == hookscope::CommandLine::Action::ShowVersion) {
        std::puts("hookscope " HOOKSCOPE_VERSION);
        return 0;
    }
    if (commandLine->action == hookscope::CommandLine::Action::StoreSecret) {
        QCoreApplication app(argc, argv);
        return hookscope::storeSecret(commandLine->storedSecret);
    }
    if (commandLine->action == hookscope::CommandLine::Action::ApprovePrograms) {
        const QCoreApplication app(argc, argv);
        return hookscope::approvePrograms(commandLine->approvedSet, hookscope::Application::configFolder(*commandLine));
    }
    if (commandLine->action == hookscope::CommandLine::Action::ListGivenUp) {
        const QCoreApplication app(argc, argv);
        return hookscope::listGivenUp(commandLine->givenUp, hookscope::Application::dataFolder(*commandLine));
    }
    if (commandLine->action == hookscope::CommandLine::Action::ResendGivenUp) {
        const QCoreApplication app(argc, argv);
        return hookscope::resendGivenUp(commandLine->givenUp, hookscope::Application::dataFolder(*commandLine));
    }
    if (commandLine->action == hookscope::CommandLine::Action::ShowHelp) {
        std::fputs(qUtf8Printable(hookscope::commandLineHelp()), stdout);
        return 0;
    }
    if (commandLine->action == hookscope::CommandLine::Action::PrintEnvironment) {
        const QCoreApplication app(argc, argv);
        return hookscope::printEnvironment(*commandLine);
    }
    if (commandLine->action == hookscope::CommandLine::Action::CheckTrust) {
        const QCoreApplication app(argc, argv);
        return hookscope::checkTrust(*commandLine);
    }
    if (commandLine->action == hookscope::CommandLine::Action::RunCommand) {
        const QByteArrayList words(argv + argc - commandLine->command.size(), argv + argc);
        const QCoreApplication app(argc, argv);
        return hookscope::runCommand(*commandLine, words, inherited);
    }
    if (commandLine->isHeadless) {
        QCoreApplication app(argc, argv);
        return run(app, *commandLine);
    }
    if (!hasDisplay()) {
        return fail(1, QStringLiteral("Cannot open a window: there is no display (DISPLAY and WAYLAND_DISPLAY are "
                                      "not set). Use --headless to run without one."));
    }
    qInstallMessageHandler(handleMessage);
    QApplication app(argc, argv);
    showHeldMessages();
    QGuiApplication::setDesktopFileName(QStringLiteral("org.hookscope.Hookscope"));
    return run(app, *commandLine);
}
