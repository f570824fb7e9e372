// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testregistry.h"

namespace Flotilla {

namespace {

/// What a program with these libraries needs: the files that ldd names.
QStringList withLibraries(const QString &program)
{
    QProcess ldd;
    ldd.start(QStringLiteral("ldd"), {program});
    ldd.waitForFinished(10'000);
    QStringList files{program};
    const QList<QByteArray> words = ldd.readAllStandardOutput().simplified().split(' ');
    for (const QByteArray &word : words) {
        if (word.startsWith('/'))
            files.append(QString::fromLocal8Bit(word));
    }
    return files;
}

} // namespace

TestRegistry::TestRegistry(const QString &login)
{
    QStringList command{QStringLiteral(FLOTILLA_SOURCE_DIR "/tests/fakes/fakeregistry.py")};
    if (!login.isEmpty())
        command += {QStringLiteral("--login"), login};
    m_process.start(QStringLiteral("python3"), command + withLibraries(QStringLiteral("/bin/sh")));
    if (m_process.waitForReadyRead(20'000))
        m_port = QString::fromLatin1(m_process.readLine().trimmed());
}

TestRegistry::~TestRegistry()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(10'000);
}

QString TestRegistry::image(const char *name) const
{
    return QStringLiteral("127.0.0.1:%1/flotilla/%2:1").arg(m_port, QLatin1String(name));
}

} // namespace Flotilla
