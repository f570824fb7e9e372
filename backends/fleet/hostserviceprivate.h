// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/hostlink.h"
#include "backends/fleet/hostservice.h"

#include <QPointer>
#include <QTimer>

#include <QCoroTask>

namespace Flotilla {

class HostTest;

struct HostService::Private
{
    using Answering = std::shared_ptr<QPromise<Result<HostAnswer>>>;

    Private(HostService *service, Parts serviceParts);

    // configuration (hostservice.cpp)
    static Error noSuchHost(const HostId &id);
    void loadHosts();
    HostLink *makeLink(const HostConfig &config);
    HostLink *find(const HostId &id) const;
    void drop(const HostId &id);
    Status add(HostConfig config);
    Status update(HostConfig config);
    Result<QStringList> appsOn(const HostId &id, QList<AppId> *ids) const;
    static QCoro::Task<Result<QStringList>> connectPool(QPointer<HostService> q);
    QList<HostLink *> pool() const;
    void countSandboxes();
    Future<HostAnswer> ask(const HostQuestion &question);

    // removal (hostremoval.cpp)
    static QCoro::Task<Result<QString>> remove(QPointer<HostService> q, HostId id, bool stopApps);
    static QCoro::Task<> stopApps(QPointer<HostService> q, QList<AppId> apps);
    static QCoro::Task<Result<QString>> emptyHost(QPointer<HostService> q, HostId id, bool leaves);
    static QCoro::Task<QString> whatStays(QPointer<HostService> q, HostId id);
    Error runningThere(const QStringList &titles) const;
    Error dataThere(const HostCard &card, const Error &why, bool away) const;
    Status forget(const HostId &id);

    // tests (hosttests.cpp)
    Future<QList<HostTestStep>> startTest(const HostConfig &config, const QString &test);

    // images (hostimages.cpp)
    Future<BuiltImage> startBuild(const HostId &host, const QString &backend, const ImageBuild &build,
                                  const QString &job);
    static QCoro::Task<Result<BuiltImage>> build(QPointer<HostService> q, HostId host, QString backend,
                                                 ImageBuild build, QString job);
    void endBuild(const QString &job, const Result<BuiltImage> &result);
    static QCoro::Task<Result<QList<EngineImage>>> images(QPointer<HostService> q, HostId host, QString backend);

    HostService *q;
    Parts parts;
    QList<HostLink *> links;
    QString localLabel; ///< of this computer, in the language of the last time
    QHash<quint64, Answering> questions;
    quint64 lastQuestion = 0;
    QHash<QString, HostTest *> tests;
    struct Build
    {
        std::shared_ptr<QObject> wish; ///< held by nobody else: the build ends with it
        std::shared_ptr<QPromise<Result<BuiltImage>>> promise;
    };
    QHash<QString, Build> builds;
    QTimer measureTimer;
    QTimer countTimer;
};

} // namespace Flotilla
