// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/loadtest/wallpictures.h"

#include <vector>

class QWebEngineProfile;

namespace Flotilla {

class PictureView;

/// Looks at pages with the real web engine, off screen, in two views that are made when they are first needed. Their
/// processes get processor time that nobody else wants. GUI thread.
class WebPictures : public PictureTaker
{
public:
    WebPictures();
    ~WebPictures() override;
    void warmUp() override;
    int freePlaces() const override;
    void take(const QUrl &url, std::function<void(const QImage &)> done) override;
    static constexpr int places = 2;

private:
    PictureView *addView();

    std::unique_ptr<QWebEngineProfile> m_profile;
    std::vector<std::unique_ptr<PictureView>> m_views; // before the profile
};

} // namespace Flotilla
