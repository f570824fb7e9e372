// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/pictureview.h"

#include "widgets/preview/hiddenpage.h"
#include "widgets/preview/pagescripts.h"
#include "widgets/preview/previewpage.h"

#include <QDir>
#include <QWebEngineLoadingInfo>

#include <sched.h>

namespace Flotilla {

namespace {

constexpr int deadlineMs = 6000;
constexpr int pollMs = 20;
constexpr int settleMs = 60;
constexpr double quietMs = 60;
constexpr int restlessMs = 2000;
constexpr double scale = 0.5; ///< of the page; the largest pictures have less than half its width

} // namespace

void makeIdle(qint64 process)
{
    if (process <= 0)
        return;
    const sched_param none{};
    const QStringList threads =
        QDir(QStringLiteral("/proc/%1/task").arg(process)).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &thread : threads)
        sched_setscheduler(thread.toInt(), SCHED_IDLE, &none); // as good as it gets; it may have ended meanwhile
}

PictureView::PictureView(QWebEngineProfile *profile)
    : m_page(std::make_unique<HiddenPage>(profile))
{
    m_page->setScale(scale);
    m_poll.setInterval(pollMs);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(deadlineMs);
    connect(m_page.get(), &HiddenPage::started, this, [this] { makeIdle(m_page->page()->renderProcessPid()); });
    connect(m_page.get(), &HiddenPage::ended, this, [this](const QWebEngineLoadingInfo &info) {
        loaded(info.status() == QWebEngineLoadingInfo::LoadSucceededStatus);
    });
    connect(m_page.get(), &HiddenPage::crashed, this, [this] { finish({}); });
    connect(&m_poll, &QTimer::timeout, this, &PictureView::poll);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish({}); });
}

PictureView::~PictureView() = default;

void PictureView::warmUp()
{
    m_page->warmUp();
}

void PictureView::take(const QUrl &url, std::function<void(const QImage &)> done)
{
    ++m_round;
    m_done = std::move(done);
    m_sinceLoad.invalidate();
    m_deadline.start();
    m_page->open(url);
}

void PictureView::loaded(bool ok)
{
    if (!m_done)
        return;
    if (!ok)
        return finish({});
    makeIdle(m_page->page()->renderProcessPid());
    m_sinceLoad.start();
    m_poll.start();
}

void PictureView::poll()
{
    m_page->evaluate(PageScripts::watcherReport(), [this, round = m_round](const QVariant &value) {
        if (round == m_round && m_done && m_poll.isActive())
            judge(PageReport::fromVariant(value));
    });
}

void PictureView::judge(const PageReport &page)
{
    const qint64 age = m_sinceLoad.elapsed();
    const bool ready = page.idleMs >= quietMs && age >= settleMs && (page.hasText || page.hasBoxes);
    if (!ready && age < restlessMs)
        return;
    const QImage image = m_page->picture();
    if (isUniform(image) && age < restlessMs)
        return; // loaded is not painted
    finish(isUniform(image) ? QImage() : image);
}

void PictureView::finish(const QImage &image)
{
    if (!m_done)
        return;
    m_poll.stop();
    m_deadline.stop();
    ++m_round;
    const auto done = std::exchange(m_done, nullptr);
    m_page->leave();
    done(image);
}

} // namespace Flotilla
