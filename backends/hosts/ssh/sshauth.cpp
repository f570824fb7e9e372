// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshauth.h"

#include "backends/hosts/ssh/connectjob.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <libssh/libssh.h>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr int attemptsPerConnection = 5; ///< OpenSSH closes at the sixth
constexpr qsizetype maxCandidates = 48;
constexpr int questionsPerKey = 3;
constexpr int maxPrompts = 8;

using Key = std::shared_ptr<ssh_key_struct>;

QByteArray blobOf(ssh_key key)
{
    char *text = nullptr;
    if (!key || ssh_pki_export_pubkey_base64(key, &text) != SSH_OK)
        return {};
    const QByteArray blob = QByteArray::fromBase64(text);
    ssh_string_free_char(text);
    return blob;
}

QByteArray publicBlob(const QString &file)
{
    ssh_key key = nullptr;
    const QByteArray name = QFile::encodeName(file + QLatin1String(".pub"));
    if (QFileInfo(file + QLatin1String(".pub")).size() > 64 * 1024 ||
        ssh_pki_import_pubkey_file(name.constData(), &key) != SSH_OK)
        return {};
    QByteArray blob = blobOf(key);
    ssh_key_free(key);
    return blob;
}

Key publicKey(const QByteArray &blob)
{
    if (blob.size() < 8)
        return {};
    const QByteArray type = blob.mid(4, std::min<qsizetype>(uchar(blob.at(3)), 64));
    ssh_key key = nullptr;
    if (ssh_pki_import_pubkey_base64(blob.toBase64().constData(), ssh_key_type_from_name(type.constData()), &key) !=
        SSH_OK)
        return {};
    return {key, ssh_key_free};
}

/// libssh asks this for a passphrase: only to learn that one is needed.
int noteLocked(const char *, char *, size_t, int, int, void *locked)
{
    *static_cast<bool *>(locked) = true;
    return -1;
}

void wipe(QString &text)
{
    text.fill(QChar::Null);
    text.clear();
}

} // namespace

SshAuthenticator::SshAuthenticator(SshTarget target, QString label, ConnectJob &job, SshKeyring &keyring)
    : m_target(std::move(target))
    , m_label(std::move(label))
    , m_job(job)
    , m_keyring(keyring)
    , m_agent(m_target.publicKeys ? m_target.identityAgent : QString())
{
    if (m_target.publicKeys)
        findCandidates();
}

QString SshAuthenticator::account() const
{
    return QStringLiteral("%1@%2:%3").arg(m_target.user, m_target.hostName).arg(m_target.port);
}

void SshAuthenticator::findCandidates()
{
    QList<Candidate> agentFirst;
    QList<Candidate> open;
    QList<Candidate> locked;
    QList<AgentKey> rest = m_agent.keys();
    for (const QString &file : std::as_const(m_target.identityFiles)) {
        Candidate candidate = fromFile(file);
        const auto held = std::find_if(rest.begin(), rest.end(), [&](const AgentKey &key) {
            return !candidate.blob.isEmpty() && key.blob == candidate.blob;
        });
        if (held != rest.end()) {
            agentFirst.append({held->blob, {}, held->comment, false});
            rest.erase(held);
        } else if (QFileInfo(file).isFile()) {
            (candidate.locked ? locked : open).append(candidate);
        }
    }
    m_candidates = agentFirst + open;
    for (const AgentKey &key : std::as_const(rest)) {
        if (!m_target.identitiesOnly)
            m_candidates.append({key.blob, {}, key.comment, false});
    }
    m_candidates = (m_candidates + locked).mid(0, maxCandidates);
}

SshAuthenticator::Candidate SshAuthenticator::fromFile(const QString &file)
{
    Candidate candidate{publicBlob(file), file, QFileInfo(file).fileName(), false};
    if (const Key key = import(file, nullptr, candidate.locked)) {
        m_keyring.addKey(file, key);
        candidate.blob = blobOf(key.get());
    }
    if (m_keyring.key(file))
        candidate.locked = false;
    return candidate;
}

std::shared_ptr<ssh_key_struct> SshAuthenticator::import(const QString &file, const QString *passphrase, bool &locked)
{
    ssh_key key = nullptr;
    const QFileInfo info(file);
    if (!info.isFile() || info.size() > 256 * 1024)
        return {};
    QByteArray text = passphrase ? passphrase->toUtf8() : QByteArray();
    const int done = ssh_pki_import_privkey_file(QFile::encodeName(file).constData(),
                                                 passphrase ? text.constData() : nullptr, noteLocked, &locked, &key);
    text.fill('\0');
    return done == SSH_OK ? Key(key, ssh_key_free) : Key();
}

Result<SshAuthenticator::Step> SshAuthenticator::run(ssh_session session)
{
    m_refusals = 0;
    m_newTries = 0;
    if (const int fd = m_agent.open(); fd >= 0)
        ssh_set_agent_socket(session, fd);
    const ConnectJob::AbortHook hook(m_job, [this] { m_agent.abort(); });
    Attempt attempt = attemptFrom(ssh_userauth_none(session, nullptr));
    QString methods;
    for (int rounds = 0; attempt != Attempt::Accepted && attempt != Attempt::Broken && rounds < 4; ++rounds) {
        const int offered = ssh_userauth_list(session, nullptr);
        methods = QString::number(offered, 2);
        attempt = tryAll(session, offered);
        if (attempt != Attempt::Partial)
            break;
    }
    if (attempt == Attempt::Accepted)
        return Step::Authenticated;
    if (m_job.aborted())
        return Error{ErrorKind::Cancelled, {}, {}};
    if (attempt == Attempt::Broken && m_newTries > 0 && !m_dismissed)
        return Step::NeedsNewConnection;
    return refused(QStringLiteral("methods %1; %2").arg(methods, QString::fromUtf8(ssh_get_error(session))));
}

SshAuthenticator::Attempt SshAuthenticator::tryAll(ssh_session session, int methods)
{
    Attempt attempt = Attempt::Refused;
    if ((methods & SSH_AUTH_METHOD_PUBLICKEY) != 0 && m_target.publicKeys)
        attempt = tryKeys(session);
    if (attempt == Attempt::Refused && (methods & SSH_AUTH_METHOD_INTERACTIVE) != 0 && m_target.keyboardInteractive)
        attempt = tryKeyboard(session);
    if (attempt == Attempt::Refused && (methods & SSH_AUTH_METHOD_PASSWORD) != 0 && m_target.passwords)
        attempt = tryPassword(session);
    return attempt;
}

SshAuthenticator::Attempt SshAuthenticator::tryKeys(ssh_session session)
{
    while (m_next < m_candidates.size() && !m_dismissed && !m_job.aborted()) {
        if (m_refusals >= attemptsPerConnection)
            return Attempt::Broken; // the server would close it
        const Candidate candidate = m_candidates.at(m_next++);
        ++m_newTries;
        m_offered.append(candidate.comment);
        const Attempt attempt = candidate.file.isEmpty() ? tryAgent(session, candidate) : tryFile(session, candidate);
        if (attempt != Attempt::Refused)
            return attempt;
        ++m_refusals;
    }
    return Attempt::Refused;
}

SshAuthenticator::Attempt SshAuthenticator::tryAgent(ssh_session session, const Candidate &candidate)
{
    m_agent.allow({candidate.blob, candidate.comment});
    return attemptFrom(ssh_userauth_agent(session, nullptr));
}

SshAuthenticator::Attempt SshAuthenticator::tryFile(ssh_session session, const Candidate &candidate)
{
    if (const Key known = publicKey(candidate.blob)) {
        const Attempt wanted = attemptFrom(ssh_userauth_try_publickey(session, nullptr, known.get()));
        if (wanted != Attempt::Accepted)
            return wanted;
    }
    const Key key = unlock(candidate);
    return key ? attemptFrom(ssh_userauth_publickey(session, nullptr, key.get())) : Attempt::Refused;
}

std::shared_ptr<ssh_key_struct> SshAuthenticator::unlock(const Candidate &candidate)
{
    if (Key key = m_keyring.key(candidate.file))
        return key;
    HostQuestion question;
    question.kind = HostQuestion::Kind::Passphrase;
    question.host = m_label;
    question.title = QCoreApplication::translate("Hosts", "Passphrase of your key");
    question.text = QCoreApplication::translate("Hosts", "The key %1 for %2 is locked.").arg(candidate.file, m_label);
    question.prompts = QStringList{QCoreApplication::translate("Hosts", "Passphrase")};
    question.visible = {false};
    for (int i = 0; i < questionsPerKey; ++i) {
        HostAnswer answer = m_job.ask(question);
        m_dismissed = !answer.accepted || answer.answers.isEmpty();
        if (m_dismissed)
            return {};
        bool locked = false;
        Key key = import(candidate.file, &answer.answers.first(), locked);
        wipe(answer.answers.first());
        if (key) {
            m_keyring.addKey(candidate.file, key);
            return key;
        }
        question.text = QCoreApplication::translate("Hosts", "That passphrase does not open the key %1 for %2.")
                            .arg(candidate.file, m_label);
    }
    m_stillLocked = candidate.file;
    return {};
}

SshAuthenticator::Attempt SshAuthenticator::tryKeyboard(ssh_session session)
{
    Attempt attempt = Attempt::Refused;
    for (int i = 0; i < questionsPerKey && attempt == Attempt::Refused && !m_dismissed; ++i) {
        if (m_refusals >= attemptsPerConnection)
            return m_newTries > 0 ? Attempt::Broken : Attempt::Refused;
        attempt = answerPrompts(session);
        ++m_refusals;
    }
    return attempt;
}

SshAuthenticator::Attempt SshAuthenticator::answerPrompts(ssh_session session)
{
    int code = ssh_userauth_kbdint(session, nullptr, nullptr);
    for (int rounds = 0; code == SSH_AUTH_INFO && rounds < 10; ++rounds) {
        HostQuestion question;
        question.kind = HostQuestion::Kind::KeyboardInteractive;
        question.host = m_label;
        question.title = QCoreApplication::translate("Hosts", "%1 asks").arg(m_label);
        question.text = QString::fromUtf8(ssh_userauth_kbdint_getinstruction(session)).left(500);
        const int prompts = std::clamp(ssh_userauth_kbdint_getnprompts(session), 0, maxPrompts);
        for (int i = 0; i < prompts; ++i) {
            char shown = 0;
            question.prompts.append(
                QString::fromUtf8(ssh_userauth_kbdint_getprompt(session, unsigned(i), &shown)).trimmed().left(200));
            question.visible.append(shown != 0);
        }
        HostAnswer answer = prompts > 0 ? m_job.ask(question) : HostAnswer{true, {}};
        m_dismissed = !answer.accepted;
        if (m_dismissed)
            return Attempt::Refused;
        for (int i = 0; i < prompts; ++i) {
            QString text = answer.answers.value(i);
            ssh_userauth_kbdint_setanswer(session, unsigned(i), text.toUtf8().constData());
            wipe(text);
        }
        code = ssh_userauth_kbdint(session, nullptr, nullptr);
        m_wrongAnswer = m_wrongAnswer || code == SSH_AUTH_DENIED;
    }
    return attemptFrom(code);
}

SshAuthenticator::Attempt SshAuthenticator::tryPassword(ssh_session session)
{
    HostQuestion question;
    question.kind = HostQuestion::Kind::Password;
    question.host = m_label;
    question.title = QCoreApplication::translate("Hosts", "Password");
    question.text = QCoreApplication::translate("Hosts", "%1 asks for the password of %2.").arg(m_label, m_target.user);
    question.prompts = QStringList{QCoreApplication::translate("Hosts", "Password")};
    question.visible = {false};
    for (int i = 0; i < questionsPerKey && !m_dismissed; ++i) {
        QString password = m_keyring.password(account());
        if (password.isEmpty()) {
            const HostAnswer answer = m_job.ask(question);
            m_dismissed = !answer.accepted;
            password = answer.answers.value(0);
        }
        if (m_dismissed)
            return Attempt::Refused;
        const Attempt attempt = attemptFrom(ssh_userauth_password(session, nullptr, password.toUtf8().constData()));
        m_keyring.setPassword(account(), attempt == Attempt::Refused ? QString() : password);
        if (attempt != Attempt::Refused)
            return attempt;
        m_wrongAnswer = true;
        question.text =
            QCoreApplication::translate("Hosts", "That is not the password of %1 on %2.").arg(m_target.user, m_label);
    }
    return Attempt::Refused;
}

SshAuthenticator::Attempt SshAuthenticator::attemptFrom(int code)
{
    switch (code) {
    case SSH_AUTH_SUCCESS:
        return Attempt::Accepted;
    case SSH_AUTH_PARTIAL:
        return Attempt::Partial;
    case SSH_AUTH_DENIED:
        return Attempt::Refused;
    default:
        return Attempt::Broken;
    }
}

Error SshAuthenticator::refused(const QString &detail) const
{
    QString text;
    if (m_dismissed)
        text = QCoreApplication::translate("Hosts", "%1 was not logged in to, because a question about it was not "
                                                    "answered. Connect again to answer it.")
                   .arg(m_label);
    else if (m_wrongAnswer)
        text =
            QCoreApplication::translate("Hosts", "%1 did not accept what was answered for the user %2. Connect again "
                                                 "to answer anew.")
                .arg(m_label, m_target.user);
    else if (!m_stillLocked.isEmpty())
        text =
            QCoreApplication::translate("Hosts", "%1 was not logged in to, because no passphrase that was given opens "
                                                 "the key %2. Connect again to try another one.")
                .arg(m_label, m_stillLocked);
    else if (m_offered.isEmpty())
        text = QCoreApplication::translate("Hosts", "There is no key for %1. Make one with ssh-keygen, or load one "
                                                    "with ssh-add, and copy it there with \"ssh-copy-id %2\".")
                   .arg(m_label, m_target.name);
    else
        text =
            QCoreApplication::translate("Hosts", "%1 does not accept your keys for the user %2. Copy one there with "
                                                 "\"ssh-copy-id %3\", or set User and IdentityFile in ~/.ssh/config.")
                .arg(m_label, m_target.user, m_target.name);
    return {ErrorKind::Unauthorized, text,
            QStringLiteral("authenticate: offered %1 (%2); agent has %3 keys; %4")
                .arg(m_offered.size())
                .arg(m_offered.mid(0, 10).join(QLatin1String(", ")))
                .arg(m_agent.keys().size())
                .arg(detail)};
}

} // namespace Flotilla
