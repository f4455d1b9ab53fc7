#pragma once

#include <QObject>
#include <cstdint>
#include <string>
#include <string_view>

class QSocketNotifier;

namespace hookscope {

// Writes lines to a descriptor that others share (stderr) and never waits for its reader: what a
// stalled pipe or terminal does not take waits here, at most backlogLimit bytes; further lines are left
// out, and a line says how many once there is room. The descriptor's own flags are left alone.
class AuditSink final : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t backlogLimit = 1024 * 1024;

    // fd: not owned; -1 writes none.
    explicit AuditSink(int fd, QObject *parent = nullptr);
    ~AuditSink() override;

    // Puts a line (without its end) behind the others; false if it was left out.
    bool append(std::string_view line);

    // Writes as much as the reader takes at once, and the rest as it reads on.
    void write();

    bool isDrained() const { return m_pending.size() == m_offset; }

signals:
    void drained();

private:
    enum class Readiness { Ready, Busy, Gone };

    Readiness readiness() const;
    std::string_view nextChunk() const;
    bool writeChunk(std::string_view chunk);
    void waitForReader();
    void giveUp();
    void noteOmitted();

    int m_fd;
    bool m_ownsFd = false;
    bool m_isSocket = false;
    bool m_isFile = false;
    bool m_isGone = false; // nobody will ever read
    std::string m_pending;
    std::size_t m_offset = 0; // of the first byte in m_pending that is not written yet
    std::uint64_t m_omitted = 0;
    QSocketNotifier *m_notifier = nullptr; // made on first use, hence on the right thread
};

} // namespace hookscope
