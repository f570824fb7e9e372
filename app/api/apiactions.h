// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apihttp.h"
#include "backends/core/id.h"

#include <QCoroTask>

namespace Flotilla {

class Application;

struct ApiCall
{
    Application *application = nullptr;
    AppId app; ///< the one that the path names
    ApiRequest request;
};

using ApiReply = QCoro::Task<ApiResponse>;
using ApiAction = ApiReply (*)(ApiCall call);

/// What the routes of the control API do. Any thread that has an event loop.
namespace ApiActions {

ApiReply listApps(ApiCall call);
ApiReply createApp(ApiCall call);
ApiReply showApp(ApiCall call);
ApiReply removeApp(ApiCall call);
ApiReply history(ApiCall call);
ApiReply writeToApp(ApiCall call);
ApiReply ping(ApiCall call); ///< wakes the app when it sleeps, and asks it for its start page
ApiReply snapshot(ApiCall call);
ApiReply star(ApiCall call);
ApiReply unstar(ApiCall call);
ApiReply terminate(ApiCall call);
ApiReply terminateAll(ApiCall call);
ApiReply metrics(ApiCall call);
ApiReply description(ApiCall call);

} // namespace ApiActions

} // namespace Flotilla
