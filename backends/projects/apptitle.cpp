// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/apptitle.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStringList>

namespace Flotilla {

namespace {

constexpr qsizetype longestTitle = 40;

QString shortened(const QString &text)
{
    if (text.size() <= longestTitle)
        return text;
    const qsizetype space = text.lastIndexOf(QLatin1Char(' '), longestTitle);
    const QString cut = text.left(space > longestTitle / 3 ? space : longestTitle);
    static const QRegularExpression dangling(
        QStringLiteral("[\\s,;:.–-]+(?:(?:with|and|for|that|the|a|an|to|of|in|which|or)\\b[\\s,;:]*)*$"),
        QRegularExpression::CaseInsensitiveOption);
    QString title = cut + QLatin1Char(' ');
    return title.remove(dangling);
}

bool isGeneric(const QString &title)
{
    static const QStringList generic{
        QStringLiteral("app"),      QStringLiteral("my app"),   QStringLiteral("vite app"), QStringLiteral("react app"),
        QStringLiteral("document"), QStringLiteral("untitled"), QStringLiteral("index"),    QStringLiteral("preview")};
    return title.isEmpty() || generic.contains(title.toLower());
}

QString captured(const QString &pattern, const QByteArray &text)
{
    const QRegularExpression expression(pattern, QRegularExpression::CaseInsensitiveOption);
    QString title = expression.match(QString::fromUtf8(text.left(64 * 1024))).captured(1);
    title.replace(QLatin1String("&amp;"), QLatin1String("&")).replace(QLatin1String("&#39;"), QLatin1String("'"));
    title = shortened(title.simplified());
    return isGeneric(title) ? QString() : title;
}

} // namespace

QString titleFromPrompt(const QString &prompt)
{
    static const QRegularExpression lead(
        QStringLiteral(
            "^(?:(?:please|can|could|would|you|i|want|need|would like|like|to|have|build|make|create|write|"
            "design|generate|give|show|me|us|a|an|the|my|some|simple|small|new|app|for|that|is)\\b[\\s,:]*)+"),
        QRegularExpression::CaseInsensitiveOption);
    QString text = prompt.simplified();
    text = text.left(text.indexOf(QRegularExpression(QStringLiteral("[.!?](?:\\s|$)"))));
    QString rest = text;
    rest.remove(lead);
    if (rest.size() < 3)
        rest = text;
    rest = shortened(rest);
    if (rest.isEmpty())
        return QCoreApplication::translate("Projects", "New app");
    rest[0] = rest[0].toUpper();
    return rest;
}

QString titleFromTheme(const FileMap &files)
{
    static const QRegularExpression title(
        QStringLiteral("export const theme = \\{\\s*\"title\": (\"(?:[^\"\\\\]|\\\\.)*\")"));
    const QString text = QString::fromUtf8(files.value(QStringLiteral("src/theme.ts")).left(4096));
    const QString quoted = title.match(text).captured(1);
    return QJsonDocument::fromJson('[' + quoted.toUtf8() + ']').array().at(0).toString().simplified().left(80);
}

QString titleFromRename(const QString &prompt)
{
    static const QRegularExpression rename(
        QStringLiteral("^(?:please |now |ok,? |and )*(?:(?:call|name|rename|retitle) (?:it|this|(?:the|this|my) "
                       "app)(?: to| as| into)?|"
                       "change (?:the|its) (?:name|title)(?: of (?:it|the app|this app))? to) "
                       "(?:[\"“'‘«]([^\"”’»]+)[\"”'’»]|([^\"“”.,;:!?]+?))(?: please)?[.!]?$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = rename.match(prompt.simplified());
    return (match.captured(1) + match.captured(2)).simplified().left(80);
}

QString titleFromFiles(const FileMap &files)
{
    const QString theme = titleFromTheme(files);
    if (!theme.isEmpty())
        return theme;
    const QString page =
        captured(QStringLiteral("<title[^>]*>([^<]+)</title>"), files.value(QStringLiteral("index.html")));
    if (!page.isEmpty())
        return page;
    const QByteArray app = files.value(QStringLiteral("src/App.tsx"));
    const QString assigned = captured(QStringLiteral("document\\.title\\s*=\\s*[\"'`]([^\"'`$]+)[\"'`]"), app);
    return assigned.isEmpty() ? captured(QStringLiteral("<h1[^>]*>\\s*([^<{}]+?)\\s*</h1>"), app) : assigned;
}

} // namespace Flotilla
