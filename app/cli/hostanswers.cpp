// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/hostanswers.h"

#include "app/application/application.h"
#include "backends/core/foreigntext.h"
#include "backends/core/log.h"
#include "backends/fleet/hostservice.h"

#include <QCoreApplication>

#include <cstdio>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int longestSecret = 4096;

/// One line of a descriptor, without its end.
QString readLine(int descriptor)
{
    QByteArray line;
    char byte = 0;
    while (line.size() < longestSecret && ::read(descriptor, &byte, 1) == 1 && byte != '\n')
        line += byte;
    return QString::fromUtf8(line);
}

void say(const QString &text)
{
    writeAll(STDERR_FILENO, formatForeignLines(text).toUtf8()); // hosts write questions
}

/// The person's terminal, whatever standard input is.
class Terminal
{
public:
    Terminal()
        : m_descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC))
    {
    }
    ~Terminal()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    bool isThere() const { return m_descriptor >= 0 && ::isatty(STDERR_FILENO); }
    QString ask(const QString &prompt, bool visible) const
    {
        writeAll(m_descriptor, formatForeignLines(prompt).toUtf8() + ' ');
        termios before{};
        ::tcgetattr(m_descriptor, &before);
        termios quiet = before;
        if (!visible)
            quiet.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(m_descriptor, TCSAFLUSH, &quiet);
        const QString answer = readLine(m_descriptor);
        ::tcsetattr(m_descriptor, TCSAFLUSH, &before);
        if (!visible)
            writeAll(m_descriptor, "\n");
        return answer;
    }

private:
    int m_descriptor;
};

QStringList promptsOf(const HostQuestion &question)
{
    return question.prompts.isEmpty() ? QStringList{question.title} : question.prompts;
}

HostAnswer askPerson(const Terminal &terminal, const HostQuestion &question)
{
    say(QStringLiteral("%1\n%2\n").arg(question.title, question.text));
    if (question.kind == HostQuestion::Kind::UnknownHostKey) {
        const QString line = terminal.ask(QStringLiteral("%1\nConnect (yes/no)?").arg(question.fingerprint), true);
        return {line.compare(QLatin1String("yes"), Qt::CaseInsensitive) == 0, {}};
    }
    HostAnswer answer{true, {}};
    const QStringList prompts = promptsOf(question);
    for (int i = 0; i < prompts.size(); ++i)
        answer.answers.append(terminal.ask(prompts.at(i), question.visible.value(i, false)));
    return answer;
}

/// What a script said beforehand; nothing: it did not.
std::optional<HostAnswer> prepared(const Invocation &invocation, const HostQuestion &question)
{
    if (question.kind == HostQuestion::Kind::UnknownHostKey) {
        if (invocation.flags.contains(QStringLiteral("accept-new-host-key")))
            return HostAnswer{true, {}};
        return {};
    }
    static QString secret; // read once: a second host may ask too
    static bool read = false;
    bool number = false;
    const int descriptor = invocation.values.value(QStringLiteral("passphrase-fd")).toInt(&number);
    if (!number || descriptor < 0)
        return {};
    if (!std::exchange(read, true)) {
        secret = readLine(descriptor);
        addSecretToRedact(secret);
    }
    HostAnswer answer{true, {}};
    for (qsizetype i = 0; i < promptsOf(question).size(); ++i)
        answer.answers.append(secret);
    return answer;
}

void refuse(const HostQuestion &question)
{
    const bool key = question.kind == HostQuestion::Kind::UnknownHostKey;
    say(key ? QStringLiteral("flotillactl: the host key of %1 is not known (%2). Compare it, then use "
                             "--accept-new-host-key.\n")
                  .arg(question.host, question.fingerprint)
            : QStringLiteral("flotillactl: %1 asks for a secret (%2), and there is no terminal. Use --passphrase-fd.\n")
                  .arg(question.host, question.title));
}

} // namespace

void answerHostQuestions(CommandContext *context)
{
    HostService *service = &context->application.hostService();
    QObject::connect(service, &HostService::asked, QCoreApplication::instance(),
                     [context, service](quint64 number, const HostQuestion &question) {
                         const Terminal terminal;
                         if (const auto answer = prepared(context->invocation, question))
                             return service->answer(number, *answer);
                         if (terminal.isThere())
                             return service->answer(number, askPerson(terminal, question));
                         refuse(question);
                         service->answer(number, {});
                     });
}

} // namespace Flotilla
