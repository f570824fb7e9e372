// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/preview/requestpolicy.h"

#include <QWebEngineUrlRequestInterceptor>

namespace Flotilla {

/// Applies judgeRequest() to what a page asks for. On a page it guards one app (`setOwn`); on a profile, where workers
/// ask without a page, it takes the first party of each request as the owner. GUI thread.
class RequestFilter : public QWebEngineUrlRequestInterceptor
{
    Q_OBJECT

public:
    explicit RequestFilter(QObject *parent = nullptr)
        : QWebEngineUrlRequestInterceptor(parent)
    {
    }
    void setOwn(const QUrl &own) { m_own = own; }
    void interceptRequest(QWebEngineUrlRequestInfo &info) override;

Q_SIGNALS:
    void blocked(const QUrl &url, Flotilla::RequestVerdict verdict);

private:
    QUrl m_own;
};

} // namespace Flotilla
