#include "app/runcommand.h"

#include "app/application.h"
#include "app/runcount.h"
#include "app/runningwindow.h"
#include "core/settings/settings.h"

#include <QCoreApplication>
#include <cstdio>
#include <memory>

namespace hookscope {

namespace {

// Not translated: scripts read what the command line says.
QString plain(const char *text)
{
    return QString::fromLatin1(text);
}

void say(const QString &text)
{
    std::fprintf(stderr, "hookscope: %s\n", qUtf8Printable(text));
}

// The proxy that a command uses: of the running window, or of this process.
struct Engine {
    std::unique_ptr<RunningWindow> window;
    std::unique_ptr<Application> own;
    LaunchInputs inputs;

    QString summary() const
    {
        if (own)
            return runSummary(own->totals().overall());
        const auto text = window->summary();
        return text.value_or(plain("the window was closed; what was used is not known"));
    }
};

Result<Engine> startEngine(const CommandLine &commandLine)
{
    Engine engine;
    if (!commandLine.needsOwnEngine)
        engine.window = RunningWindow::find(Application::configFolder(commandLine));
    if (engine.window) {
        if (const auto inputs = engine.window->attach(*commandLine.sandbox)) {
            engine.inputs = *inputs;
            say(plain("attached to the window's proxy on http://%1, as %2")
                    .arg(clientAuthority(inputs->host, inputs->port), inputs->sandbox));
            return engine;
        }
        engine.window.reset();
    }
    engine.own = std::make_unique<Application>(commandLine);
    if (const auto started = engine.own->start(); !started)
        return tl::unexpected(started.error());
    engine.inputs = engine.own->launchInputs();
    return engine;
}

// Codex has its base URL in its configuration alone.
bool isUnseen(const CommandLine &commandLine, const LaunchInputs &inputs)
{
    return !inputs.isIntercepting
        && commandLine.command.first().section(QLatin1Char('/'), -1) == QLatin1String("codex");
}

// With their hosts opened, clients are led here by the proxy variables alone.
void sayWhatWasUsed(const Engine &engine)
{
    const QString summary = engine.summary();
    if (engine.inputs.isIntercepting && summary == runSummary(UsageTotals::Overall())) {
        say(plain("a command that does not look at HTTPS_PROXY is not seen while the HTTPS of its hosts is "
                  "opened; Node "
                  "does from 22.21 and 24 on, and is seen by base URLs without --intercept"));
    }
    say(plain("%1: %2").arg(engine.inputs.sandbox, summary));
}

} // namespace

int runCommand(const CommandLine &commandLine, const QByteArrayList &command, const InheritedState &inherited)
{
    QCoreApplication::setApplicationName(QStringLiteral("hookscope"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HOOKSCOPE_VERSION));
    ClientProcess process(inherited);
    process.takeSignals();
    auto engine = startEngine(commandLine);
    if (!engine) {
        say(engine.error().text);
        return 1;
    }
    const ClientEnvironment environment = clientEnvironment(engine->inputs, currentEnvironment());
    for (const QString &warning : environment.warnings)
        say(warning);
    if (isUnseen(commandLine, engine->inputs)) {
        say(plain(
            "Codex reads no base URL from its environment: unless its config.toml leads it here, only the "
            "hosts and bytes of its connections are seen"));
    }
    QObject::connect(&process, &ClientProcess::ended, QCoreApplication::instance(),
                     [] { QCoreApplication::exit(0); });
    const auto started = process.start(command, environment.changes);
    if (started)
        QCoreApplication::exec();
    else
        say(started.error().text);
    if (engine->own)
        engine->own->stop();
    if (started)
        sayWhatWasUsed(*engine);
    return process.exitCode();
}

int printEnvironment(const CommandLine &commandLine)
{
    const Environment current = currentEnvironment();
    const Shell shell = commandLine.shell.value_or(shellOfUser(current.value(QStringLiteral("SHELL"))));
    QList<VariableChange> changes;
    if (commandLine.isUndo) {
        changes = undoEnvironment(current);
        if (changes.isEmpty())
            say(plain("nothing to take back: this environment has no variables of --print-env"));
    } else {
        const QString configDir = Application::configFolder(commandLine);
        const auto window = RunningWindow::find(configDir);
        auto inputs = window ? window->where() : std::nullopt;
        if (!inputs) {
            const auto settings = loadSettings(configDir + QStringLiteral("/settings.json"));
            if (!settings) {
                say(settings.error().text);
                return 1;
            }
            inputs.emplace();
            inputs->host = commandLine.listenHost ? QString::fromStdString(*commandLine.listenHost)
                                                  : settings->settings.listenHost;
            inputs->port = commandLine.listenPort.value_or(settings->settings.listenPort);
            say(plain("no window runs now; the lines are for a proxy on %1")
                    .arg(clientAuthority(inputs->host, inputs->port)));
        }
        inputs->sandbox = commandLine.sandbox.value_or(QString());
        const ClientEnvironment environment = clientEnvironment(*inputs, current);
        for (const QString &warning : environment.warnings)
            say(warning);
        changes = environment.changes;
    }
    std::fputs(qUtf8Printable(shellLines(shell, changes)), stdout);
    return std::fflush(stdout) == 0 ? 0 : 1;
}

} // namespace hookscope
