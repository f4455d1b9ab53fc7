#pragma once

#include "core/hooks/hook.h"

namespace hookscope {

// The command that posts that event to the hook's receiver by hand, for a POSIX shell. Secrets are variables
// of their names; a signature is left out, for it holds for minutes only. Empty if it is no webhook.
QString webhookCurl(const Hook &hook, const QByteArray &webhookId, const QByteArray &json);

} // namespace hookscope
