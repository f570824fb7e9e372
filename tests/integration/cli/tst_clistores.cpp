// SPDX-License-Identifier: GPL-3.0-or-later
// Stores that cannot be opened or written: each says what, where and what to do, and nothing in it is lost.
#include "tests/support/cliprocess.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStandardPaths>
#include <QTest>

#include <SQLiteCpp/Database.h>

#include <unistd.h>

using namespace Flotilla::Test;

class TestCliStores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const CliResult made = m_cli.run({"--json", "new", "a quiz"});
        QVERIFY2(made.exitCode == 0, (made.err + made.out).constData());
        QCOMPARE(m_cli.run({"stop", "--all"}).exitCode, 0);
        if (QStandardPaths::findExecutable(QStringLiteral("bwrap")).isEmpty())
            QFAIL("bubblewrap is not installed");
    }

    void anotherOwner_data()
    {
        QTest::addColumn<QString>("pragma");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("newer") << "PRAGMA user_version"
                               << "The store in %1 was written by a newer Flotilla. Update Flotilla to open it.";
        QTest::newRow("other program")
            << "PRAGMA application_id"
            << "The file flotilla.db in %1 belongs to another program. Choose another folder.";
    }
    void anotherOwner()
    {
        QFETCH(QString, pragma);
        QFETCH(QString, sentence);
        const int before = change(pragma, 999);
        const CliResult refused = m_cli.run({"--json", "apps"});
        QVERIFY(change(pragma, before) == 999); // it was left alone
        QVERIFY(refused.exitCode != 0);
        QCOMPARE(sentenceOf(refused), sentence.arg(m_cli.data()));
        QCOMPARE(appCount(), 1);
    }

    /// Of a user of its own, whose limit counts: root has none.
    void noProcessLeft()
    {
        const QTemporaryDir dir(QStringLiteral("/tmp/flotilla-cli-XXXXXX"));
        QVERIFY(QFile::setPermissions(dir.path(), QFile::Permissions(0x7777)));
        const QString program = dir.filePath(QStringLiteral("flotillactl"));
        QVERIFY(QFile::copy(m_cli.make({})->program(), program));
        QProcess process;
        QStringList arguments{QStringLiteral("--nproc=1:1"),
                              program,
                              QStringLiteral("--json"),
                              QStringLiteral("--data"),
                              dir.filePath(QStringLiteral("data")),
                              QStringLiteral("apps")};
        arguments.prepend(QStringLiteral("prlimit"));
        if (geteuid() == 0)
            arguments = QStringList{QStringLiteral("setpriv"), QStringLiteral("--reuid=54321"),
                                    QStringLiteral("--regid=54321"), QStringLiteral("--clear-groups")} +
                        arguments;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), dir.path()); // leaves nothing behind
        process.setProcessEnvironment(environment);
        const QString first = arguments.takeFirst();
        process.start(first, arguments);
        QVERIFY(process.waitForFinished(60'000));
        QVERIFY(process.exitCode() != 0);
        CliResult refused;
        refused.out = process.readAllStandardOutput();
        QVERIFY2(sentenceOf(refused).contains(QLatin1String("this user may not start more processes")),
                 process.readAllStandardError().constData());
    }

    void aDiskThatCanOnlyBeRead()
    {
        const CliResult refused = runIn({"--ro-bind", m_cli.data(), m_cli.data()}, {"--json", "apps"});
        QVERIFY(refused.exitCode != 0);
        QCOMPARE(sentenceOf(refused),
                 QStringLiteral("The disk that holds %1 can only be read. Make it writable, or start Flotilla with "
                                "--data and another folder.")
                     .arg(m_cli.data()));
        QCOMPARE(appCount(), 1);
    }

    void aDiskThatIsFullAtTheFirstStart()
    {
        QTemporaryDir disk;
        const CliResult refused =
            runIn({"--size", "32768", "--tmpfs", disk.path()}, {"--json", "--data", disk.path() + "/store", "apps"});
        QVERIFY(refused.exitCode != 0);
        QCOMPARE(sentenceOf(refused), full(disk.path() + QLatin1String("/store")));
    }

    /// What was there can still be read, nothing half is left behind, and with room all goes on.
    void aDiskThatIsFullLater()
    {
        QTemporaryDir disk;
        const QString script = QStringLiteral("cp -a '%1' '%2/store'; export FLOTILLA_DATA='%2/store'\n"
                                              "dd if=/dev/zero of='%2/fill' bs=4k 2>/dev/null\n"
                                              "'%3' --json apps && '%3' --json import '%4'\n"
                                              "rm '%2/fill'; '%3' --json apps && '%3' --json import '%4'\n"
                                              "'%3' stop --all >/dev/null")
                                   .arg(m_cli.data(), disk.path(), binDir() + QLatin1String("/flotillactl"), page());
        const CliResult result = runIn({"--size", "4194304", "--tmpfs", disk.path()}, {}, {"sh", "-c", script});
        const QList<QByteArray> lines = result.out.trimmed().split('\n');
        QVERIFY2(lines.size() == 4, (result.out + result.err).constData());
        const auto json = [&lines](int line) { return QJsonDocument::fromJson(lines.at(line)); };
        QCOMPARE(json(0).array().size(), 1);
        QCOMPARE(json(1)["error"]["text"].toString(), full(disk.path() + QLatin1String("/store")));
        QCOMPARE(json(2).array().size(), 1);
        QCOMPARE(json(3)["version"].toInt(), 1);
    }

private:
    static QString full(const QString &folder)
    {
        return QStringLiteral("The disk that holds %1 is full. Free some space, then try again.").arg(folder);
    }
    static QString sentenceOf(const CliResult &result) { return result.json()["error"]["text"].toString(); }
    QString page()
    {
        QFile file(m_page.filePath(QStringLiteral("index.html")));
        if (file.open(QIODevice::WriteOnly))
            file.write("<!doctype html><title>Tides</title><h1>Tides</h1>");
        return m_page.path();
    }
    int appCount() const { return m_cli.run({"--json", "apps"}).json().array().size(); }
    /// Its value before.
    int change(const QString &pragma, int value) const
    {
        SQLite::Database database(m_cli.data().toStdString() + "/flotilla.db", SQLite::OPEN_READWRITE);
        const int before = database.execAndGet(pragma.toStdString()).getInt();
        database.exec(QStringLiteral("%1=%2").arg(pragma).arg(value).toStdString());
        return before;
    }
    /// flotillactl, or `program`, with other mounts.
    CliResult runIn(const QStringList &mounts, const QStringList &arguments, QStringList program = {}) const
    {
        const auto process = m_cli.make({});
        if (program.isEmpty())
            program = QStringList(process->program()) + arguments;
        process->setProgram(QStringLiteral("bwrap"));
        process->setArguments(QStringList{"--dev-bind", "/", "/"} + mounts + program);
        process->start();
        CliResult result;
        if (!process->waitForFinished(120'000))
            process->kill();
        process->waitForFinished();
        result.exitCode = process->exitCode();
        result.out = process->readAllStandardOutput();
        result.err = process->readAllStandardError();
        return result;
    }

    Cli m_cli;
    QTemporaryDir m_page;
};

QTEST_GUILESS_MAIN(TestCliStores)
#include "tst_clistores.moc"
