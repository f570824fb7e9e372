// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/remotecommand.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <cstring>

namespace Flotilla {

namespace {

constexpr qsizetype maxLine = 120'000; ///< Linux takes 128 KiB per argument
constexpr qsizetype maxNoise = 64 * 1024;

/// Written as it is: no shell gives it a meaning inside single quotes, and printf %b neither.
bool isPlain(char c)
{
    return c >= ' ' && c <= '~' && c != '\'' && c != '\\' && c != '!';
}

Error unacceptable(const QString &program, const QString &detail)
{
    return {ErrorKind::Invalid,
            QCoreApplication::translate("Hosts", "%1 cannot be run on a host like this.").arg(program), detail};
}

bool isName(const QString &name)
{
    static const QRegularExpression legal(QStringLiteral("^[A-Za-z_][A-Za-z0-9_]*$"));
    return legal.match(name).hasMatch();
}

bool hasNull(const CommandSpec &command)
{
    const auto bad = [](const QString &text) { return text.contains(QChar::Null); };
    return bad(command.program) || bad(command.cwd) || std::any_of(command.args.begin(), command.args.end(), bad) ||
           std::any_of(command.env.begin(), command.env.end(), bad);
}

/// Says `what` with the mark on standard error and ends.
QByteArray elseMissing(const char *what, const QByteArray &mark)
{
    return QByteArray(" || { echo '") + mark + " 0 " + what + "' >&2; exit 127; }\n";
}

} // namespace

QByteArray shellQuoted(const QString &text)
{
    QByteArray quoted = text.toUtf8();
    quoted.replace('\'', "'\\''");
    return '\'' + quoted + '\'';
}

QByteArray loginShellLine(const QByteArray &script)
{
    QByteArray encoded;
    encoded.reserve(script.size() * 5 / 4);
    for (const char c : script) {
        if (isPlain(c))
            encoded += c;
        else
            encoded += "\\0" + QByteArray::number(uchar(c), 8).rightJustified(3, '0');
    }
    return R"sh(exec /bin/sh -c 'eval "$(printf %b "$0")"' ')sh" + encoded + '\'';
}

Result<RemoteCommand> RemoteCommand::of(const CommandSpec &command)
{
    if (command.program.isEmpty() || hasNull(command))
        return unacceptable(command.program, QStringLiteral("empty or with a null character"));
    RemoteCommand remote;
    remote.mark = "flotilla-" + randomHex(8).toLatin1();
    QByteArray script = "echo " + remote.mark + "\n";
    if (!command.cwd.isEmpty())
        script += "cd -- " + shellQuoted(command.cwd) + " 2>/dev/null" + elseMissing("folder", remote.mark);
    for (auto it = command.env.cbegin(); it != command.env.cend(); ++it) {
        if (!isName(it.key()))
            return unacceptable(command.program, QStringLiteral("the name of a variable: ") + it.key());
        script += "export " + it.key().toLatin1() + '=' + shellQuoted(it.value()) + '\n';
    }
    const QByteArray program = shellQuoted(command.program);
    script += "command -v " + program + " >/dev/null 2>&1" + elseMissing("program", remote.mark);
    script += "set -- " + program;
    for (const QString &argument : command.args)
        script += ' ' + shellQuoted(argument);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(command.timeout).count() + 2;
    script += "\ncommand -v timeout >/dev/null 2>&1 && set -- timeout -s KILL " + QByteArray::number(qint64(seconds)) +
              " \"$@\"\necho \"" + remote.mark + " $$\" >&2\nexec \"$@\"\n";
    remote.line = loginShellLine(script);
    if (remote.line.size() > maxLine)
        return unacceptable(command.program, QStringLiteral("the command line is too long"));
    return remote;
}

RemoteOutput::RemoteOutput(const QByteArray &mark)
    : m_mark(mark)
{
}

QByteArray RemoteOutput::add(const char *bytes, qsizetype size, bool isError)
{
    const int stream = isError ? 1 : 0;
    if (m_marked[stream])
        return {bytes, size};
    QByteArray &before = m_before[stream];
    before.append(bytes, size);
    const qsizetype mark = before.indexOf(m_mark);
    const qsizetype end = mark < 0 ? -1 : before.indexOf('\n', mark);
    if (end < 0) {
        if (mark < 0 && before.size() > maxNoise)
            before = before.right(m_mark.size());
        return {};
    }
    m_marked[stream] = true;
    if (isError)
        readHeader(before.mid(mark, end - mark));
    return std::exchange(before, QByteArray()).mid(end + 1);
}

void RemoteOutput::readHeader(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    m_process = words.value(1).toLongLong();
    if (m_process <= 1)
        m_process = 0;
    m_missing = words.value(2);
}

} // namespace Flotilla
