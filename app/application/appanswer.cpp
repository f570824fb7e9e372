// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/appanswer.h"

#include "backends/core/continuation.h"

#include <QCoroFuture>
#include <QCoroTimer>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

HttpRequest requestFor(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    request.resolveTo = "127.0.0.1";
    request.totalTimeout = 30s;
    return request;
}

bool isStarting(const Result<HttpResponse> &response)
{
    return response && response->status == 503 && !headerValue(response->headers, "retry-after").isEmpty();
}

bool isNobody(const Result<HttpResponse> &response)
{
    return !response &&
           (response.error().kind == ErrorKind::Unavailable || response.error().kind == ErrorKind::Network);
}

QCoro::Task<Result<HttpResponse>> ask(QPointer<HttpClient> http, std::function<QUrl()> url,
                                      std::function<void()> nobodyThere)
{
    const auto deadline = std::chrono::steady_clock::now() + 15s;
    while (http) { // the services may end during the sleep
        const HttpRequest request = requestFor(url());
        const Result<HttpResponse> response = co_await outcome(http->fetch(request));
        const bool nobody = isNobody(response);
        if ((!nobody && !isStarting(response)) || std::chrono::steady_clock::now() > deadline)
            co_return response;
        if (nobody && http)
            nobodyThere();
        co_await QCoro::sleepFor(nobody ? 20ms : 50ms);
    }
    Error closing;
    closing.kind = ErrorKind::Cancelled;
    co_return closing;
}

} // namespace

Future<HttpResponse> appAnswer(QPointer<HttpClient> http, std::function<QUrl()> url, std::function<void()> nobodyThere)
{
    return toFuture(ask(std::move(http), std::move(url), std::move(nobodyThere)));
}

} // namespace Flotilla
