#pragma once

#include "app/commandline.h"
#include "core/keyring/keyring.h"
#include "core/settings/settings.h"

namespace hookscope {

// Names of the values that the policy needs of the keyring or the environment.
QStringList policySecretNames(const CommandLine &commandLine, const Settings &settings);

// The command line's rules beside the settings', with the values that `keyring` has. Of the upstream proxies,
// the command line's wins.
policy::TrafficPolicy trafficPolicy(const CommandLine &commandLine, const Settings &settings,
                                    const Keyring &keyring);

// The proxy that our own environment names, without its password, unless it is at our own port; empty if
// none.
QString proxyOfEnvironment(quint16 ownPort);

} // namespace hookscope
