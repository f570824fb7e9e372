// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/continuation.h"
#include "backends/fleet/loadtest/loadtarget.h"

#include <QSet>
#include <QTimer>

namespace Flotilla::Test {

/// Apps that come alive in a few turns of the event loop, unless told otherwise.
class FakeTarget : public LoadTarget
{
    Q_OBJECT

public:
    QSet<AppId> alive; ///< started and not removed
    QSet<AppId> deaf;  ///< do not answer probes
    QStringList prompts;
    int stepMs = 1;
    bool stuck = false; ///< nothing is ever reached
    std::optional<Error> notPrepared;
    int mostAtOnce = 0;
    int removed = 0;
    bool forgot = false;
    bool removesLate = false;
    bool ignoresPlaces = false; ///< does not say where an app is

    Future<QString> prepare(const LoadPlan &) override
    {
        return readyFuture<QString>(notPrepared ? Result<QString>(*notPrepared)
                                                : Result<QString>(QStringLiteral("fake")));
    }
    void start(const LoadWish &wish) override
    {
        alive.insert(wish.app);
        prompts.append(wish.prompt);
        m_open.insert(wish.app);
        mostAtOnce = std::max(mostAtOnce, int(m_open.size()));
        if (!stuck)
            QTimer::singleShot(stepMs, this, [this, wish] { allocate(wish); });
    }
    Future<void> probe(const AppId &app) override
    {
        const bool fine = alive.contains(app) && !deaf.contains(app);
        return readyFuture<void>(fine ? Status() : Status(Error{ErrorKind::Unavailable, QStringLiteral("deaf"), {}}));
    }
    Future<void> remove(const QList<AppId> &apps, bool forget) override
    {
        forgot = forget;
        if (removesLate) {
            removesLate = false;
            return removeLater(apps, forget);
        }
        for (const AppId &app : apps) {
            alive.remove(app);
            m_open.remove(app);
            ++removed;
        }
        return readyFuture<void>(Status());
    }
    QString title(const AppId &app) const override { return QStringLiteral("title of ") + app.value; }
    QJsonObject environment() const override { return {{QStringLiteral("cores"), 2}}; }
    Future<QStringList> preflight(const LoadPlan &) override { return readyFuture<QStringList>(QStringList()); }

private:
    Future<void> removeLater(const QList<AppId> &apps, bool forget)
    {
        const auto promise = std::make_shared<QPromise<Status>>();
        promise->start();
        QTimer::singleShot(20, this, [this, apps, forget, promise] {
            remove(apps, forget);
            promise->addResult(Status());
            promise->finish();
        });
        return promise->future();
    }
    void allocate(const LoadWish &wish)
    {
        if (!m_open.contains(wish.app))
            return;
        if (!ignoresPlaces)
            Q_EMIT placed(wish.app, {QStringLiteral("local")});
        if (wish.fault == QLatin1String("create"))
            return end(wish.app, LoadClass::CreateError, QStringLiteral("a fault"));
        Q_EMIT reached(wish.app, LoadMoment::FirstToken);
        Q_EMIT reached(wish.app, LoadMoment::Allocated);
        Q_EMIT reached(wish.app, LoadMoment::CodeDone);
        QTimer::singleShot(stepMs, this, [this, wish] { build(wish); });
    }
    void build(const LoadWish &wish)
    {
        if (!m_open.contains(wish.app))
            return;
        Q_EMIT reached(wish.app, LoadMoment::Ready);
        Q_EMIT reached(wish.app, LoadMoment::Served);
        end(wish.app, LoadClass::Live, {});
        if (wish.fault == QLatin1String("crash"))
            Q_EMIT died(wish.app, QLatin1String(LoadClass::Crashed), QStringLiteral("a fault"));
    }
    void end(const AppId &app, const char *outcome, const QString &error)
    {
        m_open.remove(app);
        Q_EMIT ended(app, QLatin1String(outcome), error);
    }

    QSet<AppId> m_open;
};

} // namespace Flotilla::Test
