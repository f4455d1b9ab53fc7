#include "app/eventprinter.h"

#include "core/events/eventjson.h"

#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace hookscope {

EventPrinter::EventPrinter(int fd, QObject *parent) : QObject(parent), m_fd(fd)
{
}

void EventPrinter::print(const EventBatch &batch)
{
    if (m_fd < 0)
        return;
    std::string lines;
    for (const RedactedEvent &redacted : *batch) {
        std::visit(
            [&lines](const auto &event) {
                if constexpr (requires { toJson(event); })
                    lines.append(toJson(event)).push_back('\n');
            },
            redacted.event());
    }
    for (std::size_t written = 0; written < lines.size();) {
        const ssize_t count = ::write(m_fd, lines.data() + written, lines.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            qWarning("hookscope: stdout cannot be written (%s); events are no longer printed", std::strerror(errno));
            m_fd = -1;
            return;
        }
        written += static_cast<std::size_t>(count);
    }
}

} // namespace hookscope
