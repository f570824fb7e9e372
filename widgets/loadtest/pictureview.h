// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>

class QWebEngineProfile;

namespace Flotilla {

class HiddenPage;
struct PageReport;

/// One off-screen view that takes one picture at a time: of a page that is quiet and shows something, or, after two
/// seconds, of what there is. GUI thread.
class PictureView : public QObject
{
    Q_OBJECT

public:
    explicit PictureView(QWebEngineProfile *profile);
    ~PictureView() override;
    void warmUp(); ///< starts its renderer with an empty page
    bool isBusy() const { return bool(m_done); }
    void take(const QUrl &url, std::function<void(const QImage &)> done);

private:
    void loaded(bool ok);
    void poll();
    void judge(const PageReport &page);
    void finish(const QImage &image);

    std::unique_ptr<HiddenPage> m_page;
    std::function<void(const QImage &)> m_done;
    QTimer m_poll;
    QTimer m_deadline;
    QElapsedTimer m_sinceLoad;
    int m_round = 0;
};

/// Lets a renderer process run only when nothing else wants the processor.
void makeIdle(qint64 process);

} // namespace Flotilla
