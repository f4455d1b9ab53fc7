#include "app/readers.h"

#include "app/pipeline.h"
#include "core/events/eventlog.h"
#include "core/history/sessionreader.h"
#include "core/history/sessionshelf.h"
#include "core/sources/followgate.h"
#include "core/sources/jsonltail.h"
#include "ui/main/sessionwindow.h"

namespace hookscope {

Readers::Readers(const QString &shelf, EventLog &log, QObject *parent)
    : QObject(parent)
    , m_shelf(shelf)
    , m_log(log)
{
    m_thread.setObjectName(QStringLiteral("reading"));
    m_thread.start();
}

Readers::~Readers()
{
    m_thread.quit();
    m_thread.wait(); // what lives there is deleted as it ends
}

void Readers::openSession(SessionWindow *window, const QString &name)
{
    auto *reader = new SessionReader(sessionPath(m_shelf, name), window->log().caps().rows);
    reader->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, reader, &QObject::deleteLater);
    connectSession(*reader, *window);
    QMetaObject::invokeMethod(reader, &SessionReader::readNext);
}

void Readers::follow(const QString &path)
{
    if (m_tails.contains(path))
        return;
    auto *tail = new JsonlTail(path);
    auto *gate = new FollowGate(m_log, this);
    m_tails.insert(path, tail);
    tail->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, tail, &QObject::deleteLater);
    connect(tail, &QObject::destroyed, gate, &QObject::deleteLater);
    connectTail(*tail, *gate, m_log);
    connect(tail, &JsonlTail::changed, this, &Readers::noteFollowed);
    QMetaObject::invokeMethod(tail, &JsonlTail::start);
}

void Readers::unfollow(const QString &path)
{
    if (JsonlTail *tail = m_tails.value(path))
        QMetaObject::invokeMethod(tail, &JsonlTail::stop);
}

void Readers::noteFollowed(const FollowedFile &file)
{
    if (file.state == FollowedFile::State::Ended) {
        if (JsonlTail *tail = m_tails.take(file.path))
            tail->deleteLater();
    }
    emit followedChanged(file);
}

} // namespace hookscope
