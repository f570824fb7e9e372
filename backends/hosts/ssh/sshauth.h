// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/hosts/ssh/agentkeys.h"
#include "backends/hosts/ssh/sshconfig.h"

#include <memory>
#include <set>

struct ssh_key_struct;
struct ssh_session_struct;

namespace Flotilla {

class ConnectJob;
class SshKeyring;

/// Logs in on one target, over as many connections as it takes: a server closes a connection after some attempts
/// (MaxAuthTries), and an agent may hold more keys than that. Order: keys of the config that the agent holds, key files
/// that need no passphrase, the agent's other keys, locked key files (the passphrase is asked for only when the server
/// would take the key), keyboard-interactive, password. Blocking; on the thread of the attempt.
class SshAuthenticator
{
public:
    enum class Step { Authenticated, NeedsNewConnection };

    SshAuthenticator(SshTarget target, QString label, ConnectJob &job, SshKeyring &keyring);

    Result<Step> run(ssh_session_struct *session);

private:
    struct Candidate
    {
        QByteArray blob; ///< empty: not known before the file is unlocked
        QString file;    ///< empty: a key of the agent
        QString comment;
        bool locked = false;
    };
    enum class Attempt { Accepted, Partial, Refused, Broken };

    void findCandidates();
    Candidate fromFile(const QString &file);
    Attempt tryAll(ssh_session_struct *session, int methods);
    Attempt tryKeys(ssh_session_struct *session);
    Attempt tryAgent(ssh_session_struct *session, const Candidate &candidate);
    Attempt tryFile(ssh_session_struct *session, const Candidate &candidate);
    Attempt tryKeyboard(ssh_session_struct *session);
    Attempt answerPrompts(ssh_session_struct *session);
    Attempt tryPassword(ssh_session_struct *session);
    std::shared_ptr<ssh_key_struct> unlock(const Candidate &candidate);
    std::shared_ptr<ssh_key_struct> import(const QString &file, const QString *passphrase, bool &locked);
    QString account() const;
    Error refused(const QString &detail) const;
    static Attempt attemptFrom(int code);

    SshTarget m_target;
    QString m_label;
    ConnectJob &m_job;
    SshKeyring &m_keyring;
    AgentFilter m_agent;
    QList<Candidate> m_candidates;
    QStringList m_offered; ///< names of keys, for the detail of a failure
    qsizetype m_next = 0;
    int m_refusals = 0;         ///< on this connection
    int m_newTries = 0;         ///< on this connection
    bool m_dismissed = false;   ///< the person did not want to answer
    QString m_stillLocked;      ///< the key file whose passphrase was never right
    bool m_wrongAnswer = false; ///< a password, or what the server asked for
    bool m_typedBefore = false;
};

} // namespace Flotilla
