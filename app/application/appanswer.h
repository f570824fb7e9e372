// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/http/httpclient.h"

#include <QPointer>
#include <QUrl>

#include <functional>

namespace Flotilla {

/// Asks an app through the gateway. Asks again, for at most 15 seconds, while the app starts (503 with Retry-After) and
/// while nobody answers at the address: the program that served the previews has ended and another one takes over.
/// `url` is the address at this moment; `nobodyThere` is called before the next attempt then. Thread of `http`; both
/// are not called any more once `http` is gone.
Future<HttpResponse> appAnswer(QPointer<HttpClient> http, std::function<QUrl()> url, std::function<void()> nobodyThere);

} // namespace Flotilla
