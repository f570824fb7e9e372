// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/webviews.h"

#include <QByteArray>

#include <unistd.h>

namespace Flotilla {

bool mayMakeWebViews()
{
    return geteuid() != 0 || qEnvironmentVariableIntValue("QTWEBENGINE_DISABLE_SANDBOX") == 1;
}

void confineWebViews()
{
    static const bool confined = [] {
        const QByteArray flags = " --force-webrtc-ip-handling-policy=disable_non_proxied_udp"
                                 " --proxy-server=http://127.0.0.1:1 --proxy-bypass-list=<-loopback>;*.localhost";
        return qputenv("QTWEBENGINE_CHROMIUM_FLAGS", qgetenv("QTWEBENGINE_CHROMIUM_FLAGS") + flags);
    }();
    Q_UNUSED(confined)
}

} // namespace Flotilla
