#pragma once

#include <QDeadlineTimer>
#include <QString>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <tl/expected.hpp>
#include <vector>

namespace hookscope {

// Which file stands behind a name: while it is held open, no other can have the same.
struct FileIdentity {
    dev_t device = 0;
    ino_t inode = 0;

    friend bool operator==(const FileIdentity &, const FileIdentity &) = default;
};

// Why a file at that path cannot be read as lines.
struct TailFault {
    enum class Kind { Missing, Unreadable, NotAFile };
    Kind kind = Kind::Missing;
    QString text; // a sentence
};

// Looks without opening, so that no pipe or device notices; links are followed.
tl::expected<FileIdentity, TailFault> identify(const QString &path);

// A regular file that is read line by line as it grows: its handle, and how far it was read. One thread.
class TailedFile {
public:
    static tl::expected<TailedFile, TailFault> open(const QString &path);

    ~TailedFile();
    TailedFile(TailedFile &&other) noexcept;
    TailedFile &operator=(TailedFile &&other) noexcept;

    FileIdentity identity() const { return m_identity; }

    // Begins again from its start if it was cut, or written anew from the start, since it was last read. True
    // if a line was under way, which is torn.
    bool noticeTruncation();

    // The next whole lines, with their ends, of at most about `most` bytes; the view holds until the next
    // call. Empty: nothing whole is there now. A line of more than 16 MiB comes as an empty one.
    std::string_view read(std::size_t most);

    // What stands behind the last line's end.
    std::string_view rest() const { return m_text; }

    // When a file that was moved away is read no longer: its writer may go on for a while.
    QDeadlineTimer until = QDeadlineTimer(QDeadlineTimer::Forever);

private:
    TailedFile(int fd, FileIdentity identity);
    void rememberStart();

    int m_fd = -1;
    FileIdentity m_identity;
    off_t m_offset = 0;
    std::string m_start; // the first bytes, which a file written anew has others of
    std::string m_text;
    std::string m_taken; // whole lines that were handed out
    bool m_isSkipping = false; // in a line that is too long
};

} // namespace hookscope
