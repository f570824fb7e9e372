// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/turnchecks.h"

#include "backends/projects/turnwords.h"

#include <QRegularExpression>

namespace Flotilla {

namespace {

constexpr qsizetype shownErrors = 10;
constexpr qsizetype errorLength = 2000;

QString placeOf(const AgentDiagnostic &diagnostic)
{
    if (diagnostic.file.isEmpty())
        return {};
    return diagnostic.line > 0 ? QStringLiteral("%1:%2").arg(diagnostic.file).arg(diagnostic.line) : diagnostic.file;
}

QString reportOf(const AgentDiagnostic &diagnostic)
{
    QString text =
        placeOf(diagnostic).isEmpty() ? diagnostic.text : placeOf(diagnostic) + QLatin1String(": ") + diagnostic.text;
    if (!diagnostic.lineText.isEmpty())
        text += QLatin1String("\n    ") + diagnostic.lineText;
    return text.left(errorLength);
}

/// One line that can end a sentence.
QString headline(const QString &text)
{
    constexpr qsizetype longest = 200;
    QString line = text.section(QLatin1Char('\n'), 0, 0).trimmed();
    if (line.size() > longest)
        return line.left(line.lastIndexOf(QLatin1Char(' '), longest)).left(longest) + QStringLiteral(" …");
    while (line.endsWith(QLatin1Char('.')))
        line.chop(1);
    return line;
}

QString summaryOf(const AgentDiagnostic &first, bool server)
{
    if (server)
        return TurnWords::tr("The app's server does not start: %1.").arg(headline(first.text));
    if (placeOf(first).isEmpty())
        return TurnWords::tr("The app does not build: %1.").arg(headline(first.text));
    return TurnWords::tr("The app does not build: %1 in %2.").arg(headline(first.text), placeOf(first));
}

QList<AgentDiagnostic> errorsOf(const AgentBuild &build)
{
    QList<AgentDiagnostic> errors = build.diagnostics;
    errors.removeIf([](const AgentDiagnostic &d) { return !d.error; });
    return errors;
}

Finding fine(const char *check)
{
    Finding finding;
    finding.ok = true;
    finding.checks = {{QString::fromLatin1(check), true, {}}};
    return finding;
}

Finding nothingToRun()
{
    Finding finding;
    finding.problem = {
        QStringLiteral("build"), QStringLiteral("nothing-to-run"),
        QStringLiteral("There is nothing to run: neither src/App.tsx, nor index.html, nor app.json with a "
                       "start command exists."),
        TurnWords::tr("The app has no start page yet.")};
    finding.checks = {{QStringLiteral("build"), false, finding.problem.summary}};
    finding.notice = NoticeBlock{NoticeBlock::Severity::Warning, finding.problem.summary, {}, {}, 0};
    return finding;
}

} // namespace

QString errorSignature(const QString &message, const QString &place)
{
    static const QRegularExpression varying(QStringLiteral("[0-9\\s]+"));
    QString signature = message + QLatin1Char('@') + place;
    return signature.remove(varying).left(300);
}

Diagnostic diagnosticOf(const AgentDiagnostic &d)
{
    return {d.file, d.line, d.column, d.text, d.lineText, d.error};
}

Finding judgeBuild(const AgentBuild &build)
{
    if (build.state == AgentBuild::State::Ok)
        return fine("build");
    if (build.state == AgentBuild::State::None)
        return nothingToRun();
    const QList<AgentDiagnostic> errors = errorsOf(build);
    const AgentDiagnostic first = errors.isEmpty() ? AgentDiagnostic{{}, 0, 0, build.text, {}, true} : errors.first();
    QStringList reports;
    for (const AgentDiagnostic &error : errors.mid(0, shownErrors))
        reports.append(reportOf(error));
    if (reports.isEmpty())
        reports.append(build.text.left(errorLength));
    const bool server = build.kind == QLatin1String("server");
    Finding finding;
    finding.problem.section = server ? QStringLiteral("server") : QStringLiteral("build");
    finding.problem.signature = errorSignature(first.text, first.file);
    finding.problem.report = reports.join(QStringLiteral("\n\n"));
    finding.problem.summary = summaryOf(first, server);
    finding.checks = {{QStringLiteral("build"), false, finding.problem.summary}};
    finding.notice = NoticeBlock{NoticeBlock::Severity::Warning,
                                 server ? finding.problem.summary
                                        : TurnWords::tr("The build found an error: %1").arg(headline(first.text)),
                                 finding.problem.report, first.file, first.line};
    return finding;
}

Finding judgeServed(const CheckResult &served)
{
    if (served.ok)
        return fine("served");
    Finding finding;
    finding.problem = {QStringLiteral("server"), errorSignature(served.text, QStringLiteral("served")), served.text,
                       TurnWords::tr("The app does not answer: %1").arg(served.text)};
    finding.checks = {{QStringLiteral("served"), false, served.text}};
    finding.notice = NoticeBlock{NoticeBlock::Severity::Warning, finding.problem.summary, {}, {}, 0};
    return finding;
}

Finding judgeProbe(const ProbeReport &report)
{
    Finding finding;
    const QString first = report.errors.isEmpty() ? QString() : report.errors.first().left(errorLength);
    finding.checks = {{QStringLiteral("loaded"), report.loaded, {}},
                      {QStringLiteral("no-errors"), report.errors.isEmpty(), first},
                      {QStringLiteral("not-blank"), !report.blank, {}}};
    finding.ok = report.loaded && report.errors.isEmpty() && !report.blank;
    if (finding.ok)
        return finding;
    QStringList reports;
    for (const QString &error : report.errors.mid(0, shownErrors))
        reports.append(error.left(errorLength));
    if (!report.errors.isEmpty()) {
        finding.problem = {QStringLiteral("preview"), errorSignature(first.section(QLatin1Char('\n'), 0, 1), {}),
                           reports.join(QStringLiteral("\n\n")),
                           TurnWords::tr("The page reports an error: %1").arg(first.left(200))};
    } else if (!report.loaded) {
        finding.problem = {QStringLiteral("preview"), QStringLiteral("not-loaded"),
                           QStringLiteral("The page did not finish loading."), TurnWords::tr("The page did not load.")};
    } else {
        finding.problem = {QStringLiteral("blank"), QStringLiteral("blank"), QStringLiteral("The page shows nothing."),
                           TurnWords::tr("The page is empty.")};
    }
    finding.notice =
        NoticeBlock{NoticeBlock::Severity::Warning, finding.problem.summary, finding.problem.report, {}, 0};
    return finding;
}

} // namespace Flotilla
