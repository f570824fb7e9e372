// SPDX-License-Identifier: GPL-3.0-or-later
// "Test this host", step by step.
#include "backends/fleet/hostserviceprivate.h"

namespace Flotilla {

struct HostService::Private::Test
{
};

Future<QStringList> HostService::sshConfigHosts()
{
    return readyFuture<QStringList>(QStringList());
}

Future<QList<HostTestStep>> HostService::test(const HostConfig &, const QString &)
{
    return readyFuture<QList<HostTestStep>>(
        Error{ErrorKind::Unsupported, HostService::tr("Hosts cannot be tested yet."), {}});
}

Future<void> HostService::cancelTest(const QString &)
{
    return readyFuture<void>(Status());
}

} // namespace Flotilla
