// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiroutes.h"

#include "app/api/apiwords.h"

namespace Flotilla {

namespace {

bool fits(const QStringList &pattern, const QStringList &path)
{
    if (pattern.size() != path.size())
        return false;
    for (qsizetype i = 0; i < path.size(); ++i)
        if (pattern[i] != path[i] && pattern[i] != QLatin1String("{app}"))
            return false;
    return true;
}

QStringList partsOf(const ApiRoute &route)
{
    return QString::fromLatin1(route.path).split(QLatin1Char('/'), Qt::SkipEmptyParts);
}

ApiReply refuse(ApiResponse response)
{
    co_return response;
}

ApiResponse unknownPath()
{
    return ApiResponse::failure(404, QStringLiteral("not-found"),
                                ApiWords::tr("There is no such path. GET /openapi.json lists them."));
}

ApiResponse wrongMethod(const QByteArrayList &allowed)
{
    auto response =
        ApiResponse::failure(405, QStringLiteral("method"),
                             ApiWords::tr("This path takes %1.").arg(QString::fromLatin1(allowed.join(", "))));
    response.allow = allowed.join(", ");
    return response;
}

} // namespace

const QList<ApiRoute> &apiRoutes()
{
    using namespace ApiActions;
    static const QList<ApiRoute> routes{
        {"GET", "/v1/apps", listApps},
        {"POST", "/v1/apps", createApp},
        {"GET", "/v1/apps/{app}", showApp},
        {"DELETE", "/v1/apps/{app}", removeApp},
        {"GET", "/v1/apps/{app}/messages", history},
        {"POST", "/v1/apps/{app}/messages", writeToApp},
        {"POST", "/v1/apps/{app}/ping", ping},
        {"POST", "/v1/apps/{app}/snapshots", snapshot},
        {"PUT", "/v1/apps/{app}/star", star},
        {"DELETE", "/v1/apps/{app}/star", unstar},
        {"POST", "/v1/apps/{app}/terminate", terminate},
        {"POST", "/v1/terminate", terminateAll},
        {"GET", "/metrics", metrics},
        {"GET", "/openapi.json", description},
    };
    return routes;
}

ApiReply answerApi(Application *application, const ApiRequest &request)
{
    const QByteArray method = request.method == "HEAD" ? QByteArray("GET") : request.method; // asks the same
    QByteArrayList allowed;
    for (const ApiRoute &route : apiRoutes()) {
        const QStringList pattern = partsOf(route);
        if (!fits(pattern, request.path))
            continue;
        if (method == route.method) {
            const qsizetype place = pattern.indexOf(QLatin1String("{app}"));
            return route.action({application, AppId{place < 0 ? QString() : request.path[place]}, request});
        }
        allowed.append(route.method);
    }
    return refuse(allowed.isEmpty() ? unknownPath() : wrongMethod(allowed));
}

} // namespace Flotilla
