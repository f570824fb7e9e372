// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/show/pinger.h"

#include <QDir>
#include <QFile>
#include <QHash>

#include <unistd.h>

namespace Flotilla {

namespace {

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A field of /proc/PID/smaps_rollup.
double rollupMb(const QString &process, const char *field)
{
    const QByteArrayList lines = read(QStringLiteral("/proc/%1/smaps_rollup").arg(process)).split('\n');
    for (const QByteArray &line : lines)
        if (line.startsWith(field))
            return line.mid(qstrlen(field)).trimmed().split(' ').first().toDouble() * 1024 / 1e6;
    return 0;
}

QString parentOf(const QString &process)
{
    const QByteArray stat = read(QStringLiteral("/proc/%1/stat").arg(process));
    return QString::fromLatin1(stat.mid(stat.lastIndexOf(')') + 2).split(' ').value(1));
}

} // namespace

Pinger::Pinger(QObject *target)
    : m_target(target)
{
    start();
}

Pinger::~Pinger()
{
    m_quit = true;
    wait();
}

void Pinger::report(QJsonObject &json)
{
    m_quit = true;
    wait();
    std::sort(m_waits.begin(), m_waits.end());
    const auto at = [this](double share) {
        return m_waits.isEmpty() ? -1
                                 : m_waits[std::min(m_waits.size() - 1, qsizetype(share * double(m_waits.size())))];
    };
    json.insert(QStringLiteral("stall_p50_ms"), at(0.5));
    json.insert(QStringLiteral("stall_p99_ms"), at(0.99));
    json.insert(QStringLiteral("stall_max_ms"), at(1));
    json.insert(QStringLiteral("stall_max_at_s"), m_longestAt);
}

void Pinger::run()
{
    using Time = std::chrono::steady_clock;
    const auto start = Time::now();
    double longest = 0;
    while (!m_quit) {
        auto answered = std::make_shared<std::atomic<bool>>(false);
        const auto sent = Time::now();
        QMetaObject::invokeMethod(
            m_target, [answered] { *answered = true; }, Qt::QueuedConnection);
        while (!*answered && !m_quit)
            usleep(200);
        m_waits.append(std::chrono::duration<double, std::milli>(Time::now() - sent).count());
        if (m_waits.last() > longest) {
            longest = m_waits.last();
            m_longestAt = std::chrono::duration<double>(sent - start).count();
        }
        usleep(2000);
    }
}

double residentMb()
{
    return rollupMb(QStringLiteral("self"), "Rss:");
}

double webEngineMb()
{
    const QStringList processes =
        QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs, QDir::Name);
    QHash<QString, QString> parents;
    for (const QString &process : processes)
        parents.insert(process, parentOf(process));
    const QString self = QString::number(getpid());
    double sum = 0;
    for (const QString &process : processes) {
        QString ancestor = parents.value(process);
        while (!ancestor.isEmpty() && ancestor != self)
            ancestor = parents.value(ancestor);
        const bool web = read(QStringLiteral("/proc/%1/cmdline").arg(process)).contains("QtWebEngineProcess");
        sum += ancestor == self && web ? rollupMb(process, "Pss:") : 0;
    }
    return sum;
}

} // namespace Flotilla
