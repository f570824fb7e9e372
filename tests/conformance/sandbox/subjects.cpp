// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandbox/subjects.h"

#include "backends/hosts/host.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"

#include <QCoreApplication>

#include <unistd.h>

namespace Flotilla {

namespace {

QString bin()
{
    return qEnvironmentVariable("FLOTILLA_BIN_DIR", QCoreApplication::applicationDirPath() + QLatin1String("/../bin"));
}

} // namespace

std::unique_ptr<SandboxBackend> bubblewrapOn(Host *host, const QString &bwrap)
{
    BubblewrapBackend::Layout layout;
    layout.agent = bin() + QLatin1String("/flotilla-agent");
    layout.runtime = bin() + QLatin1String("/../share/flotilla/runtime");
    layout.bwrap = bwrap;
    return std::make_unique<BubblewrapBackend>(host, layout);
}

std::unique_ptr<SandboxBackend> containersOn(Host *host, HttpClient *http, ContainerEngine::Kind kind)
{
    ContainerEngine engine;
    engine.kind = kind;
    engine.socket = qEnvironmentVariable("FLOTILLA_TEST_ENGINE_SOCKET");
    engine.rootless = geteuid() != 0; // the test started it
    ContainerBackend::Layout layout;
    layout.agent = bin() + QLatin1String("/flotilla-agent");
    layout.runtime = bin() + QLatin1String("/../share/flotilla/runtime");
    return std::make_unique<ContainerBackend>(host, http, engine, layout);
}

} // namespace Flotilla
