// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/support/cliprocess.h"
#include "tests/support/serverthread.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

using namespace Flotilla;
using namespace Flotilla::Test;

namespace {

/// Text, one complete file, then silence: the turn hangs until somebody ends it.
const char stalledTurn[] = R"({"turns":[{"events":[{"text":"MARKER one. "},
    {"tool":"write_file","input":{"path":"src/App.tsx","content":"export default () => <p>kept</p>"}},
    {"text":"MARKER two."},{"fault":"stall"}]}]})";

bool peersRequired()
{
    return qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") != 0;
}

} // namespace

/// kill -9, a second program, a full disk, a damaged store: nothing that was shown as done is lost.
class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_cli = std::make_unique<Cli>(); }
    void cleanup() { m_cli.reset(); }

    void killedTurnKeepsTextAndFiles()
    {
        auto process = startStalled();
        QTRY_VERIFY_WITH_TIMEOUT(storedText().contains("MARKER two"), 20'000);
        process->kill();
        QVERIFY(process->waitForFinished());
        const CliResult apps = m_cli->run({"--json", "apps"});
        QVERIFY2(apps.exitCode == 0, apps.err);
        const QString app = apps.json().array().first()["app"].toString();
        QTRY_COMPARE_WITH_TIMEOUT(m_cli->run({"--json", "versions", app}).json().array().size(), 1, 10'000);
        QCOMPARE(m_cli->run({"--json", "versions", app}).json().array().first()["state"].toString(),
                 QStringLiteral("stopped"));
        QCOMPARE(m_cli->run({"cat", app, "src/App.tsx"}).out, QByteArray("export default () => <p>kept</p>"));
        QVERIFY(storedText().contains("MARKER one"));
    }

    void secondProgramIsRefusedWhileATurnRuns()
    {
        auto process = startStalled();
        QTRY_VERIFY_WITH_TIMEOUT(storedText().contains("MARKER two"), 20'000);
        const QString app = m_cli->run({"--json", "apps"}).json().array().first()["app"].toString();
        const CliResult refused = m_cli->run({"--json", "edit", app, "make it dark", "--model", "sampler"});
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.json().object()["error"].toObject()["kind"].toString(), QStringLiteral("conflict"));
        QVERIFY2(storedText().contains("MARKER two"), "the second program must not touch the running turn");
        QVERIFY(process->state() == QProcess::Running);
        process->kill();
        process->waitForFinished();
    }

    void killAtAnyMomentLeavesAStoreThatOpens()
    {
        for (int delay = 5; delay < 260; delay += 15) {
            auto process = m_cli->start({"new", QStringLiteral("a timer %1").arg(delay)});
            process->waitForFinished(delay);
            process->kill();
            process->waitForFinished();
            const CliResult apps = m_cli->run({"apps"});
            QVERIFY2(apps.exitCode == 0 && !apps.err.contains("damaged"), apps.err);
        }
        const CliResult made = m_cli->run({"--json", "new", "a quiz about moss"});
        QVERIFY2(made.exitCode == 0, made.err);
        QVERIFY(m_cli->run({"stop", "--all"}).exitCode == 0);
        QCOMPARE(m_cli->run({"--json", "ps"}).json().array().size(), 0);
    }

    void damagedStoreIsSetAsideAndReported()
    {
        QVERIFY(m_cli->run({"new", "a timer"}).exitCode == 0);
        QVERIFY(m_cli->run({"stop", "--all"}).exitCode == 0);
        QFile file(databaseFile());
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write(QByteArray(4096, 'x'));
        file.close();
        const CliResult apps = m_cli->run({"--json", "apps"});
        QVERIFY2(apps.exitCode == 0, apps.err);
        QVERIFY2(apps.err.contains("damaged"), apps.err);
        QVERIFY(apps.json().array().isEmpty());
        QVERIFY(!QDir(m_cli->data()).entryList({"damaged*"}, QDir::AllEntries).isEmpty());
    }

    void fullDiskIsASentence()
    {
        if (geteuid() != 0) {
            QVERIFY2(!peersRequired(), "needs root to mount a small tmpfs");
            QSKIP("needs root to mount a small tmpfs");
        }
        QVERIFY(QDir().mkpath(m_cli->data()));
        const QByteArray path = m_cli->data().toUtf8();
        QCOMPARE(mount("tmpfs", path.constData(), "tmpfs", 0, "size=4m"), 0);
        const CliResult first = m_cli->run({"new", "a timer"});
        QFile filler(m_cli->data() + "/filler");
        const bool opened = filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        while (opened && filler.write(QByteArray(4096, 'x')) > 0)
            continue;
        const CliResult full = m_cli->run({"--json", "new", "a kanban board for a bakery"});
        filler.remove();
        const CliResult after = m_cli->run({"--json", "apps"});
        m_cli->run({"stop", "--all"});
        umount2(path.constData(), MNT_DETACH);
        QVERIFY2(first.exitCode == 0, first.err);
        QCOMPARE(full.exitCode, 1);
        QCOMPARE(full.json().object()["error"].toObject()["kind"].toString(), QStringLiteral("disk-full"));
        QVERIFY2(after.exitCode == 0 && !after.err.contains("damaged"), after.err);
        QVERIFY(!after.json().array().isEmpty());
    }

private:
    QString databaseFile() const
    {
        const QFileInfoList files = QDir(m_cli->data()).entryInfoList({"*.sqlite", "*.sqlite3", "*.db"}, QDir::Files);
        return files.isEmpty() ? QString() : files.first().filePath();
    }

    std::unique_ptr<QProcess> startStalled()
    {
        m_server.play(stalledTurn);
        m_cli->setEnvironment("ANTHROPIC_BASE_URL", m_server.anthropicBase());
        return m_cli->start({"new", "a thing that takes long", "--model", "anthropic:fake-model"});
    }

    /// What the store holds of the conversation now, read as a second program would.
    QByteArray storedText()
    {
        if (databaseFile().isEmpty())
            return {};
        auto store = Store::open(m_cli->data());
        if (!store)
            return {};
        QByteArray all;
        const auto apps = (*store)->apps().list();
        for (const AppRecord &app : apps ? *apps : QList<AppRecord>()) {
            const auto messages = (*store)->conversation().list(app.id);
            for (const MessageRecord &message : messages ? *messages : QList<MessageRecord>())
                all += message.content;
        }
        return all;
    }

    ServerThread m_server;
    std::unique_ptr<Cli> m_cli;
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
