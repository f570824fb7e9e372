// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/webviews.h"

#include <QtGlobal>

#include <unistd.h>

namespace Flotilla {

bool mayMakeWebViews()
{
    return geteuid() != 0 || qEnvironmentVariableIntValue("QTWEBENGINE_DISABLE_SANDBOX") == 1;
}

} // namespace Flotilla
