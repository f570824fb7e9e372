// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/hostkit.h"

#include <QObject>
#include <QPointer>

#include <QCoroTask>

namespace Flotilla {

/// "Test this host": a connection of its own, so that it works for a host that was not added yet and does not lean on
/// what is cached. Service thread; deleting it cancels.
class HostTest : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        std::shared_ptr<const HostKit> kit;
        AskPerson ask;
        QString agent;
        QString runtime;
    };
    HostTest(const HostConfig &config, Parts parts, QObject *parent = nullptr);
    ~HostTest() override;

    Future<QList<HostTestStep>> run();
    void cancel();

Q_SIGNALS:
    void progress(const Flotilla::HostTestStep &step);

private:
    enum Step { Resolve, Connect, HostKey, Authenticate, Agent, Engine, Sandbox };

    static QCoro::Task<Result<QList<HostTestStep>>> flow(QPointer<HostTest> self);
    static QCoro::Task<bool> connectTo(QPointer<HostTest> self);
    static QCoro::Task<bool> bringAgent(QPointer<HostTest> self);
    static QCoro::Task<bool> findEngine(QPointer<HostTest> self);
    static QCoro::Task<bool> trySandbox(QPointer<HostTest> self);
    void begin(Step step);
    void pass(Step step, const QString &text);
    void fail(Step step, const QString &text, const QString &remedy);
    void set(Step step, HostTestStep::State state, const QString &text, const QString &remedy = {});

    HostConfig m_config;
    Parts m_parts;
    QList<HostTestStep> m_steps;
    std::unique_ptr<HostConnection> m_connection;
    QList<std::shared_ptr<SandboxBackend>> m_backends;
    QString m_agent, m_runtime; ///< there
    SandboxId m_trial;          ///< being started
    bool m_cancelled = false;
};

} // namespace Flotilla
