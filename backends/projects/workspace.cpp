// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/workspace.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr WorkspaceLimits defaultLimits;
constexpr qsizetype longestPart = 255; ///< bytes of a file's or folder's name

Error refused(ErrorKind kind, const QString &text)
{
    return {kind, text, {}};
}

bool isUnsafe(QChar c)
{
    const QChar::Category category = c.category();
    return category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Separator_Line ||
           category == QChar::Separator_Paragraph || c == QLatin1Char('\\');
}

/// How a path may be quoted back: one line, short.
QString shown(const QString &path)
{
    QString text = path.left(80);
    for (QChar &c : text)
        if (isUnsafe(c))
            c = QLatin1Char('?');
    return text;
}

bool hasBadPart(const QString &path)
{
    const QStringList parts = path.split(QLatin1Char('/'));
    return std::any_of(parts.begin(), parts.end(), [](const QString &part) {
        return part.isEmpty() || part == QLatin1String(".") || part == QLatin1String("..");
    });
}

/// No file system takes a longer one, so that the sandbox would refuse the whole app.
bool hasLongPart(const QString &path)
{
    const QList<QByteArray> parts = path.toUtf8().split('/');
    return std::any_of(parts.begin(), parts.end(), [](const QByteArray &part) { return part.size() > longestPart; });
}

/// As git itself guards the name: file systems may ignore its case, what follows it, or have a short form of it.
bool isGitFolder(const QString &part)
{
    static const QRegularExpression git(QStringLiteral("^(\\.git|git~[0-9]+)[ .]*(:.*)?$"),
                                        QRegularExpression::CaseInsensitiveOption);
    return git.match(part).hasMatch();
}

bool startsServer(const QByteArray &appJson)
{
    const QJsonValue start = QJsonDocument::fromJson(appJson).object().value(QLatin1String("start"));
    return start.isArray() ? !start.toArray().isEmpty() : !start.toString().isEmpty();
}

Error notFound(const QString &path)
{
    return refused(ErrorKind::NotFound, QStringLiteral("There is no file \"%1\".").arg(shown(path)));
}

} // namespace

std::optional<QString> placeProblem(const QString &path)
{
    if (path.isEmpty())
        return QStringLiteral("The path is empty. Give a path such as src/App.tsx.");
    const QString name = QStringLiteral("\"%1\" is not a path inside the app: ").arg(shown(path));
    if (path.toUtf8().size() > defaultLimits.pathBytes)
        return name + QStringLiteral("it is longer than %1 bytes.").arg(defaultLimits.pathBytes);
    if (hasLongPart(path))
        return name + QStringLiteral("a name in it is longer than %1 bytes.").arg(longestPart);
    if (!path.isValidUtf16() || std::any_of(path.begin(), path.end(), isUnsafe))
        return name + QStringLiteral("it has a back-slash, a control character or an invisible character.");
    if (path.startsWith(QLatin1Char('/')) || path.startsWith(QLatin1Char('~')) || path.indexOf(QLatin1Char(':')) == 1)
        return name + QStringLiteral("use a relative path such as src/App.tsx.");
    if (hasBadPart(path))
        return name + QStringLiteral("empty, \".\" and \"..\" parts are not allowed.");
    return std::nullopt;
}

bool isOfGit(const QString &path)
{
    const QStringList parts = path.split(QLatin1Char('/'));
    return parts.last() == QLatin1String("HEAD") || std::any_of(parts.begin(), parts.end(), isGitFolder);
}

std::optional<QString> pathProblem(const QString &path)
{
    if (const auto problem = placeProblem(path))
        return problem;
    if (isOfGit(path))
        return QStringLiteral("\"%1\" cannot be a file of an app: git would take it for its own and run what it names. "
                              "Choose another name.")
            .arg(shown(path));
    return std::nullopt;
}

Workspace::Workspace(FileMap files, WorkspaceLimits limits)
    : m_files(std::move(files))
    , m_limits(limits)
{
    for (const QByteArray &content : std::as_const(m_files))
        m_totalBytes += content.size();
}

QStringList Workspace::paths() const
{
    QStringList paths = m_files.keys();
    paths.sort();
    return paths;
}

std::optional<AppKind> Workspace::kind() const
{
    if (startsServer(m_files.value(QStringLiteral("app.json"))))
        return AppKind::Server;
    if (contains(QStringLiteral("src/App.tsx")))
        return AppKind::React;
    if (contains(QStringLiteral("index.html")))
        return AppKind::Static;
    return std::nullopt;
}

Result<QByteArray> Workspace::read(const QString &path) const
{
    if (const auto problem = pathProblem(path))
        return refused(ErrorKind::Invalid, *problem);
    const auto found = m_files.constFind(path);
    if (found == m_files.constEnd())
        return notFound(path);
    return *found;
}

Status Workspace::checkRoom(const QString &path, qint64 size) const
{
    if (size > m_limits.fileBytes)
        return refused(ErrorKind::Invalid, QStringLiteral("\"%1\" would be larger than %2 MiB. Split it.")
                                               .arg(path)
                                               .arg(m_limits.fileBytes / (1024 * 1024)));
    if (!contains(path) && m_files.size() >= m_limits.files)
        return refused(ErrorKind::Invalid,
                       QStringLiteral("The app has %1 files already, the most it may have.").arg(m_limits.files));
    if (m_totalBytes - m_files.value(path).size() + size > m_limits.totalBytes)
        return refused(ErrorKind::Invalid,
                       QStringLiteral("The app would be larger than %1 MiB. Delete something first.")
                           .arg(m_limits.totalBytes / (1024 * 1024)));
    return {};
}

Status Workspace::checkPlace(const QString &path) const
{
    for (qsizetype slash = path.indexOf(QLatin1Char('/')); slash > 0; slash = path.indexOf(QLatin1Char('/'), slash + 1))
        if (contains(path.left(slash)))
            return refused(ErrorKind::Conflict,
                           QStringLiteral("\"%1\" is a file, so it cannot hold other files.").arg(path.left(slash)));
    const QString folder = path + QLatin1Char('/');
    for (auto it = m_files.keyBegin(); it != m_files.keyEnd(); ++it)
        if (it->startsWith(folder))
            return refused(ErrorKind::Conflict, QStringLiteral("\"%1\" is a folder. Choose another name.").arg(path));
    return {};
}

Status Workspace::write(const QString &path, const QByteArray &content)
{
    if (const auto problem = pathProblem(path))
        return refused(ErrorKind::Invalid, *problem);
    if (const Status room = checkRoom(path, content.size()); !room)
        return room;
    if (!contains(path))
        if (const Status place = checkPlace(path); !place)
            return place;
    m_totalBytes += content.size() - m_files.value(path).size();
    m_files.insert(path, content);
    return {};
}

Status Workspace::remove(const QString &path)
{
    const auto content = read(path);
    if (!content)
        return content.error();
    m_totalBytes -= content->size();
    m_files.remove(path);
    return {};
}

Status Workspace::rename(const QString &from, const QString &to)
{
    const auto content = read(from);
    if (!content)
        return content.error();
    if (const auto problem = pathProblem(to))
        return refused(ErrorKind::Invalid, *problem);
    if (contains(to))
        return refused(ErrorKind::Conflict, QStringLiteral("\"%1\" exists already.").arg(to));
    Workspace changed = *this;
    if (const Status removed = changed.remove(from); !removed)
        return removed;
    if (const Status written = changed.write(to, *content); !written)
        return written;
    *this = std::move(changed);
    return {};
}

} // namespace Flotilla
