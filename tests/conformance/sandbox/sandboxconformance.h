// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/sandboxbackend.h"

#include <QTemporaryDir>

namespace Flotilla {

struct ExecResult;
struct ExecSpec;

/// What every SandboxBackend must do. A test class derives and makes its backend.
class SandboxConformance : public QObject
{
    Q_OBJECT

protected:
    /// A backend with a runtime folder of its own below `dir`; another call with the same folder is the same
    /// installation after a restart.
    virtual std::unique_ptr<SandboxBackend> makeBackend(const QString &dir) = 0;
    /// Arguments that make this test program create the sandbox `id` below `dir`, print "ready" and wait.
    virtual QStringList ownerArguments(const QString &dir, const QString &id) = 0;

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();
    void preflightIsGreenHere();
    void createIsIdempotent();
    void createsManyAtOnce();
    void getAndListTellTheState();
    void refuses_data();
    void refuses();
    void terminateIsFineInEveryState();
    void terminateDuringCreate();
    void reportsADeath();
    void execPassesStreamsAndCodes_data();
    void execPassesStreamsAndCodes();
    void execCarriesTenMegabytesInterleaved();
    void execPassesBinaryInput();
    void execTimeoutEndsTheTree();
    void refusesTraversal_data();
    void refusesTraversal();
    void limitsHaveReasons_data();
    void limitsHaveReasons();
    void dataOutlivesTheSandbox();
    void sandboxesSeeOnlyTheirOwn();
    void servesTheApp();
    void measures();
    void survivesItsOwnerAndIsAdopted();
    void reapsWhatNobodyKnows();

private:
    SandboxSpec spec(const QString &id) const;
    AgentClient *start(const SandboxSpec &spec);
    QByteArray shell(AgentClient *agent, const QString &script, int *exitCode = nullptr, QString *reason = nullptr);
    void startOwnerAndKillIt(const QString &id);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SandboxBackend> m_backend;
};

} // namespace Flotilla
