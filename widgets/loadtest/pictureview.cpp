// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/pictureview.h"

#include "widgets/preview/pagescripts.h"
#include "widgets/preview/previewpage.h"

#include <QDir>
#include <QWebEngineLoadingInfo>
#include <QWebEngineScript>
#include <QWebEngineScriptCollection>
#include <QWebEngineView>

#include <sched.h>

namespace Flotilla {

namespace {

constexpr int deadlineMs = 6000;
constexpr int pollMs = 50;
constexpr int settleMs = 120;
constexpr double quietMs = 100;
constexpr int restlessMs = 2000;
constexpr QSize pageSize(1280, 800);

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
    : m_view(std::make_unique<QWebEngineView>())
    , m_page(new PreviewPage(profile, m_view.get()))
{
    m_page->setSilent(true);
    m_page->scripts().insert(PageScripts::watcher());
    m_view->setPage(m_page);
    m_view->setAttribute(Qt::WA_DontShowOnScreen);
    m_view->setAttribute(Qt::WA_ShowWithoutActivating);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->resize(pageSize);
    m_poll.setInterval(pollMs);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(deadlineMs);
    connect(m_page, &QWebEnginePage::loadingChanged, this, [this](const QWebEngineLoadingInfo &info) {
        if (info.url().scheme() == QLatin1String("about"))
            return;
        if (info.status() == QWebEngineLoadingInfo::LoadStartedStatus)
            makeIdle(m_page->renderProcessPid());
        else
            loaded(info.status() == QWebEngineLoadingInfo::LoadSucceededStatus);
    });
    connect(m_page, &QWebEnginePage::renderProcessTerminated, this, [this] { finish({}); });
    connect(&m_poll, &QTimer::timeout, this, &PictureView::poll);
    connect(&m_deadline, &QTimer::timeout, this, [this] { finish({}); });
}

PictureView::~PictureView()
{
    m_page->disconnect(this);
}

void PictureView::warmUp()
{
    m_view->show();
    m_page->load(QUrl(QStringLiteral("about:blank")));
}

void PictureView::take(const QUrl &url, std::function<void(const QImage &)> done)
{
    ++m_round;
    m_done = std::move(done);
    m_sinceLoad.invalidate();
    m_view->show();
    m_deadline.start();
    m_page->open(url);
}

void PictureView::loaded(bool ok)
{
    if (!m_done)
        return;
    if (!ok)
        return finish({});
    makeIdle(m_page->renderProcessPid());
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
    const QImage image = m_view->grab().toImage();
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
    m_page->triggerAction(QWebEnginePage::Stop);
    m_page->load(QUrl(QStringLiteral("about:blank")));
    m_view->hide();
    done(image);
}

} // namespace Flotilla
