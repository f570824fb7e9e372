// SPDX-License-Identifier: GPL-3.0-or-later
// The tests of hosts that are under way.
#include "backends/core/continuation.h"
#include "backends/fleet/hostconfig.h"
#include "backends/fleet/hostlink.h"
#include "backends/fleet/hostserviceprivate.h"
#include "backends/fleet/hosttest.h"
#include "backends/fleet/sshconfighosts.h"

#include <algorithm>

namespace Flotilla {

namespace {

bool hasPassed(const Result<QList<HostTestStep>> &steps)
{
    return steps && !steps->isEmpty() && std::all_of(steps->begin(), steps->end(), [](const HostTestStep &step) {
               return step.state == HostTestStep::State::Ok;
           });
}

} // namespace

Future<QList<HostTestStep>> HostService::Private::startTest(const HostConfig &config, const QString &test)
{
    using Steps = QList<HostTestStep>;
    if (const Status good = checkHostConfig(config); !good)
        return readyFuture<Steps>(good.error());
    if (tests.contains(test))
        return readyFuture<Steps>(Error{ErrorKind::Conflict, HostService::tr("That test is under way already."), test});
    const auto asking = [service = QPointer(q)](const HostQuestion &question) {
        return service ? service->d->ask(question) : readyFuture<HostAnswer>(Error{ErrorKind::Cancelled, {}, {}});
    };
    auto *running = new HostTest(config, {parts.kit, asking, parts.agent, parts.runtime}, q);
    tests.insert(test, running);
    QObject::connect(running, &HostTest::progress, q,
                     [this, test](const HostTestStep &step) { Q_EMIT q->testProgress(test, step); });
    return continueOn(q, running->run(), [this, id = config.id, test, running](const Result<Steps> &steps) {
        tests.remove(test);
        running->deleteLater();
        if (HostLink *link = find(id); link && hasPassed(steps))
            link->open(); // whoever tests a host wants to use it
        return steps;
    });
}

Future<QStringList> HostService::sshConfigHosts()
{
    return onThread(this, [this]() -> Result<QStringList> { return readSshConfigHosts(d->parts.sshConfig); });
}

Future<QList<HostTestStep>> HostService::test(const HostConfig &config, const QString &test)
{
    return onThread(this, [this, config, test] { return d->startTest(config, test); });
}

Future<void> HostService::cancelTest(const QString &test)
{
    return onThread(this, [this, test]() -> Status {
        if (HostTest *running = d->tests.value(test))
            running->cancel();
        return {};
    });
}

} // namespace Flotilla
