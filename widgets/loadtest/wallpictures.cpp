// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/wallpictures.h"

#include "widgets/common/async.h"

#include <QPointer>
#include <QPromise>
#include <QThreadPool>

namespace Flotilla {

namespace {

constexpr int carefulMs = 600;
constexpr int fullMs = 10;
constexpr int mostWaiting = 20'000;
constexpr int mostBusy = 4; ///< two at the taker, two that are made small
constexpr int mostTries = 3;

// Fills `size`, cut from the top: 16 bits a pixel are enough for a stamp and half the memory.
QImage stamp(const QImage &page, const QSize &size)
{
    const QImage scaled = page.scaled(size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    return scaled.copy(QRect(QPoint((scaled.width() - size.width()) / 2, 0), size))
        .convertToFormat(QImage::Format_RGB16, Qt::OrderedDither);
}

} // namespace

WallPictures::WallPictures(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_pictures(mostKilobytes)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &WallPictures::pump);
}

const QImage *WallPictures::find(const AppId &app) const
{
    const auto key = m_keys.constFind(app);
    return key == m_keys.cend() ? nullptr : m_pictures.object(*key);
}

void WallPictures::want(const AppId &app)
{
    if (!m_parts.taker || app.isEmpty() || m_asked.contains(app) || m_queue.size() >= mostWaiting)
        return;
    m_asked.insert(app);
    m_queue.push_back(app);
    if (m_pace != Pace::Stopped && !m_timer.isActive())
        startTimer();
}

void WallPictures::startTimer()
{
    m_timer.start(m_pace == Pace::Careful ? carefulMs : fullMs);
}

void WallPictures::warmUp() const
{
    if (m_parts.taker)
        m_parts.taker->warmUp();
}

void WallPictures::setPace(Pace pace)
{
    if (std::exchange(m_pace, pace) == pace)
        return;
    if (pace == Pace::Stopped)
        m_timer.stop();
    else if (!m_queue.empty())
        startTimer();
}

void WallPictures::setSize(const QSize &size)
{
    if (m_size == size)
        return;
    m_size = size;
    clear();
}

void WallPictures::clear()
{
    ++m_round;
    m_queue.clear();
    m_asked.clear();
    m_failures.clear();
    m_keys.clear();
    m_pictures.clear();
}

void WallPictures::pump()
{
    const int places = m_pace == Pace::Full ? std::min(m_parts.taker->freePlaces() - m_looking, mostBusy - m_busy)
                                            : (m_busy == 0 ? 1 : 0);
    for (int i = 0; i < places && !m_queue.empty(); ++i) {
        const AppId app = m_queue.front();
        m_queue.pop_front();
        ++m_busy;
        ++m_looking;
        look(app);
    }
}

void WallPictures::look(const AppId &app)
{
    if (!m_parts.contentKey)
        return lookAt(app, app.value.toUtf8());
    whenDone(m_parts.contentKey(app), this, [this, app, round = m_round](const Result<QByteArray> &key) {
        const QByteArray content = !key.ok() || key->isEmpty() ? app.value.toUtf8() : *key;
        const bool wanted = round == m_round && key.ok();
        if (wanted && !m_pictures.contains(content))
            return lookAt(app, content);
        --m_looking;
        if (!wanted)
            return done();
        m_keys.insert(app, content);
        Q_EMIT ready(app);
        done();
    });
}

void WallPictures::lookAt(const AppId &app, const QByteArray &key)
{
    --m_looking;
    if (m_parts.taker->freePlaces() < 1) { // somebody else was faster
        m_queue.push_back(app);
        return done();
    }
    const QPointer<WallPictures> self(this);
    m_parts.taker->take(m_parts.url(app), [self, app, key, round = m_round](const QImage &page) {
        if (!self)
            return;
        if (round != self->m_round)
            return self->done();
        page.isNull() ? self->failed(app) : self->shrink(app, key, page);
    });
}

// Where other programs want the processors, too, a page may not be painted in time. After all others it gets another
// chance.
void WallPictures::failed(const AppId &app)
{
    if (++m_failures[app] < mostTries)
        m_queue.push_back(app);
    done();
}

void WallPictures::shrink(const AppId &app, const QByteArray &key, const QImage &page)
{
    const auto promise = std::make_shared<QPromise<Result<QImage>>>();
    promise->start();
    whenDone(promise->future(), this, [this, app, key, round = m_round](const Result<QImage> &picture) {
        if (round == m_round && picture)
            store(app, key, *picture);
        done();
    });
    const auto scale = [promise, page, size = m_size] {
        promise->addResult(stamp(page, size));
        promise->finish();
    };
    QThreadPool::globalInstance()->start(scale, -1);
}

void WallPictures::store(const AppId &app, const QByteArray &key, const QImage &picture)
{
    m_pictures.insert(key, new QImage(picture), int(picture.sizeInBytes() / 1024) + 1);
    m_keys.insert(app, key);
    Q_EMIT ready(app);
}

void WallPictures::done()
{
    --m_busy;
    if (!m_queue.empty() && m_pace != Pace::Stopped && !m_timer.isActive())
        startTimer();
}

} // namespace Flotilla
