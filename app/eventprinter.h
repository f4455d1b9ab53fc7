#pragma once

#include "core/events/redact.h"

#include <QObject>

namespace hookscope {

// Prints events in their wire form, one JSON object a line, as soon as they come: the headless output.
// A reader that goes away ends the printing, not the proxy.
class EventPrinter final : public QObject
{
    Q_OBJECT
public:
    explicit EventPrinter(int fd, QObject *parent = nullptr);

public slots:
    void print(const hookscope::EventBatch &batch);

private:
    int m_fd;
};

} // namespace hookscope
