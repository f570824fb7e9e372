// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/previewprobe.h"
#include "widgets/preview/pagescripts.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <QImage>

#include <functional>
#include <memory>

class QWebEngineLoadingInfo;
class QWebEngineProfile;

namespace Flotilla {

class HiddenPage;
struct ConsoleEntry;

/// The picture of a page as the gallery and the versions show it. Empty: nothing is painted on it.
QByteArray thumbnailOf(const QImage &page);

/// One off-screen view that looks at one address at a time. GUI thread.
class ProbeView : public QObject
{
    Q_OBJECT

public:
    explicit ProbeView(QWebEngineProfile *profile);
    ~ProbeView() override;

    bool isBusy() const { return bool(m_done); }
    void run(const QUrl &url, std::function<void(ProbeReport)> done);

private:
    void collect(const ConsoleEntry &entry);
    bool keptFromLeaving(const QWebEngineLoadingInfo &info);
    void loaded(bool ok);
    void poll();
    void judge(const PageReport &page);
    void finish();

    std::unique_ptr<HiddenPage> m_page;
    std::function<void(ProbeReport)> m_done;
    ProbeReport m_report;
    QTimer m_poll;
    QTimer m_deadline;
    QElapsedTimer m_sinceLoad;
    int m_run = 0; ///< answers for an earlier run are dropped
};

} // namespace Flotilla
