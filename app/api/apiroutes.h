// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apiactions.h"

#include <QList>

namespace Flotilla {

struct ApiRoute
{
    const char *method;
    const char *path; ///< "{app}" stands for an id
    ApiAction action;
};

/// All there are. openapi.json describes the same.
const QList<ApiRoute> &apiRoutes();

/// What a request of the control API does. Any thread that has an event loop.
ApiReply answerApi(Application *application, const ApiRequest &request);

} // namespace Flotilla
