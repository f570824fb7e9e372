// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/fleet/fleettypes.h"
#include "backends/hosts/hostquestion.h"
#include "backends/sandbox/imagebuild.h"

#include <QObject>

namespace Flotilla {

/// The hosts as the screens see them. GUI thread. An interface, so that tests and pictures bring their own.
class HostSession : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual Future<QList<HostCard>> hosts() = 0;
    virtual Future<void> add(const HostConfig &config) = 0;
    virtual Future<void> update(const HostConfig &config) = 0;
    /// A sentence about what stays on the host; empty: nothing does.
    virtual Future<QString> remove(const HostId &id, bool stopApps) = 0;
    virtual Future<QStringList> sshConfigHosts() = 0;
    virtual Future<QList<HostTestStep>> test(const HostConfig &config, const QString &test) = 0;
    virtual void cancelTest(const QString &test) = 0;
    /// `buildProgress` carries `job` until it ends.
    virtual Future<BuiltImage> buildImage(const HostId &host, const QString &backend, const ImageBuild &build,
                                          const QString &job) = 0;
    virtual void cancelBuild(const QString &job) = 0;
    virtual void answer(quint64 question, const HostAnswer &answer) = 0;
    virtual void reconnect(const HostId &id) = 0;

Q_SIGNALS:
    void hostChanged(const Flotilla::HostCard &card);
    void hostRemoved(const Flotilla::HostId &id);
    void testProgress(const QString &test, const Flotilla::HostTestStep &step);
    void buildProgress(const QString &job, const Flotilla::BuildProgress &progress);
    void asked(quint64 question, const Flotilla::HostQuestion &what);
};

} // namespace Flotilla
