// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/buildoutput.h"

#include "backends/core/foreigntext.h"
#include "backends/sandbox/sandboxwords.h"

#include <QJsonObject>
#include <QRegularExpression>

namespace Flotilla {

namespace {

constexpr qsizetype longestLine = 500;
constexpr qsizetype longestStep = 120;
constexpr qsizetype mostNew = 300; ///< lines between two looks
constexpr qsizetype mostLast = 20;

QString cut(const QString &text, qsizetype most)
{
    return text.size() > most ? text.left(most - 1) + QChar(0x2026) : text;
}

/// The part of the engine's words that is not told otherwise, and none that only a developer of it understands.
QString plainWords(const QString &said)
{
    static const QRegularExpression where(QStringLiteral("\\A(?:error )?building at STEP \".*?\": "));
    static const QRegularExpression inside(QStringLiteral(" &imagebuilder\\.Step\\{.*"));
    static const QRegularExpression folder(QStringLiteral("/[^ \"]*/libpod_builder[0-9]+/build/?"));
    return QString(said).remove(where).remove(inside).remove(folder).simplified();
}

} // namespace

bool BuildOutput::take(const QJsonObject &object)
{
    if (const QString text = object[QLatin1String("stream")].toString(); !text.isEmpty()) {
        takeText(text);
        return true;
    }
    if (!object.contains(QLatin1String("status")) || !m_pull.take(object))
        return false;
    m_text = toText(baseImage().isEmpty() ? SandboxWords::tr("the base image") : baseImage(), m_pull.progress());
    return true;
}

void BuildOutput::takeText(const QString &text)
{
    for (const QChar c : text) {
        if (c == QLatin1Char('\n') || c == QLatin1Char('\r'))
            endLine();
        else if (m_line.size() < longestLine)
            m_line += c;
    }
}

/// "Step 3/7 : RUN npm ci" says Docker, "[1/2] STEP 3/7: RUN npm ci" Podman.
void BuildOutput::endLine()
{
    static const QRegularExpression begin(
        QStringLiteral("\\A(?:\\[\\d{1,4}/\\d{1,4}\\] )?step (\\d{1,4}/\\d{1,4}) ?: (.*)\\z"),
        QRegularExpression::CaseInsensitiveOption);
    QString line = formatForeign(std::exchange(m_line, {}));
    if (line.trimmed().isEmpty())
        return;
    if (const auto match = begin.match(line); match.hasMatch()) {
        m_number = match.captured(1);
        m_step = match.captured(2).simplified();
        line = SandboxWords::tr("Step %1: %2").arg(m_number, m_step);
        m_text = cut(line, longestStep);
        m_last.clear();
        m_pull = {};
    }
    m_new.append(line);
    if (m_new.size() > mostNew) {
        m_new.removeFirst();
        ++m_lost;
    }
    m_last.append(line);
    if (m_last.size() > mostLast)
        m_last.removeFirst();
}

BuildProgress BuildOutput::takeProgress()
{
    QStringList lines = std::exchange(m_new, {});
    if (const qint64 lost = std::exchange(m_lost, 0); lost > 0)
        lines.prepend(SandboxWords::tr("(%1 lines are not shown)").arg(lost));
    const QString number = m_number.isEmpty() ? QStringLiteral("0/0") : m_number;
    return {m_text, lines, number.section(QLatin1Char('/'), 0, 0).toInt(), number.section(QLatin1Char('/'), 1).toInt()};
}

QString BuildOutput::baseImage() const
{
    static const QRegularExpression from(QStringLiteral("\\AFROM (?:--\\S+ )*(\\S+)"),
                                         QRegularExpression::CaseInsensitiveOption);
    const QString name = from.match(m_step).captured(1).left(longestStep);
    return name == QLatin1String("scratch") ? QString() : name;
}

Error BuildOutput::commandFault(const QString &tag, const QString &said) const
{
    static const QRegularExpression exit(QStringLiteral("(?:exit status|non-zero code:) (\\d{1,3})\\b"));
    const QString code = exit.match(said).captured(1);
    const QString step = cut(m_step, longestStep);
    if (!code.isEmpty())
        return {
            ErrorKind::Invalid,
            SandboxWords::tr("%1 was not built: step %2, %3, ended with exit code %4.").arg(tag, m_number, step, code),
            {}};
    return {ErrorKind::Invalid,
            SandboxWords::tr("%1 was not built: step %2, %3, failed: %4")
                .arg(tag, m_number, step, cut(plainWords(said), 300)),
            {}};
}

Error BuildOutput::fault(const QString &tag, const QString &host, const QString &said, const QString &helper) const
{
    Error error;
    if (said.contains(QLatin1String("no space left"), Qt::CaseInsensitive))
        error = {
            ErrorKind::DiskFull, SandboxWords::tr("%1 was not built: there is no room left on %2.").arg(tag, host), {}};
    else if (!baseImage().isEmpty())
        error = pullFault(baseImage(), host, said, helper);
    else if (!m_number.isEmpty())
        error = commandFault(tag, said);
    else
        error = {ErrorKind::Invalid, SandboxWords::tr("%1 was not built: %2").arg(tag, cut(plainWords(said), 300)), {}};
    error.detail = (m_last + QStringList(said)).join(QLatin1Char('\n'));
    return error;
}

} // namespace Flotilla
