// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"
#include "tests/conformance/sandbox/sandboxconformance.h"
#include "tests/conformance/sandbox/subjects.h"
#include "tests/support/testengine.h"

namespace Flotilla {

/// The table of behaviours over an engine of this kind, which starts and ends with the test.
class ContainerConformance : public SandboxConformance
{
public:
    explicit ContainerConformance(ContainerEngine::Kind kind)
        : m_kind(kind)
    {
    }

protected:
    QString startPeers() override
    {
        m_engine = std::make_unique<TestEngine>(m_kind);
        if (!m_engine->start())
            return m_engine->problem();
        qputenv("FLOTILLA_TEST_ENGINE_SOCKET", m_engine->socket().toUtf8());
        return {};
    }
    void stopPeers() override { m_engine.reset(); }
    std::unique_ptr<SandboxBackend> makeBackend(Host *host, HttpClient *http) override
    {
        return containersOn(host, http, m_kind);
    }

private:
    ContainerEngine::Kind m_kind;
    std::unique_ptr<TestEngine> m_engine;
};

} // namespace Flotilla
