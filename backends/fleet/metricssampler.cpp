// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/metricssampler.h"

#include "backends/core/continuation.h"
#include "backends/sandbox/sandboxbackend.h"

namespace Flotilla {

namespace {

constexpr int sampleWatchedMs = 1'000;
constexpr int sampleRestMs = 15'000;

} // namespace

MetricsSampler::MetricsSampler(Backends backends, QObject *parent)
    : QObject(parent)
    , m_backends(std::move(backends))
{
    m_timer.setInterval(sampleRestMs);
    connect(&m_timer, &QTimer::timeout, this, &MetricsSampler::sample);
}

void MetricsSampler::begin()
{
    if (m_timer.isActive())
        return;
    m_timer.start();
    sample();
}

void MetricsSampler::setWatched(bool watched)
{
    const int interval = watched ? sampleWatchedMs : sampleRestMs;
    if (interval == m_timer.interval())
        return;
    m_timer.setInterval(interval);
    if (watched && m_timer.isActive())
        sample();
}

void MetricsSampler::sample()
{
    const QList<SandboxBackend *> backends = m_backends();
    for (SandboxBackend *backend : backends) {
        if (!m_asked.contains(backend))
            ask(backend);
    }
}

void MetricsSampler::ask(SandboxBackend *backend)
{
    m_asked.insert(backend);
    using All = QHash<SandboxId, SandboxMetrics>;
    whenDone(this, backend->allMetrics(), [this, backend](const Result<All> &metrics) {
        m_asked.remove(backend);
        if (metrics)
            Q_EMIT sampled(*metrics);
    });
}

} // namespace Flotilla
