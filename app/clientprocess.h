#pragma once

#include "core/error.h"
#include "core/launch/clientenvironment.h"

#include <QByteArrayList>
#include <QObject>
#include <sys/resource.h>
#include <sys/types.h>
#include <vector>

namespace hookscope {

// What this process was started with and changes for itself; a command that it runs gets it back.
struct InheritedState {
    mode_t fileMask = 022;
    rlimit coreSize{};
    std::vector<int> descriptors; // open at the start, beside the standard ones

    // Before anything else in main().
    static InheritedState record();
};

// A command that is run as if by exec: standard streams, other descriptors, file mask and signals are those
// that this process was started with, and it stays in the terminal's foreground group. Signals sent to this
// process are sent on; those of the terminal reach the command by themselves. One at a time; main thread.
class ClientProcess final : public QObject {
    Q_OBJECT
public:
    explicit ClientProcess(InheritedState state, QObject *parent = nullptr);

    enum ExitCode { CannotExecute = 126, NotFound = 127 }; // as a shell's

    // From now on signals wait for start(), and after the command's end they end this process.
    void takeSignals();

    // The error is why it cannot be run; exitCode() is then one of the two above.
    Result<void> start(const QByteArrayList &command, const QList<VariableChange> &changes);

    int exitCode() const { return m_exitCode; }

signals:
    // exitCode() is the command's own, or 128 and the number of the signal that ended it.
    void ended();

private:
    void reap();

    InheritedState m_state;
    pid_t m_pid = 0;
    int m_pidFd = -1;
    int m_exitCode = 0;
};

} // namespace hookscope
