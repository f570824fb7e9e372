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
    void loadHosts();
    HostLink *makeLink(const HostConfig &config);
    HostLink *find(const HostId &id) const;
    void drop(const HostId &id);
    Status add(const HostConfig &config);
    Status update(const HostConfig &config);
    static QCoro::Task<Status> remove(QPointer<HostService> q, HostId id, bool stopApps);
    Result<QStringList> appsOn(const HostId &id, QList<AppId> *ids) const;
    static QCoro::Task<Result<QStringList>> connectPool(QPointer<HostService> q);
    QList<HostLink *> pool() const;
    Status forget(const HostId &id);
    void countSandboxes();
    Future<HostAnswer> ask(const HostQuestion &question);

    // tests (hosttests.cpp)
    Future<QList<HostTestStep>> startTest(const HostConfig &config, const QString &test);

    HostService *q;
    Parts parts;
    QList<HostLink *> links;
    QHash<quint64, Answering> questions;
    quint64 lastQuestion = 0;
    QHash<QString, HostTest *> tests;
    QTimer measureTimer;
    QTimer countTimer;
};

} // namespace Flotilla
