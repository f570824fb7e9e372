// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/webprobe.h"

#include "widgets/common/webviews.h"
#include "widgets/preview/dialogscheme.h"
#include "widgets/preview/probeview.h"
#include "widgets/preview/requestfilter.h"

#include <QCoreApplication>
#include <QWebEngineProfile>

namespace Flotilla {

WebProbe::WebProbe(QObject *parent)
    : QObject(parent)
{
}

WebProbe::~WebProbe()
{
    for (const Job &job : m_jobs) {
        job.promise->future().cancel();
        job.promise->finish();
    }
}

QString WebProbe::problem()
{
    if (mayMakeWebViews())
        return {};
    return QCoreApplication::translate(
        "Preview", "The web view cannot protect this computer while Flotilla runs as the "
                   "administrator. Start it as an ordinary user, or look at the app in your browser.");
}

void WebProbe::warmUp()
{
    if (problem().isEmpty())
        static_cast<void>(freeView());
}

Future<ProbeReport> WebProbe::probe(const QUrl &url)
{
    if (const QString why = problem(); !why.isEmpty())
        return readyFuture<ProbeReport>(Error{ErrorKind::Unsupported, why, {}});
    auto promise = std::make_shared<QPromise<Result<ProbeReport>>>();
    promise->start();
    QMetaObject::invokeMethod(this, [this, job = Job{url, promise}] { enqueue(job); });
    return promise->future();
}

void WebProbe::enqueue(const Job &job)
{
    m_jobs.push_back(job);
    startNext();
}

ProbeView *WebProbe::freeView()
{
    for (const auto &view : m_views) {
        if (!view->isBusy())
            return view.get();
    }
    if (m_views.size() >= MaxViews)
        return nullptr;
    if (!m_profile) {
        DialogScheme::registerScheme(); // or it would be too late for the preview
        m_profile = std::make_unique<QWebEngineProfile>();
        m_profile->setHttpCacheType(QWebEngineProfile::NoCache);
        m_profile->setUrlRequestInterceptor(new RequestFilter(m_profile.get()));
    }
    m_views.push_back(std::make_unique<ProbeView>(m_profile.get()));
    return m_views.back().get();
}

void WebProbe::startNext()
{
    if (m_jobs.empty())
        return;
    ProbeView *view = freeView();
    if (!view)
        return;
    const Job job = m_jobs.front();
    m_jobs.pop_front();
    view->run(job.url, [this, promise = job.promise](const ProbeReport &report) {
        promise->addResult(Result<ProbeReport>(report));
        promise->finish();
        QMetaObject::invokeMethod(this, &WebProbe::startNext, Qt::QueuedConnection);
    });
}

} // namespace Flotilla
