// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/hosts/hostsession.h"

namespace Flotilla {

class HostService;

/// The real hosts. The service outlives it.
class ServiceHostSession : public HostSession
{
    Q_OBJECT

public:
    explicit ServiceHostSession(HostService *service, QObject *parent = nullptr);

    Future<QList<HostCard>> hosts() override;
    Future<void> add(const HostConfig &config) override;
    Future<void> update(const HostConfig &config) override;
    Future<QString> remove(const HostId &id, bool stopApps) override;
    Future<QStringList> sshConfigHosts() override;
    Future<QList<HostTestStep>> test(const HostConfig &config, const QString &test) override;
    void cancelTest(const QString &test) override;
    Future<BuiltImage> buildImage(const HostId &host, const QString &backend, const ImageBuild &build,
                                  const QString &job) override;
    void cancelBuild(const QString &job) override;
    void answer(quint64 question, const HostAnswer &answer) override;
    void reconnect(const HostId &id) override;

private:
    HostService *m_service;
};

} // namespace Flotilla
