// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/sandbox/container/buildcontext.h"
#include "backends/sandbox/container/buildoutput.h"

#include <QPointer>
#include <QTimer>

#include <atomic>

namespace Flotilla {

class HttpUpload;

/// One build under way: its folder is read on a thread of its own, what becomes of it is told a few times a second.
/// Service thread. Ends the reading when it goes.
class BuildJob : public QObject
{
    Q_OBJECT

public:
    BuildJob(const ImageBuild &what, BuildListener listener, QObject *wish);
    ~BuildJob() override;

    /// Finds what is sent to the engine.
    Future<BuildContext> look();
    /// Begins to send it; Unavailable when that cannot be.
    Result<std::shared_ptr<HttpUpload>> send(const BuildContext &context);
    /// Why it was not sent to its end; nothing: it was, or the engine did not want it.
    [[nodiscard]] std::optional<Error> sendingFault() const;
    void take(const QJsonObject &object);
    void tell(); ///< what is new, at once

    [[nodiscard]] const ImageBuild &what() const { return m_what; }
    [[nodiscard]] const BuildOutput &output() const { return m_output; }
    [[nodiscard]] QObject *wish() const { return m_wish; } ///< the build is wanted as long as it lives
    [[nodiscard]] bool isWanted() const { return !m_bound || m_wish; }
    static Error cancelled();

private:
    struct Shared ///< with the thread that reads
    {
        std::atomic<bool> stop{false};
        std::atomic<qint64> sent{0};
    };

    ImageBuild m_what;
    BuildListener m_listener;
    QPointer<QObject> m_wish;
    bool m_bound;
    std::shared_ptr<Shared> m_shared;
    Future<void> m_sending;
    BuildOutput m_output;
    qint64 m_total = 0; ///< bytes of the folder
    bool m_steps = false;
    bool m_news = true;
    QTimer m_timer;
};

} // namespace Flotilla
