// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apihttp.h"

#include <QCoroTask>

namespace Flotilla {

class Application;

/// What a request of the control API does. openapi.json describes it. Any thread that has an event loop.
QCoro::Task<ApiResponse> answerApi(Application *application, ApiRequest request);

} // namespace Flotilla
