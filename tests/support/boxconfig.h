// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/ssh/sshhost.h"

namespace Flotilla::Test {

/// The "box" of an SshServer as a host, with its folders below `dir`: fwd here, run and cache there. It comes back
/// quickly.
inline SshHostConfig boxConfig(const QString &configFile, const QString &dir)
{
    SshHostConfig config;
    config.id = HostId{QStringLiteral("box")};
    config.label = QStringLiteral("gpu-box");
    config.target = QStringLiteral("box");
    config.configFile = configFile;
    config.localDir = dir + QLatin1String("/fwd");
    config.remoteDir = dir + QLatin1String("/run");
    config.cacheDir = dir + QLatin1String("/cache");
    config.firstRetry = std::chrono::milliseconds(200);
    return config;
}

/// As boxConfig(); its helper is the agent of this build.
inline SshHostConfig helpedBoxConfig(const QString &configFile, const QString &dir)
{
    SshHostConfig config = boxConfig(configFile, dir);
    config.helper = qEnvironmentVariable("FLOTILLA_BIN_DIR") + QLatin1String("/flotilla-agent");
    return config;
}

} // namespace Flotilla::Test
