// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/ignorerules.h"

#include "backends/sandbox/sandboxwords.h"

#include <QDir>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype mostRules = 1000;
constexpr qsizetype longestRule = 1000;

Error badRule(const QString &name, int line, const QString &text)
{
    return {ErrorKind::Invalid,
            SandboxWords::tr("Line %1 of %2 is no pattern that can be read: %3")
                .arg(QString::number(line), name, text.left(60)),
            {}};
}

/// The end of "[a-z]" that begins at `at`, -1 when there is none.
qsizetype endOfClass(const QString &glob, qsizetype at)
{
    qsizetype i = at + 1;
    if (i < glob.size() && glob[i] == QLatin1Char('^'))
        ++i;
    for (bool first = true; i < glob.size(); ++i, first = false) {
        if (glob[i] == QLatin1Char('\\'))
            ++i;
        else if (glob[i] == QLatin1Char(']') && !first)
            return i;
    }
    return -1;
}

/// "**" takes any number of folders, with the slash behind it.
qsizetype takeStars(const QString &glob, qsizetype at, QString &pattern)
{
    if (at + 1 >= glob.size() || glob[at + 1] != QLatin1Char('*')) {
        pattern += QLatin1String("[^/]*");
        return at;
    }
    const bool slash = at + 2 < glob.size() && glob[at + 2] == QLatin1Char('/');
    pattern += slash ? QLatin1String("(?:.*/)?") : QLatin1String(".*");
    return slash ? at + 2 : at + 1;
}

QString toPattern(const QString &glob)
{
    QString pattern;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        const QChar c = glob[i];
        if (c == QLatin1Char('*')) {
            i = takeStars(glob, i, pattern);
        } else if (c == QLatin1Char('?')) {
            pattern += QLatin1String("[^/]");
        } else if (c == QLatin1Char('[')) {
            const qsizetype end = endOfClass(glob, i);
            if (end < 0)
                return {};
            pattern += glob.mid(i, end - i + 1);
            i = end;
        } else if (c == QLatin1Char('\\') && i + 1 < glob.size()) {
            pattern += QRegularExpression::escape(glob.mid(++i, 1));
        } else {
            pattern += QRegularExpression::escape(QString(c));
        }
    }
    return QRegularExpression::anchoredPattern(pattern);
}

} // namespace

Result<IgnoreRules> IgnoreRules::parse(const QByteArray &text, const QString &name)
{
    IgnoreRules rules;
    int number = 0;
    const QStringList lines = QString::fromUtf8(text).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        ++number;
        QString glob = line.trimmed();
        if (glob.isEmpty() || line.startsWith(QLatin1Char('#')))
            continue;
        const bool exception = glob.startsWith(QLatin1Char('!'));
        glob = QDir::cleanPath(exception ? glob.mid(1).trimmed() : glob);
        while (glob.startsWith(QLatin1Char('/')))
            glob.remove(0, 1);
        const QRegularExpression pattern(toPattern(glob), QRegularExpression::DotMatchesEverythingOption);
        const bool readable = !glob.isEmpty() && glob.size() <= longestRule && !pattern.pattern().isEmpty();
        if (!readable || !pattern.isValid() || rules.m_rules.size() >= mostRules)
            return badRule(name, number, line.trimmed());
        rules.m_rules.append({pattern, exception});
        rules.m_exceptions = rules.m_exceptions || exception;
    }
    return rules;
}

bool IgnoreRules::leaveOut(const QString &path) const
{
    QStringList names{path}; // of it and of the folders above
    for (qsizetype slash = path.indexOf(QLatin1Char('/')); slash > 0; slash = path.indexOf(QLatin1Char('/'), slash + 1))
        names.append(path.left(slash));
    bool out = false;
    for (const Rule &rule : m_rules) {
        if (rule.exception != out) // it would change nothing
            continue;
        const bool fits = std::any_of(names.cbegin(), names.cend(),
                                      [&rule](const QString &name) { return rule.pattern.match(name).hasMatch(); });
        out = fits ? !rule.exception : out;
    }
    return out;
}

} // namespace Flotilla
