// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/hostkit.h"

#include <QObject>
#include <QPointer>

#include <QCoroTask>

namespace Flotilla {

/// One host of the service: its connection, what was brought there, the backends that work there, its figures.
/// Service thread.
class HostLink : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        std::shared_ptr<const HostKit> kit;
        AskPerson ask;
        QString agent;       ///< local path
        QString runtime;     ///< local path
        QString dataDir;     ///< of this computer
        QString snapshotDir; ///< of this computer
    };

    HostLink(const HostConfig &config, Parts parts, QObject *parent = nullptr);
    ~HostLink() override;

    const HostConfig &config() const { return m_card.config; }
    void setConfig(const HostConfig &config); ///< the target stays
    const HostCard &card() const { return m_card; }
    void setSandboxes(int count);
    Host *host() const { return m_connection ? m_connection->host() : nullptr; }
    bool isLocal() const { return m_card.config.target.isEmpty(); }
    /// Opened as far as that goes, and measured.
    bool isSettled() const { return m_phase != Phase::Opening && (!m_measuring || m_card.memoryTotal > 0); }

    void open();             ///< connects and finds the backends; fine when that is done or under way
    void openUnlessFailed(); ///< a failed attempt is repeated by the host itself, or when a person asks for it
    void reconnect();
    /// Opens when needed. `name` empty: the one that is preferred here.
    Future<SandboxBackend *> backend(const QString &name);
    QList<SandboxBackend *> backends() const; ///< while the host can be reached
    QList<SandboxBackend *> allBackends() const;
    bool offers(const QString &name) const { return find(name).ok(); } ///< as far as is known
    Future<QString> dataDir(const AppId &app);
    QString dataRoot() const; ///< there; what it usually is as long as the host did not say
    void measure();

Q_SIGNALS:
    void changed();
    void backendOpened(Flotilla::SandboxBackend *backend);

private:
    enum class Phase { Closed, Opening, Open };
    struct Waiter
    {
        QString name;
        QPromise<Result<SandboxBackend *>> promise;
    };

    static QCoro::Task<> doOpen(QPointer<HostLink> self);
    static QCoro::Task<Status> prepare(QPointer<HostLink> self);
    static QCoro::Task<Status> findBackends(QPointer<HostLink> self, HostKit::Installed there);
    Error nothingRuns(const Result<QList<PreflightCheck>> &checks) const;
    static QCoro::Task<> doMeasure(QPointer<HostLink> self);
    static QCoro::Task<Result<QString>> findDataRoot(QPointer<HostLink> self);
    void opened(const Status &status);
    void onHostChanged();
    void onProviding(const QString &name, qint64 sent, qint64 total);
    QString stateText(bool failed) const;
    QString preparingText() const;
    void add(const std::shared_ptr<SandboxBackend> &backend);
    Result<SandboxBackend *> find(const QString &name) const;
    QString kindFor(const QString &name) const;
    Error nothingLike(const QString &kind) const;
    Future<SandboxBackend *> lookAgainFor(const QString &name);
    static QCoro::Task<Status> lookAgain(QPointer<HostLink> self);
    void updateCard();
    void change(const HostCard &card);

    Parts m_parts;
    HostCard m_card;
    std::unique_ptr<HostConnection> m_connection;
    QList<std::shared_ptr<SandboxBackend>> m_backends; // before the connection goes
    Phase m_phase = Phase::Closed;
    Status m_problem; ///< why the last attempt to open failed
    QList<std::shared_ptr<Waiter>> m_waiters;
    HostKit::Installed m_there;
    Future<void> m_looking; ///< for engines that did not answer before
    QString m_agent;        ///< there
    QString m_dataRoot;     ///< there: below it is what has to last
    QString m_copying;      ///< what is being copied there
    int m_copied = 0;       ///< of it, in percent
    bool m_broke = false;   ///< the connection ended while the host was prepared
    bool m_measuring = false;
    bool m_announced = false; ///< the backends were announced since the host came
    quint64 m_cpuBusy = 0, m_cpuAll = 0;
};

} // namespace Flotilla
