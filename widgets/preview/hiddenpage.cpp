// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/hiddenpage.h"

#include "widgets/preview/pagescripts.h"
#include "widgets/preview/previewpage.h"

#include <QImage>
#include <QWebEngineLoadingInfo>
#include <QWebEngineScriptCollection>
#include <QWebEngineView>

namespace Flotilla {

namespace {

constexpr QSize pageSize(1280, 800);
constexpr int patienceMs = 2500;

bool isEmptyPage(const QUrl &url)
{
    return url.scheme() == QLatin1String("about");
}

} // namespace

HiddenPage::HiddenPage(QWebEngineProfile *profile)
    : m_view(std::make_unique<QWebEngineView>())
    , m_page(new PreviewPage(profile, m_view.get()))
{
    m_page->setSilent(true);
    m_page->scripts().insert(PageScripts::watcher(m_page->greeting()));
    m_page->scripts().insert(PageScripts::noServiceWorkers());
    m_view->setPage(m_page);
    m_view->setAttribute(Qt::WA_DontShowOnScreen);
    m_view->setAttribute(Qt::WA_ShowWithoutActivating);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->resize(pageSize);
    m_again.setSingleShot(true);
    m_again.setInterval(patienceMs);
    connect(m_page, &QWebEnginePage::loadingChanged, this, &HiddenPage::follow);
    connect(m_page, &QWebEnginePage::renderProcessTerminated, this, &HiddenPage::rendererEnded);
    connect(m_page, &PreviewPage::documentStarted, this, [this] {
        m_begun = m_state == State::Loading;
        if (!m_begun)
            return;
        m_again.stop();
        if (m_scale != 1) // a new origin has none
            m_page->setZoomFactor(m_scale);
    });
    connect(&m_again, &QTimer::timeout, this, &HiddenPage::hurry);
}

/// A page that cannot be left hangs, and would keep the next one of its app from beginning.
void HiddenPage::hurry()
{
    if (m_state != State::Leaving)
        return load();
    if (m_ending || !m_used || !m_page->endRenderer())
        return left();
    m_ending = true;
    m_again.start();
}

void HiddenPage::rendererEnded()
{
    m_used = false;
    if (m_ending)
        left();
    else
        Q_EMIT crashed();
}

HiddenPage::~HiddenPage()
{
    m_page->disconnect(this);
}

void HiddenPage::setScale(double scale)
{
    m_scale = scale;
    m_view->resize(pageSize * scale);
}

void HiddenPage::warmUp()
{
    m_view->show();
    m_state = State::Leaving;
    m_again.start();
    m_page->load(QUrl(QStringLiteral("about:blank")));
}

void HiddenPage::open(const QUrl &url)
{
    m_wanted = url;
    if (m_state != State::Leaving)
        load();
}

void HiddenPage::load()
{
    m_state = State::Loading;
    m_begun = false;
    m_used = true;
    m_view->show();
    m_again.start();
    m_page->open(m_wanted);
}

void HiddenPage::leave()
{
    m_wanted.clear();
    if (m_state == State::Leaving)
        return;
    m_page->triggerAction(QWebEnginePage::Stop);
    m_view->hide();
    m_state = State::Leaving;
    m_again.start();
    m_page->load(QUrl(QStringLiteral("about:blank")));
}

void HiddenPage::left()
{
    m_again.stop();
    m_ending = false;
    m_state = State::Empty;
    if (!m_wanted.isEmpty())
        load();
}

void HiddenPage::follow(const QWebEngineLoadingInfo &info)
{
    const bool begun = info.status() == QWebEngineLoadingInfo::LoadStartedStatus;
    if (m_state == State::Leaving && !begun && isEmptyPage(info.url()))
        return left();
    if (m_state == State::Leaving || isEmptyPage(info.url()))
        return;
    if (begun)
        return Q_EMIT started();
    if (info.status() == QWebEngineLoadingInfo::LoadStoppedStatus && !m_begun)
        return; // another one took its place, or it is asked for again
    m_again.stop();
    m_state = State::Loaded;
    Q_EMIT ended(info);
}

void HiddenPage::evaluate(const QString &script, std::function<void(const QVariant &)> answer)
{
    m_page->evaluate(script, std::move(answer));
}

QImage HiddenPage::picture() const
{
    return m_view->grab().toImage();
}

} // namespace Flotilla
