// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/servicehostsession.h"

#include "backends/fleet/hostservice.h"

namespace Flotilla {

ServiceHostSession::ServiceHostSession(HostService *service, QObject *parent)
    : HostSession(parent)
    , m_service(service)
{
    connect(service, &HostService::hostChanged, this, &HostSession::hostChanged);
    connect(service, &HostService::hostRemoved, this, &HostSession::hostRemoved);
    connect(service, &HostService::testProgress, this, &HostSession::testProgress);
    connect(service, &HostService::buildProgress, this, &HostSession::buildProgress);
    connect(service, &HostService::asked, this, &HostSession::asked);
}

Future<QList<HostCard>> ServiceHostSession::hosts()
{
    return m_service->hosts();
}

Future<void> ServiceHostSession::add(const HostConfig &config)
{
    return m_service->add(config);
}

Future<void> ServiceHostSession::update(const HostConfig &config)
{
    return m_service->update(config);
}

Future<QString> ServiceHostSession::remove(const HostId &id, bool stopApps)
{
    return m_service->remove(id, stopApps);
}

Future<QStringList> ServiceHostSession::sshConfigHosts()
{
    return m_service->sshConfigHosts();
}

Future<QList<HostTestStep>> ServiceHostSession::test(const HostConfig &config, const QString &test)
{
    return m_service->test(config, test);
}

void ServiceHostSession::cancelTest(const QString &test)
{
    m_service->cancelTest(test);
}

Future<BuiltImage> ServiceHostSession::buildImage(const HostId &host, const QString &backend, const ImageBuild &build,
                                                  const QString &job)
{
    return m_service->buildImage(host, backend, build, job);
}

void ServiceHostSession::cancelBuild(const QString &job)
{
    m_service->cancelBuild(job);
}

void ServiceHostSession::answer(quint64 question, const HostAnswer &answer)
{
    m_service->answer(question, answer);
}

void ServiceHostSession::reconnect(const HostId &id)
{
    m_service->reconnect(id);
}

} // namespace Flotilla
