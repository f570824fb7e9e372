// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/requestfilter.h"

#include "widgets/preview/dialogscheme.h"

namespace Flotilla {

namespace {

RequestKind kindOf(QWebEngineUrlRequestInfo::ResourceType type)
{
    switch (type) {
    case QWebEngineUrlRequestInfo::ResourceTypeMainFrame:
    case QWebEngineUrlRequestInfo::ResourceTypeNavigationPreloadMainFrame:
        return RequestKind::MainFrame;
    case QWebEngineUrlRequestInfo::ResourceTypeSubFrame:
    case QWebEngineUrlRequestInfo::ResourceTypeNavigationPreloadSubFrame:
        return RequestKind::SubFrame;
    default:
        return RequestKind::SubResource;
    }
}

/// A profile lets a page go to any preview; which one it may be is the page's own filter to say.
bool isPreviewPage(const QUrl &url)
{
    return url.scheme() == QLatin1String("http") && url.host().endsWith(QLatin1String(".localhost"));
}

} // namespace

void RequestFilter::interceptRequest(QWebEngineUrlRequestInfo &info)
{
    if (info.resourceType() == QWebEngineUrlRequestInfo::ResourceTypeServiceWorker)
        return info.block(true);
    const RequestKind kind = kindOf(info.resourceType());
    const QUrl url = info.requestUrl();
    if (m_own.isEmpty() && kind == RequestKind::MainFrame && isPreviewPage(url))
        return;
    if (kind == RequestKind::SubResource && DialogScheme::matches(url))
        return;
    const QUrl owner = m_own.isEmpty() ? info.firstPartyUrl() : m_own;
    const RequestVerdict verdict = judgeRequest(owner, url, kind);
    if (verdict == RequestVerdict::Allow)
        return;
    info.block(true);
    Q_EMIT blocked(url, verdict);
}

} // namespace Flotilla
