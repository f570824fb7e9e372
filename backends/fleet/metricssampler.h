// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/sandboxtypes.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace Flotilla {

class SandboxBackend;

/// Asks every open backend for the figures of all its sandboxes: once a second while somebody watches, every 15 s
/// otherwise. A backend that has not answered yet is not asked again. Service thread.
class MetricsSampler : public QObject
{
    Q_OBJECT

public:
    using Backends = std::function<QList<SandboxBackend *>()>;

    explicit MetricsSampler(Backends backends, QObject *parent = nullptr);

    void begin();
    void setWatched(bool watched);

Q_SIGNALS:
    void sampled(const QHash<Flotilla::SandboxId, Flotilla::SandboxMetrics> &metrics);

private:
    void sample();
    void ask(SandboxBackend *backend);

    Backends m_backends;
    QSet<SandboxBackend *> m_asked; ///< those that have not answered yet
    QTimer m_timer;
};

} // namespace Flotilla
