// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/loadprogress.h"

#include "backends/fleet/loadtest/loadtestservice.h"

namespace Flotilla {

namespace {

constexpr int everyMs = 1000;

} // namespace

LoadProgress::LoadProgress(LoadTestService *service, const Output &)
{
    m_later.setSingleShot(true);
    QObject::connect(&m_later, &QTimer::timeout, &m_context, [this] { print(); });
    QObject::connect(service, &LoadTestService::progressed, &m_context,
                     [this](const LoadSnapshot &snapshot) { show(snapshot); });
    QObject::connect(service, &LoadTestService::happened, &m_context, [](const LoadEvent &event) {
        if (event.kind == QLatin1String("sweep"))
            writeAll(2, QStringLiteral("%1 s  probes: %2\n").arg(event.t / 1000, 7, 'f', 1).arg(event.text).toUtf8());
    });
}

void LoadProgress::show(const LoadSnapshot &snapshot)
{
    m_snapshot = snapshot;
    const bool soon = snapshot.state == m_state && m_last.isValid() && m_last.elapsed() < everyMs;
    if (!soon)
        print();
    else if (!m_later.isActive())
        m_later.start(int(everyMs - m_last.elapsed()));
}

void LoadProgress::print()
{
    const LoadSnapshot &snapshot = m_snapshot;
    m_later.stop();
    m_state = snapshot.state;
    m_last.start();
    const auto count = [&snapshot](LoadPhase phase) { return snapshot.counts[size_t(phase)]; };
    QString line = QStringLiteral("%1 s  %2%3: %4 of %5 live, %6 queued, %7 starting, %8 generating, %9 building, ")
                       .arg(snapshot.seconds, 7, 'f', 1)
                       .arg(snapshot.replay ? QStringLiteral("replay, ") : QString(), toString(snapshot.state))
                       .arg(snapshot.live())
                       .arg(snapshot.target)
                       .arg(count(LoadPhase::Queued))
                       .arg(count(LoadPhase::Allocating) + count(LoadPhase::Starting))
                       .arg(count(LoadPhase::Generating))
                       .arg(count(LoadPhase::Building));
    line += QStringLiteral("%1 failed\n").arg(snapshot.failed());
    writeAll(2, line.toUtf8());
}

} // namespace Flotilla
