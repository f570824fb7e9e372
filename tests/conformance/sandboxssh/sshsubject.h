// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

#include <QTemporaryDir>

#include <memory>

namespace Flotilla {

namespace Test {
class SshServer;
}

/// An sshd for the table of sandboxes, which the program that a test kills uses as well.
class SshSubject
{
public:
    SshSubject();
    ~SshSubject();

    QString start(); ///< why it cannot start here; empty when it did
    void stop();
    /// A connected host with its folders below `dir`.
    static std::unique_ptr<Host> makeHost(const QString &dir);

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
};

} // namespace Flotilla
