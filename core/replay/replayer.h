#pragma once

#include "core/replay/replayplan.h"

#include <QAbstractSocket>
#include <QObject>

namespace hookscope {

// Sends requests once more, through the proxy, as a client like others: each once, whatever becomes of it.
// Not by QNetworkAccessManager, which repeats a POST by itself. Answers are read and dropped: the proxy's own
// row shows them. Main thread.
class Replayer final : public QObject {
    Q_OBJECT
public:
    explicit Replayer(QObject *parent = nullptr);

    void setProxy(const QString &host, quint16 port, std::vector<ReplayRoute> routes);

public slots:
    void replay(const hookscope::ReplayPlan &plan, const std::vector<std::string> &credentials);

signals:
    void answered(); // the whole answer came, whatever it says
    void failed(const QString &text); // nothing, or not all, was sent; a sentence

private:
    QString m_host;
    quint16 m_port = 0;
    std::vector<ReplayRoute> m_routes;
};

} // namespace hookscope
