// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/projects/projectservice.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/support/cliprocess.h"
#include "tests/support/serverthread.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QSignalSpy>
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

/// The same, but it goes on for minutes, with more and more to store.
const QByteArray longTurn = [] {
    QByteArray more;
    for (int i = 0; i < 600; ++i)
        more += R"({"waitMs":100},{"text":"more and more text that wants room on the disk. "},)";
    return QByteArray(R"({"turns":[{"events":[{"text":"MARKER one. "},
    {"tool":"write_file","input":{"path":"src/App.tsx","content":"export default () => <p>kept</p>"}},
    {"text":"MARKER two."},)") +
           more + R"({"text":"end"}]}]})";
}();

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

    void whatAnotherProgramDoesShowsAtOnce()
    {
        QVERIFY(m_cli->run({"apps"}).exitCode == 0); // makes the store
        auto store = Store::open(m_cli->data());
        QVERIFY(store.ok());
        ProjectService::Parts parts;
        parts.store = store->get();
        parts.clock = &Clock::system();
        parts.lockDir = m_cli->data() + "/locks";
        parts.promptDir = QStringLiteral(PROMPT_DIR);
        ProjectService window(parts);
        QSignalSpy changed(&window, &ProjectService::appChanged);
        QSignalSpy removed(&window, &ProjectService::appRemoved);
        QSignalSpy versions(&window, &ProjectService::versionAdded);
        QSignalSpy conversation(&window, &ProjectService::conversationReset);
        const auto recovered = window.recover();
        QTRY_VERIFY(recovered.isFinished());

        const CliResult made = m_cli->run({"--json", "new", "a timer"});
        QVERIFY2(made.exitCode == 0, made.err);
        const AppId app{made.json().object()["app"].toString()};
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty() && !versions.isEmpty() && !conversation.isEmpty(), 3000);
        QCOMPARE(changed.last().first().value<AppSummary>().id, app);
        QCOMPARE(changed.last().first().value<AppSummary>().version, 1);
        for (QSignalSpy *spy : {&changed, &versions, &conversation})
            spy->clear();
        QTest::qWait(1500);
        QVERIFY2(changed.isEmpty() && conversation.isEmpty(), "nothing is said when nothing happens");
        QVERIFY(m_cli->run({"edit", app.value, "call it Egg"}).exitCode == 0);
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty() && !conversation.isEmpty(), 3000);
        QCOMPARE(changed.last().first().value<AppSummary>().title, QStringLiteral("Egg"));
        QVERIFY(m_cli->run({"rm", app.value}).exitCode == 0);
        QTRY_COMPARE_WITH_TIMEOUT(removed.size(), 1, 3000);
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
        if (!mayMount()) {
            QVERIFY2(!peersRequired(), "needs root to mount a small tmpfs");
            QSKIP("needs root to mount a small tmpfs");
        }
        const QByteArray path = mountSmallStore();
        QVERIFY(!path.isEmpty());
        const CliResult first = m_cli->run({"new", "a timer"});
        QFile filler(m_cli->data() + "/filler");
        fill(filler);
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

    void diskThatFillsDuringATurnLosesNothing()
    {
        if (!mayMount()) {
            QVERIFY2(!peersRequired(), "needs root to mount a small tmpfs");
            QSKIP("needs root to mount a small tmpfs");
        }
        const QByteArray path = mountSmallStore();
        QVERIFY(!path.isEmpty());
        QFile filler(m_cli->data() + "/filler");
        QFile script(m_files.filePath("long.json"));
        QVERIFY(script.open(QIODevice::WriteOnly) && script.write(longTurn) == longTurn.size());
        script.close();
        QProcess server; // of its own: it must go on while this test waits for processes
        server.start(binDir() + "/fake-llm-server", {script.fileName()});
        QVERIFY(server.waitForReadyRead());
        m_cli->setEnvironment("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + server.readLine().trimmed());
        auto process = m_cli->start({"--json", "new", "a thing that takes long", "--model", "anthropic:fake-model"});
        const bool begun = QTest::qWaitFor([this] { return storedText().contains("MARKER two"); }, 20'000);
        fill(filler);
        const bool ended = process->waitForFinished(30'000);
        filler.remove();
        const QByteArray said = process->readAllStandardOutput();
        const QByteArray kept = storedText();
        const CliResult apps = m_cli->run({"--json", "apps"});
        const QString app = apps.json().array().first()["app"].toString();
        const CliResult file = m_cli->run({"cat", app, "src/App.tsx"});
        const CliResult after = m_cli->run({"--json", "new", "a quiz about moss", "--model", "sampler"});
        const CliResult versions = m_cli->run({"--json", "versions", app});
        m_cli->run({"stop", "--all"});
        umount2(path.constData(), MNT_DETACH);
        server.kill();
        server.waitForFinished();
        QVERIFY(begun);
        QVERIFY2(ended, "the turn must end by itself");
        QCOMPARE(process->exitCode(), 1);
        const QString sentence = QJsonDocument::fromJson(said).object()["error"].toObject()["text"].toString();
        QVERIFY2(sentence.contains(QLatin1String("full"), Qt::CaseInsensitive), said);
        QVERIFY2(kept.contains("MARKER one") && kept.contains("MARKER two"), kept);
        QCOMPARE(file.out, QByteArray("export default () => <p>kept</p>"));
        QVERIFY2(after.exitCode == 0, after.err + after.out);
        QCOMPARE(versions.json().array().size(), 1);
    }

private:
    static bool mayMount() { return geteuid() == 0; }

    /// The path to unmount; empty when it failed.
    QByteArray mountSmallStore() const
    {
        const QByteArray path = m_cli->data().toUtf8();
        const bool mounted =
            QDir().mkpath(m_cli->data()) && mount("tmpfs", path.constData(), "tmpfs", 0, "size=4m") == 0;
        return mounted ? path : QByteArray();
    }

    static void fill(QFile &filler)
    {
        const bool opened = filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        while (opened && filler.write(QByteArray(4096, 'x')) > 0)
            continue;
    }

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

    QTemporaryDir m_files;
    ServerThread m_server;
    std::unique_ptr<Cli> m_cli;
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
