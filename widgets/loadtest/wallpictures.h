// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <QUrl>

#include <deque>
#include <functional>
#include <memory>

namespace Flotilla {

/// Takes a picture of a page. GUI thread; one call at a time per free place.
class PictureTaker
{
public:
    virtual ~PictureTaker() = default;
    /// Gets ready what the first picture needs; may take a moment, so call it when nobody watches something move.
    virtual void warmUp() {}
    virtual int freePlaces() const = 0;
    /// `done` with an image of the whole page, null when there was none.
    virtual void take(const QUrl &url, std::function<void(const QImage &)> done) = 0;
};

/// Small pictures of the apps on the wall, at most 96 MiB of them. Equal content is looked at once. GUI thread; scaling
/// is done elsewhere. How fast new ones are taken follows setPace(), so that a run is never delayed.
class WallPictures : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        /// What the app consists of, as a hash; empty: unknown, it is looked at anyway. An error: there is no such app.
        std::function<Future<QByteArray>(const AppId &)> contentKey;
        std::function<QUrl(const AppId &)> url;
        std::shared_ptr<PictureTaker> taker; ///< none: there are no pictures
    };
    enum class Pace {
        Stopped,
        Careful, ///< the machine is busy with the run: one at a time, with pauses
        Full,
    };

    explicit WallPictures(Parts parts, QObject *parent = nullptr);

    const QImage *find(const AppId &app) const; ///< until the next call of anything
    /// Once; ready() follows, unless it cannot be seen: a busy machine is given three tries.
    void want(const AppId &app);
    void warmUp() const;
    bool isWaiting() const { return !m_queue.empty() || m_busy > 0; } ///< for pictures of some
    void setPace(Pace pace);
    Pace pace() const { return m_pace; }
    void setSize(const QSize &size); ///< of pictures from now on; another size forgets the old ones
    void clear();
    int held() const { return int(m_pictures.size()); }
    static constexpr int mostKilobytes = 96 * 1024;

Q_SIGNALS:
    void ready(const Flotilla::AppId &app);

private:
    void startTimer();
    void pump();
    void look(const AppId &app);
    void lookAt(const AppId &app, const QByteArray &key);
    void failed(const AppId &app);
    void shrink(const AppId &app, const QByteArray &key, const QImage &page);
    void store(const AppId &app, const QByteArray &key, const QImage &picture);
    void done();

    Parts m_parts;
    QSize m_size{160, 100};
    Pace m_pace = Pace::Stopped;
    QCache<QByteArray, QImage> m_pictures;
    QHash<AppId, QByteArray> m_keys;
    QSet<AppId> m_asked;
    std::deque<AppId> m_queue;
    QTimer m_timer;
    QHash<AppId, int> m_failures;
    int m_busy = 0;    ///< under way
    int m_looking = 0; ///< of them: not yet at a place of the taker
    int m_round = 0;   ///< answers for an earlier clear() are dropped
};

} // namespace Flotilla
