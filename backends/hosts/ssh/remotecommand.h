// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

namespace Flotilla {

/// A command line for the login shell of a host, whatever shell that is, and what its output means. The program starts
/// in the session of its own that sshd makes, under `timeout` when the host has it, so that it ends even when the
/// connection is gone. Each stream begins with a mark: what a login script printed before does not count.
struct RemoteCommand
{
    QByteArray line;
    QByteArray mark;

    /// Invalid for names or sizes that a host cannot take.
    static Result<RemoteCommand> of(const CommandSpec &command);
};

/// Splits the marks from the streams of a RemoteCommand.
class RemoteOutput
{
public:
    explicit RemoteOutput(const QByteArray &mark);

    /// Returns what belongs to the program itself.
    QByteArray add(const char *bytes, qsizetype size, bool isError);
    qint64 process() const { return m_process; } ///< its group as well; 0 before it is known
    bool started() const { return m_process > 0; }
    /// When the program did not start: "folder" or "program".
    QByteArray missing() const { return m_missing; }

private:
    void readHeader(const QByteArray &line);

    QByteArray m_mark;
    QByteArray m_before[2];
    bool m_marked[2] = {false, false};
    qint64 m_process = 0;
    QByteArray m_missing;
};

/// In single quotes for a POSIX shell.
QByteArray shellQuoted(const QString &text);
/// For the login shell: runs `script` in /bin/sh.
QByteArray loginShellLine(const QByteArray &script);

} // namespace Flotilla
