#pragma once

#include "core/policy/secretbinding.h"
#include "core/settings/settings.h"

#include <vector>

class QJsonObject;

namespace hookscope {

// Reads and writes the settings' part about where requests may go. What cannot be used of a list of hosts is
// left out and reported, and the rest counts; an "allowlistOnly" that is neither true nor false is true: what
// was meant to hold back must not let everything pass.
void readPolicy(const QJsonObject &object, Settings &settings, QList<SettingsProblem> &problems);
void writePolicy(QJsonObject &object, const Settings &settings);

// Why that text is no host pattern, or no upstream proxy, as the end of a sentence; empty if it is one.
QString faultOfHostPattern(const QString &text);
QString faultOfInterceptPattern(const QString &text);
QString faultOfUpstreamProxy(const QString &text);

// Why that is no value for a secret, as a clause without it; empty if it is one.
QString faultOfSecretValue(const QString &value);

// The settings' secrets with their sandboxes, and a sentence for each entry that cannot be used.
struct SettingsSecrets {
    std::vector<policy::SecretBinding> bindings;
    QStringList problems;
};
SettingsSecrets secretsOf(const Settings &settings);

} // namespace hookscope
