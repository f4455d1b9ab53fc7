#pragma once

#include "core/launch/attachcheck.h"
#include "core/launch/clientenvironment.h"

#include <QObject>

namespace hookscope {

// Sends a request to the proxy's check path by each way that a client has: as a base URL, and through the
// proxy. Both make a row, without key or network. Main thread.
class AttachTest final : public QObject {
    Q_OBJECT
public:
    explicit AttachTest(QObject *parent = nullptr);

    void setInputs(const LaunchInputs &inputs) { m_inputs = inputs; }

public slots:
    void run(); // nothing if it runs already

signals:
    void finished(const hookscope::AttachCheck &check);

private:
    void ask(const QByteArray &request, const QString &way, std::optional<QString> AttachCheck::*fault);
    void note(std::optional<QString> AttachCheck::*fault, const std::optional<QString> &text);

    LaunchInputs m_inputs;
    AttachCheck m_check;
    int m_waiting = 0;
};

} // namespace hookscope

Q_DECLARE_METATYPE(hookscope::AttachCheck)
