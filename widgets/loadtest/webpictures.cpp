// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/webpictures.h"

#include "widgets/loadtest/pictureview.h"
#include "widgets/preview/requestfilter.h"

#include <QWebEngineProfile>

namespace Flotilla {

WebPictures::WebPictures() = default;
WebPictures::~WebPictures() = default;

int WebPictures::freePlaces() const
{
    const auto busy = std::count_if(m_views.begin(), m_views.end(), [](const auto &view) { return view->isBusy(); });
    return places - int(busy);
}

PictureView *WebPictures::addView()
{
    if (!m_profile) {
        m_profile = std::make_unique<QWebEngineProfile>();
        m_profile->setHttpCacheType(QWebEngineProfile::NoCache);
        m_profile->setUrlRequestInterceptor(new RequestFilter(m_profile.get()));
    }
    m_views.push_back(std::make_unique<PictureView>(m_profile.get()));
    return m_views.back().get();
}

/// The web engine's start and a first view cost some hundred milliseconds of the GUI thread.
void WebPictures::warmUp()
{
    while (int(m_views.size()) < places)
        addView()->warmUp();
}

void WebPictures::take(const QUrl &url, std::function<void(const QImage &)> done)
{
    for (const auto &view : m_views) {
        if (!view->isBusy())
            return view->take(url, std::move(done));
    }
    if (int(m_views.size()) >= places)
        return done({});
    addView()->take(url, std::move(done));
}

} // namespace Flotilla
