#pragma once

#include <QString>
#include <QStringList>
#include <optional>

namespace hookscope {

// What became of the requests that a person had sent to see whether clients reach the proxy. A way that works
// has no fault; a fault is the end of a sentence.
struct AttachCheck {
    std::optional<QString> baseUrlFault;
    std::optional<QString> proxyFault;
    QStringList warnings; // of this program's own environment, as clients started beside it have it
};

// Why that is no answer of the proxy's to its check path; none if it is one, which came that way ("base url",
// "proxy").
std::optional<QString> faultOfCheckAnswer(const QByteArray &answer, const QString &way);

} // namespace hookscope
