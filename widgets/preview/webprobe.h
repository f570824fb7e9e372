// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/previewprobe.h"

#include <QObject>
#include <QPromise>

#include <deque>
#include <memory>

class QWebEngineProfile;

namespace Flotilla {

class ProbeView;

/// Looks at an app with the real web engine, off screen: loads it, waits until it is quiet, and says what broke.
/// probe() may be called from any thread; the work is done on the GUI thread, in at most two views at a time, that are
/// made when they are first needed. Every answer comes within about ten seconds.
class WebProbe : public QObject, public PreviewProbe
{
    Q_OBJECT

public:
    explicit WebProbe(QObject *parent = nullptr);
    ~WebProbe() override;

    Future<ProbeReport> probe(const QUrl &url) override;

    /// Starts the web engine (50 to 150 ms, once per process), so that no later check or preview waits for it. GUI
    /// thread.
    void warmUp();

    /// A sentence when no web object may be created here (root without QTWEBENGINE_DISABLE_SANDBOX); empty: fine.
    static QString problem();

private:
    using Promise = std::shared_ptr<QPromise<Result<ProbeReport>>>;
    struct Job
    {
        QUrl url;
        Promise promise;
    };
    void enqueue(const Job &job);
    void startNext();
    ProbeView *freeView();

    static constexpr int MaxViews = 2;
    std::unique_ptr<QWebEngineProfile> m_profile;
    std::vector<std::unique_ptr<ProbeView>> m_views; // destroyed before the profile
    std::deque<Job> m_jobs;
};

} // namespace Flotilla
