#pragma once

#include <QString>

namespace hookscope {

// Whether a NO_PROXY list takes `host` out of the proxy, in the widest reading among clients: `*`, a host or
// domain with or without a leading dot or `*.`, each with or without a port. Address ranges are not looked
// at.
bool isExcludedFromProxy(const QString &noProxy, const QString &host);

} // namespace hookscope
