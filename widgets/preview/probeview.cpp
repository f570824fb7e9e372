// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/probeview.h"

#include "widgets/preview/hiddenpage.h"
#include "widgets/preview/previewpage.h"

#include <QBuffer>
#include <QWebEngineLoadingInfo>

namespace Flotilla {

namespace {

constexpr int DeadlineMs = 10000;
constexpr int PollMs = 40;
constexpr int QuietMs = 150;       // no change for so long counts as settled
constexpr int SettleMs = 200;      // at least so long after the load event
constexpr int RestlessMs = 1500;   // a page that never stops changing is judged then
constexpr int BlankGraceMs = 1200; // a page that shows nothing gets so long to show something
constexpr int PaintGraceMs = 2500; // and one that shows something, to be seen
constexpr int MaxErrors = 20;
constexpr int MaxAddress = 200;
constexpr QSize ThumbnailSize(640, 400);

QByteArray toPng(const QImage &image)
{
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return png;
}

} // namespace

QByteArray thumbnailOf(const QImage &page)
{
    if (page.isNull() || isUniform(page))
        return {};
    return toPng(page.scaled(ThumbnailSize, Qt::KeepAspectRatio, Qt::SmoothTransformation));
}

ProbeView::ProbeView(QWebEngineProfile *profile)
    : m_page(std::make_unique<HiddenPage>(profile))
{
    m_poll.setInterval(PollMs);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(DeadlineMs);
    connect(m_page->page(), &PreviewPage::consoleEntry, this, &ProbeView::collect);
    connect(m_page.get(), &HiddenPage::ended, this, [this](const QWebEngineLoadingInfo &info) {
        loaded(info.status() == QWebEngineLoadingInfo::LoadSucceededStatus || keptFromLeaving(info));
    });
    connect(m_page.get(), &HiddenPage::crashed, this, [this] {
        m_report.errors.append(tr("The page crashed."));
        finish();
    });
    connect(&m_poll, &QTimer::timeout, this, &ProbeView::poll);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_report.errors.append(tr("The page did not finish loading within ten seconds."));
        finish();
    });
}

ProbeView::~ProbeView()
{
    m_page->page()->disconnect(this);
}

void ProbeView::run(const QUrl &url, std::function<void(ProbeReport)> done)
{
    ++m_run;
    m_done = std::move(done);
    m_report = {};
    m_sinceLoad.invalidate();
    m_deadline.start();
    m_page->open(url);
}

void ProbeView::collect(const ConsoleEntry &entry)
{
    const bool noise = entry.text.contains(QLatin1String("favicon.ico"));
    if (!m_done || noise || entry.level != ConsoleEntry::Level::Error || m_report.errors.size() >= MaxErrors)
        return;
    const QString text = ConsoleModel::format(entry);
    if (!m_report.errors.contains(text))
        m_report.errors.append(text);
}

/// A load that stops at an address which was refused: the page that wanted to go there stays.
bool ProbeView::keptFromLeaving(const QWebEngineLoadingInfo &info)
{
    if (!m_done || info.status() != QWebEngineLoadingInfo::LoadStoppedStatus ||
        sameOrigin(m_page->page()->own(), info.url()))
        return false;
    m_report.errors.append(
        tr("The page tried to leave for %1, which the preview blocks.").arg(info.url().toString().left(MaxAddress)));
    return true;
}

void ProbeView::loaded(bool ok)
{
    if (!m_done)
        return;
    m_report.loaded = ok;
    if (!ok) {
        m_report.errors.append(tr("The page could not be loaded."));
        return finish();
    }
    m_sinceLoad.start();
    m_poll.start();
}

void ProbeView::poll()
{
    const int run = m_run;
    m_page->evaluate(PageScripts::watcherReport(), [this, run](const QVariant &value) {
        if (run == m_run && m_done && m_poll.isActive())
            judge(PageReport::fromVariant(value));
    });
}

void ProbeView::judge(const PageReport &page)
{
    const qint64 age = m_sinceLoad.elapsed();
    const bool quiet = page.idleMs >= QuietMs && age >= SettleMs;
    if (!quiet && age < RestlessMs)
        return;
    const QImage image = m_page->picture();
    const bool empty = !page.hasText && !page.hasBoxes;
    if (empty && m_report.errors.isEmpty() && age < BlankGraceMs)
        return; // the picture may still be the one of the page before
    const bool uniform = isUniform(image);
    if (!empty && uniform && age < PaintGraceMs)
        return; // its content is not painted yet: no picture for a thumbnail
    m_report.blank = empty && uniform;
    for (const QString &address : page.failed)
        m_report.errors.append(tr("Could not load %1").arg(QUrl(address).path().mid(1)));
    m_report.title = m_page->page()->title().left(200);
    m_report.thumbnail = thumbnailOf(image);
    finish();
}

void ProbeView::finish()
{
    if (!m_done)
        return;
    m_poll.stop();
    m_deadline.stop();
    ++m_run;
    const auto done = std::exchange(m_done, nullptr);
    m_page->leave();
    done(std::exchange(m_report, {}));
}

} // namespace Flotilla
