// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/sshconfighosts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

namespace Flotilla {

namespace {

constexpr int mostFiles = 64, deepest = 16, mostNames = 1000;
constexpr qint64 mostBytes = 1024 * 1024;

struct Reading
{
    QStringList names;
    QSet<QString> seen;
    int files = 0;
    QString home;
};

/// Words of a line; "with blanks" is one word.
QStringList wordsOf(const QString &line)
{
    static const QRegularExpression word(QStringLiteral("\"([^\"]*)\"|([^\\s=]+)"));
    QStringList words;
    for (auto match = word.globalMatch(line); match.hasNext();) {
        const auto found = match.next();
        words.append(found.captured(found.capturedLength(2) > 0 ? 2 : 1));
    }
    return words;
}

bool isAlias(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("[*?!]"));
    return !name.isEmpty() && name.size() <= 255 && !name.startsWith(QLatin1Char('-')) && !name.contains(pattern);
}

/// Files that an Include names: relative ones are below ~/.ssh; wildcards in the last part.
QStringList included(const QString &text, const QString &home)
{
    QString path = text;
    if (path.startsWith(QLatin1String("~/")))
        path = home + path.mid(1);
    else if (!path.startsWith(QLatin1Char('/')))
        path = home + QLatin1String("/.ssh/") + path;
    const QFileInfo info(path);
    QStringList files;
    for (const QFileInfo &file :
         QDir(info.path()).entryInfoList({info.fileName()}, QDir::Files | QDir::Hidden, QDir::Name))
        files.append(file.filePath());
    return files;
}

void readFile(Reading &reading, const QString &path, int depth)
{
    if (depth > deepest || ++reading.files > mostFiles)
        return;
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return;
    const QStringList lines = QString::fromUtf8(file.read(mostBytes)).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        if (line.trimmed().startsWith(QLatin1Char('#')))
            continue;
        QStringList words = wordsOf(line);
        const QString key = words.isEmpty() ? QString() : words.takeFirst().toLower();
        if (key == QLatin1String("include")) {
            for (const QString &word : std::as_const(words))
                for (const QString &more : included(word, reading.home))
                    readFile(reading, more, depth + 1);
        } else if (key == QLatin1String("host")) {
            for (const QString &word : std::as_const(words)) {
                if (!isAlias(word) || reading.seen.contains(word) || reading.names.size() >= mostNames)
                    continue;
                reading.seen.insert(word);
                reading.names.append(word);
            }
        }
    }
}

} // namespace

QStringList readSshConfigHosts(const QString &file)
{
    Reading reading;
    reading.home = QDir::homePath();
    readFile(reading, file.isEmpty() ? reading.home + QLatin1String("/.ssh/config") : file, 0);
    return reading.names;
}

} // namespace Flotilla
