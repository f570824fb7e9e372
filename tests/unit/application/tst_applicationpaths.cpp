// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Flotilla;

class TestApplicationPaths : public QObject
{
    Q_OBJECT

    QTemporaryDir m_session{QStringLiteral("/tmp/flotilla-s-XXXXXX")};
    QTemporaryDir m_data;

    QString runtime() const { return ApplicationPaths::resolve(m_data.path()).runtime; }
    QString name() const { return QDir(runtime()).dirName(); }

private Q_SLOTS:
    void init() { qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_session.path())); }

    void isInTheSession()
    {
        QCOMPARE(runtime(), m_session.filePath(QLatin1String("flotilla/") + name()));
        QCOMPARE(name().size(), 8);
        QVERIFY(name() != QDir(ApplicationPaths::resolve(QStringLiteral("/other")).runtime).dirName());
    }

    void isSomewhereShortWithoutASession()
    {
        qunsetenv("XDG_RUNTIME_DIR");
        QVERIFY(!runtime().startsWith(m_session.path()));
        QVERIFY(runtime().size() < 60);
    }

    /// A program that was started elsewhere, or an older one, has sandboxes there.
    void staysWhereItIs()
    {
        const QString base = QStringLiteral("/tmp/flotilla-%1").arg(getuid());
        const QString there = base + QLatin1Char('/') + name();
        QVERIFY(QDir().mkpath(there));
        QCOMPARE(runtime(), there);
        QVERIFY(QDir().rmdir(there));
        QDir().rmdir(base); // fails when it is in use
        QCOMPARE(runtime(), m_session.filePath(QLatin1String("flotilla/") + name()));
    }

    /// What runs is found by a program whose environment names no session, or another one.
    void staysWhereItWasNoted()
    {
        ApplicationPaths paths = ApplicationPaths::resolve(m_data.path());
        QVERIFY(QDir().mkpath(paths.runtime));
        paths.note();
        qunsetenv("XDG_RUNTIME_DIR");
        QCOMPARE(runtime(), paths.runtime);
        const QTemporaryDir other(QStringLiteral("/tmp/flotilla-t-XXXXXX"));
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(other.path()));
        QCOMPARE(runtime(), paths.runtime);
        QVERIFY(QDir(m_session.filePath(QStringLiteral("flotilla"))).removeRecursively()); // nothing runs there now
        QCOMPARE(runtime(), other.filePath(QLatin1String("flotilla/") + name()));
        paths.runtime = QStringLiteral("/tmp"); // a note of something else
        paths.note();
        QCOMPARE(runtime(), other.filePath(QLatin1String("flotilla/") + name()));
        QVERIFY(QFile::remove(m_data.filePath(QStringLiteral("runtime.folder"))));
    }

    void leavesALinkAlone()
    {
        const QTemporaryDir elsewhere;
        const QString base = m_session.filePath(QStringLiteral("flotilla"));
        QVERIFY(QFile::link(elsewhere.path(), base));
        QVERIFY(!runtime().startsWith(base));
        QVERIFY(QFile::remove(base));
    }
};

QTEST_GUILESS_MAIN(TestApplicationPaths)
#include "tst_applicationpaths.moc"
