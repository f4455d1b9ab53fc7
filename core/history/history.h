#pragma once

#include "core/events/redact.h"
#include "core/events/sessions.h"
#include "core/history/segmentreader.h"
#include "core/history/sessionfolder.h"

#include <QElapsedTimer>
#include <QObject>
#include <memory>

namespace hookscope {

// The session on disk, as it happens: each batch is one append, so that a crash of the program loses only
// what was on its way here. It also gives the earlier session back, before and while new events come, and
// keeps the shelf of named sessions. On the history thread; every fault is a signal, none stops the traffic.
// What cannot be written is counted, and writing goes on by itself when it is possible again.
class History final : public QObject {
    Q_OBJECT
public:
    explicit History(const QString &shelf); // the folder of the sessions

public slots:
    // Opens the folder, and reads back what is in it: restoring() comes once, then once for each
    // restoreNext(), and after the last of them restored().
    void start(bool isKept, int mostMb, quint64 mostRows);
    void restoreNext();

    void append(const hookscope::EventBatch &batch);
    void noteLeftOut(quint64 events); // that did not come here
    void noteAnnotations(const hookscope::Annotations &annotations); // the person said that of rows
    void noteCleared(); // what is stored until now is not shown at the next start

    // Not kept any more: what was stored of this session is deleted.
    void setLimits(bool isKept, int mostMb);

    void listSessions();
    void saveSession(const QString &name);
    void removeSession(const QString &name);

    // Everything is written; the folder is free for others.
    void close();

signals:
    void restoring(const hookscope::EventBatch &batch);
    void annotationsRestored(const hookscope::Annotations &annotations); // before restored(), if there are any
    void restored(const hookscope::ReadSummary &summary);
    void stored(quint64 events); // taken in, whether they could be written or not
    void failed(const QString &text); // once, until recovered()
    void recovered();
    void leftOutChanged(quint64 events); // since the start
    void sessionsListed(const QList<hookscope::SessionInfo> &sessions);
    void sessionSaved(const QString &name, const QString &fault); // fault: a sentence; empty if it is saved
    void sessionRemoved(const QString &name, const QString &fault);

private:
    void open();
    void write(const QByteArray &lines, quint64 events);
    bool mayTry();
    void fail(const QString &text, bool isDiskFull);

    QString m_shelf;
    SessionFolder m_folder;
    bool m_isKept = false;
    std::unique_ptr<SegmentReader> m_reader; // while the earlier session is read
    quint64 m_mostRows = 0;
    bool m_isFailing = false;
    bool m_isDiskFull = false;
    QElapsedTimer m_sinceFault;
    quint64 m_leftOut = 0;
    quint64 m_leftOutUnwritten = 0;
};

} // namespace hookscope
