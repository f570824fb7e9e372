// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"
#include "backends/http/httpclient.h"
#include "backends/sandbox/sandboxbackend.h"

#include <QTemporaryDir>

namespace Flotilla {

struct ExecResult;
struct ExecSpec;

/// What every SandboxBackend must do, on whatever Host. A test class derives, makes its host and its backend, and runs
/// with conformanceMain(): the same program is also the owner that a test kills.
class SandboxConformance : public QObject
{
    Q_OBJECT

public:
    /// The program that a test kills: creates the sandbox `id` below `dir`, prints "ready" and waits.
    int beOwner(const QString &dir, const QString &id);

protected:
    /// A peer that the backend needs (a container engine, an sshd); a sentence when it cannot start here.
    virtual QString startPeers() { return {}; }
    virtual void stopPeers() {}
    /// A host with a runtime folder of its own below `dir`; the same folder is the same installation after a restart.
    virtual std::unique_ptr<Host> makeHost(const QString &dir);
    virtual std::unique_ptr<SandboxBackend> makeBackend(Host *host, HttpClient *http) = 0;
    /// What the script prints in the sandbox.
    QByteArray shell(AgentClient *agent, const QString &script, int *exitCode = nullptr, QString *reason = nullptr);

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
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
    void snapshotsComeBack();
    void snapshotsAreOfOneMoment();
    void aHoldStopsEverything();
    void forksAreIndependent();
    void snapshotsNeverFollowLinks();
    void refusesBrokenSnapshots_data();
    void refusesBrokenSnapshots();
    void killedAgentIsADeath();
    void fullDiskIsAnError();
    void showsServersThroughTheGateway();

private:
    SandboxSpec spec(const QString &id) const;
    AgentClient *start(const SandboxSpec &spec);
    void wipe();
    QByteArray fingerprint(AgentClient *agent);
    QString labelOf(const QString &id) const;
    SnapshotInfo snapshotOf(const QString &id, const QString &snapshot);
    void startOwnerAndKillIt(const QString &id);

    QByteArray m_function;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<SandboxBackend> m_backend;
};

int conformanceMain(SandboxConformance &test, int argc, char **argv);

} // namespace Flotilla
