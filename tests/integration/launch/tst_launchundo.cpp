// SPDX-License-Identifier: GPL-3.0-or-later
// flotilla-agent launch --start that fails at each of its steps, or is killed: whatever it had made by then is gone
// again.
#include "tests/support/cliprocess.h"
#include "tests/support/systemcount.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Flotilla::Test;

namespace {

const QString owner = QStringLiteral("undone");

} // namespace

class TestLaunchUndo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/var/tmp/flotilla-test-XXXXXX")); // /tmp is staged over
        QFile::setPermissions(m_dir->path(), QFile::permissions(m_dir->path()) | QFile::ExeGroup | QFile::ExeOther);
        const QJsonObject good = launch(spec({}));
        if (!good["ok"].toBool()) {
            QVERIFY2(qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0, qPrintable(good["text"].toString()));
            QSKIP("no sandbox can start here");
        }
        QVERIFY(!left().isEmpty()); // what lives is seen
        end();
        QCOMPARE(left(), QString());
    }
    void cleanup()
    {
        end();
        m_dir.reset();
    }

    void nothingIsLeft_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char *name, const QJsonObject &change, const char *kind, const char *detail) {
            QTest::newRow(name) << change << QString::fromLatin1(kind) << QString::fromLatin1(detail);
        };
        row("no bubblewrap", {{"bwrap", "/no/such/bwrap"}}, "internal", "/no/such/bwrap");
        row("bubblewrap gives up", {{"bwrap", "#echo sorry >&2; exit 3"}}, "internal", "sorry");
        row("bubblewrap hangs", {{"bwrap", "#kill -STOP $$"}, {"deadline_ms", 300}}, "timeout", "");
        row("no agent", {{"agent", "/no/such/agent"}}, "internal", "/no/such/agent");
        row("the agent gives up", {{"agent", "#echo broken >&2; exit 1"}}, "internal", "broken");
        row("the agent hangs", {{"agent", "#kill -STOP $$; while :; do :; done"}, {"deadline_ms", 500}}, "timeout", "");
        row("the data cannot be had", {{"data", "/proc/version/data"}}, "internal", "");
        row("the snapshot is gone", {{"from", "nowhere"}, {"snapshots", "/tmp/flotilla-no-snapshots"}}, "not-found",
            "");
    }
    void nothingIsLeft()
    {
        QFETCH(QJsonObject, change);
        QFETCH(QString, kind);
        QFETCH(QString, detail);
        const QJsonObject answer = launch(spec(change));
        QVERIFY(!answer["ok"].toBool());
        QVERIFY2(answer["detail"].toString().contains(detail), qPrintable(answer["detail"].toString()));
        QCOMPARE(left(), QString());
        QVERIFY(listed().isEmpty());
        QVERIFY(launch(spec({}))["ok"].toBool()); // and nothing is in the way
        QCOMPARE(answer["kind"].toString(), kind);
    }

    void aFullDiskLeavesNothing()
    {
        if (geteuid() != 0) {
            QVERIFY2(qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0, "needs root to mount a small tmpfs");
            QSKIP("needs root to mount a small tmpfs");
        }
        const QByteArray sandboxes = root().toUtf8() + "/sb";
        QVERIFY(mount("tmpfs", sandboxes.constData(), "tmpfs", 0, "size=64k,mode=0700") == 0);
        QFile filler(QString::fromUtf8(sandboxes) + QStringLiteral("/FILLER"));
        const bool opened = filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        while (opened && filler.write(QByteArray(4096, 'x')) > 0)
            continue;
        const QJsonObject answer = launch(spec({}));
        const QStringList kept = QDir(QString::fromUtf8(sandboxes)).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
        filler.remove();
        const bool after = launch(spec({}))["ok"].toBool();
        end();
        umount2(sandboxes.constData(), MNT_DETACH);
        QVERIFY(!answer["ok"].toBool());
        QCOMPARE(answer["detail"].toString(), QStringLiteral("No space left on device"));
        QCOMPARE(kept, QStringList{QStringLiteral("FILLER")});
        QVERIFY(after);
        QCOMPARE(left(), QString());
    }

    /// The sandbox goes on by itself then, and whoever comes next finds it.
    void aLauncherKilledInTheMiddleLosesNothing_data()
    {
        QTest::addColumn<bool>("waits");
        QTest::newRow("ended when it runs") << true;
        for (int i = 0; i < 10; ++i)
            QTest::addRow("ended at once %d", i) << false;
    }
    void aLauncherKilledInTheMiddleLosesNothing()
    {
        QFETCH(bool, waits);
        const QByteArray gate = m_dir->filePath(QStringLiteral("gate")).toUtf8();
        QVERIFY(mkfifo(gate.constData(), 0666) == 0 && chmod(gate.constData(), 0666) == 0);
        const QString held = QStringLiteral("#read go < '%1'; exec bwrap \"$@\"").arg(QString::fromUtf8(gate));
        QProcess launcher;
        launcher.start(binDir() + QStringLiteral("/flotilla-agent"),
                       {QStringLiteral("launch"), QStringLiteral("--start"), QStringLiteral("-")});
        launcher.write(QJsonDocument(spec({{"bwrap", held}})).toJson());
        launcher.closeWriteChannel();
        QTRY_VERIFY(!left().isEmpty() && !listed().isEmpty());
        launcher.kill();
        QVERIFY(launcher.waitForFinished());
        QFile open(QString::fromUtf8(gate)); // waits for nobody: the script reads
        QVERIFY(open.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
        open.write("go\n");
        if (waits)
            QTRY_VERIFY(launch(spec({}))["existed"].toBool());
        end();
        QCOMPARE(left(), QString());
    }

private:
    QString root() const { return m_dir->filePath(owner); }

    /// In `change`, a program that begins with # is a shell script to be written.
    QJsonObject spec(QJsonObject change) const
    {
        for (const char *program : {"bwrap", "agent"})
            if (const QString text = change[QLatin1String(program)].toString(); text.startsWith(QLatin1Char('#')))
                change[QLatin1String(program)] = script(QLatin1String(program), text.mid(1));
        QJsonObject all{{"id", "half"},
                        {"app", "app"},
                        {"owner", owner},
                        {"root", root()},
                        {"data", m_dir->filePath(QStringLiteral("data"))},
                        {"limits", QJsonObject{{"memory_bytes", 256 << 20},
                                               {"processes", 64},
                                               {"cpus", 1},
                                               {"workspace_bytes", 16 << 20},
                                               {"data_bytes", 16 << 20},
                                               {"file_bytes", 16 << 20},
                                               {"open_files", 256}}}};
        for (auto it = change.constBegin(); it != change.constEnd(); ++it)
            all[it.key()] = it.value();
        return all;
    }
    QString script(const QString &name, const QString &text) const
    {
        QFile file(m_dir->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + text.toUtf8() + '\n') < 0)
            return {};
        file.close();
        file.setPermissions(QFile::Permissions(0x5555) | QFile::WriteOwner);
        return file.fileName();
    }
    static QJsonObject agent(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.start(binDir() + QStringLiteral("/flotilla-agent"), QStringList{QStringLiteral("launch")} + arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(20'000);
        return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    }
    static QJsonObject launch(const QJsonObject &spec)
    {
        return agent({QStringLiteral("--start"), QStringLiteral("-")}, QJsonDocument(spec).toJson());
    }
    QJsonArray listed() const { return agent({QStringLiteral("--list"), root()})["sandboxes"].toArray(); }
    void end() const { agent({QStringLiteral("--terminate"), root(), QStringLiteral("half")}); }
    /// Empty when nothing lives that belongs to the sandbox.
    QString left() const { return SystemCount::of(m_dir->path(), root()).text(); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestLaunchUndo)
#include "tst_launchundo.moc"
