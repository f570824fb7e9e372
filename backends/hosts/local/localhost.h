// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

namespace Flotilla {

/// This computer. Always Ready, unless its runtime folder cannot be used safely.
class LocalHost : public Host
{
    Q_OBJECT

public:
    /// Creates `runtimeDir` (mode 0700). A folder that others could change is not used: Unreachable.
    explicit LocalHost(const QString &runtimeDir, QObject *parent = nullptr);

    HostId id() const override;
    QString label() const override;
    HostState state() const override;
    QString stateText() const override;
    Future<CommandResult> run(const CommandSpec &command) override;
    Future<std::shared_ptr<QIODevice>> connectTo(const ConnectTarget &target) override;
    Future<void> put(const QString &localPath, const QString &hostPath) override;
    Future<void> get(const QString &hostPath, const QString &localPath) override;
    QString runtimeDir() const override;
    Future<QString> provide(const QString &localPath) override;    ///< it is here already
    Future<QString> localSocket(const QString &hostPath) override; ///< itself

private:
    QString m_runtimeDir;
    Status m_usable;
};

} // namespace Flotilla
