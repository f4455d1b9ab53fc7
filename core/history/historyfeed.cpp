#include "core/history/historyfeed.h"

#include <QThread>
#include <algorithm>

namespace hookscope {

HistoryFeed::HistoryFeed(QObject *parent, quint64 most)
    : QObject(parent)
    , m_most(most)
{
}

void HistoryFeed::take(const EventBatch &batch)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (!batch || batch->empty())
        return;
    if (m_waiting > 0 && m_waiting + batch->size() > m_most) {
        emit leftOut(batch->size());
        return;
    }
    m_waiting += batch->size();
    emit passed(batch);
}

void HistoryFeed::noteStored(quint64 events)
{
    m_waiting -= std::min(m_waiting, events);
}

} // namespace hookscope
