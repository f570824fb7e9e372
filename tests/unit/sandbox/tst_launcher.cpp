// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/bwrapcommand.h"
#include "backends/agent/launch/cgroup.h"
#include "backends/agent/launch/failure.h"
#include "backends/agent/launch/hoststats.h"
#include "backends/agent/launch/ownscope.h"
#include "backends/agent/launch/sandboxfolder.h"
#include "backends/agent/launch/staging.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Flotilla::Agent {

namespace {

void write(const QString &path, const QByteArray &text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(missing)");
}

/// A group as the kernel shows it, in an ordinary folder.
void makeGroup(const QString &path, const QByteArray &controllers, const QByteArray &handedDown)
{
    write(path + QStringLiteral("/cgroup.controllers"), controllers);
    write(path + QStringLiteral("/cgroup.subtree_control"), handedDown);
    write(path + QStringLiteral("/cgroup.procs"), {});
}

std::string goodSpec(const char *change = "{}")
{
    Json spec = Json::parse(R"({"id": "a1", "app": "app", "owner": "me", "root": "/run/x", "agent": "/bin/agent",
        "runtime": "/rt", "data": "", "limits": {"memory_bytes": 1000, "processes": 10, "cpus": 1.5,
        "workspace_bytes": 2000, "data_bytes": 3000, "file_bytes": 4000, "open_files": 64}, "env": {"A": "b c"}})");
    spec.merge_patch(Json::parse(change));
    return spec.dump();
}

dev_t deviceOf(const char *path)
{
    struct stat info
    {
    };
    return stat(path, &info) == 0 ? info.st_dev : 0;
}

/// What a child of root that became a sandbox's user sees of the host.
QString seenBy(RootView view, BindSources sources)
{
    const auto look = [&, proc = deviceOf("/proc")] {
        Failure failure;
        if (!becomeUser(0x7000'0001, view, sources, failure))
            return 100;
        const auto there = [](const std::string &path) { return access(path.c_str(), R_OK) == 0; };
        return (there(sources.agent) ? 1 : 0) + (there(sources.etc + "/passwd") ? 2 : 0) + (there("/usr/bin") ? 4 : 0) +
               (there("/dev/null") ? 8 : 0) + (there("/proc/self/stat") ? 16 : 0) + (there("/sys") ? 32 : 0) +
               (deviceOf("/proc") != proc ? 64 : 0);
    };
    const pid_t pid = fork();
    if (pid == 0)
        _exit(look());
    int status = 0;
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? QString::number(WEXITSTATUS(status), 2) : QString();
}

} // namespace

class TestLauncher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDiskIsSaidSo()
    {
        for (const auto &[error, kind] : {std::pair(ENOSPC, "disk-full"), std::pair(EACCES, "internal")}) {
            Failure failure;
            errno = error;
            QVERIFY(!failWrite(failure, "/x"));
            QCOMPARE(failure.kind, std::string(kind));
        }
    }

    void findsTheDelegatedGroup_data()
    {
        QTest::addColumn<QString>("own");
        QTest::addColumn<QString>("expected");
        QTest::newRow("terminal") << QStringLiteral("/user.slice/user@1000/app.slice/vte.scope")
                                  << QStringLiteral("/user.slice/user@1000/app.slice");
        QTest::newRow("deeper") << QStringLiteral("/user.slice/user@1000/app.slice/none/leaf")
                                << QStringLiteral("/user.slice/user@1000/app.slice");
        QTest::newRow("no controllers") << QStringLiteral("/system/daemon") << QString();
        QTest::newRow("root") << QStringLiteral("/") << QString();
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("outside the namespace") << QStringLiteral("/../../x") << QString();
    }

    void findsTheDelegatedGroup()
    {
        const QTemporaryDir dir;
        const QString mount = dir.path();
        const QString slice = mount + QStringLiteral("/user.slice/user@1000/app.slice");
        makeGroup(slice, "cpu memory pids\n", "memory pids\n");
        makeGroup(slice + QStringLiteral("/none"), "\n", "\n");
        makeGroup(mount + QStringLiteral("/system"), "cpu\n", "\n");
        QFETCH(QString, own);
        QFETCH(QString, expected);
        const CgroupTree tree(mount.toStdString(), own.toStdString());
        QCOMPARE(QString::fromStdString(tree.parent()), expected.isEmpty() ? QString() : mount + expected);
        QVERIFY(!tree.parent().empty() || !tree.whyNot().empty());
    }

    void writesTheLimits()
    {
        const QTemporaryDir dir;
        const QString slice = dir.filePath(QStringLiteral("slice"));
        makeGroup(slice, "cpu memory pids", "cpu memory pids");
        const QString ours = slice + QStringLiteral("/flotilla-me");
        makeGroup(ours, "cpu memory pids", "cpu memory pids");
        for (const char *file : {"memory.max", "memory.swap.max", "pids.max", "cpu.max", "cgroup.kill", "cgroup.procs"})
            write(ours + QStringLiteral("/a1/") + QLatin1String(file), {});
        const CgroupTree tree(dir.path().toStdString(), "/slice/leaf");
        const auto group = tree.make("me", "a1", {1000, 12, 1.5});
        QVERIFY(group.has_value());
        const QString path = QString::fromStdString(*group);
        QCOMPARE(read(path + QStringLiteral("/memory.max")), QByteArray("1000"));
        QCOMPARE(read(path + QStringLiteral("/memory.swap.max")), QByteArray("0"));
        QCOMPARE(read(path + QStringLiteral("/pids.max")), QByteArray("12"));
        QCOMPARE(read(path + QStringLiteral("/cpu.max")), QByteArray("150000 100000"));
        QVERIFY(enterCgroup(*group));
        QVERIFY(killCgroup(*group));
        QCOMPARE(read(path + QStringLiteral("/cgroup.procs")), QByteArray("0"));
        QCOMPARE(read(path + QStringLiteral("/cgroup.kill")), QByteArray("1"));
    }

    void asksForMissingControllers()
    {
        const QTemporaryDir dir;
        makeGroup(dir.filePath(QStringLiteral("slice")), "memory pids", "");
        const CgroupTree tree(dir.path().toStdString(), "/slice/leaf");
        QVERIFY(!tree.parent().empty());
        QVERIFY(read(dir.filePath(QStringLiteral("slice/cgroup.subtree_control"))).startsWith('+'));
    }

    void cannotLimitWithoutTheFiles()
    {
        const QTemporaryDir dir;
        makeGroup(dir.filePath(QStringLiteral("slice")), "memory pids", "memory pids");
        makeGroup(dir.filePath(QStringLiteral("slice/flotilla-me")), "memory pids", "memory pids");
        const CgroupTree tree(dir.path().toStdString(), "/slice/leaf"); // no memory.max appears: not a real kernel
        QVERIFY(!tree.make("me", "a1", {1000, 12, 1}).has_value());
    }

    void takesTheFolderOfAnInstallationAway()
    {
        const QTemporaryDir dir;
        const std::string ours = dir.filePath(QStringLiteral("slice/flotilla-me")).toStdString();
        for (const char *id : {"a1", "a2"})
            QVERIFY(QDir().mkpath(QString::fromStdString(ours + '/' + id)));
        QVERIFY(removeCgroup(ours + "/a1"));
        QVERIFY(QFile::exists(QString::fromStdString(ours)));
        QVERIFY(removeCgroup(ours + "/a2"));
        QVERIFY(!QFile::exists(QString::fromStdString(ours)));
        QVERIFY(removeCgroup(ours + "/a2")); // somebody else was there before
    }

    void asksSystemdForAScope()
    {
        const std::vector<std::string> args = scopeRequest("flotilla-7.scope", {5, 7});
        const std::vector<std::string> end{
            "flotilla-7.scope", "fail", "3",  "Description", "s", "Flotilla", "Slice", "s",
            "app.slice",        "PIDs", "au", "2",           "5", "7",        "0"};
        QVERIFY(args.size() > end.size());
        QVERIFY(std::equal(end.rbegin(), end.rend(), args.rbegin()));
    }

    void readsUsage()
    {
        const QTemporaryDir dir;
        write(dir.filePath(QStringLiteral("memory.current")), "4096\n");
        write(dir.filePath(QStringLiteral("pids.current")), "7\n");
        write(dir.filePath(QStringLiteral("cpu.stat")), "usage_usec 2500000\nuser_usec 1\n");
        write(dir.filePath(QStringLiteral("memory.events")), "low 0\nhigh 0\nmax 4\noom 2\noom_kill 3\n");
        const CgroupUsage usage = cgroupUsage(dir.path().toStdString());
        QCOMPARE(usage.memoryBytes, 4096);
        QCOMPARE(usage.processes, 7);
        QCOMPARE(usage.cpuMs, 2500);
        QCOMPARE(usage.oomKills, 3);
    }

    void measuresTheHost()
    {
        const QTemporaryDir dir;
        const Json stats = hostStats(dir.path().toStdString() + "/not/yet/there");
        QVERIFY(numberOf(stats, "cpus") >= 1);
        QVERIFY(memberOf(stats, "load1").is_number_float());
        QVERIFY(numberOf(stats, "memory_total") > (64 << 20));
        QVERIFY(numberOf(stats, "memory_available") > 0);
        QVERIFY(numberOf(stats, "memory_available") <= numberOf(stats, "memory_total"));
        QVERIFY(numberOf(stats, "cpu_busy_ms") > 0);
        QVERIFY(numberOf(stats, "cpu_busy_ms") <= numberOf(stats, "cpu_total_ms"));
        QVERIFY(numberOf(stats, "disk_free") > 0);
        QVERIFY(numberOf(stats, "disk_free") <= numberOf(stats, "disk_total"));
        QVERIFY(stringOf(stats, "kernel").rfind("Linux ", 0) == 0);
    }

    void readsTheDescription()
    {
        LaunchSpec spec;
        Failure failure;
        QVERIFY2(parseSpec(goodSpec(), spec, failure), failure.text.c_str());
        QCOMPARE(spec.limits.processes, 10);
        QCOMPARE(spec.cpus, 1.5);
        QVERIFY(spec.env.size() == 1 && spec.env[0].second == "b c");
    }

    void refusesBadDescriptions_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("kind");
        const auto row = [](const char *change, const char *kind = "invalid") {
            QTest::newRow(change) << QByteArray(change) << QString::fromUtf8(kind);
        };
        row(R"({"id": "../x"})");
        row(R"({"id": "-x"})");
        row(R"({"id": "A"})");
        row(R"({"id": ""})");
        row(R"({"owner": "a/b"})");
        row(R"({"root": "relative"})");
        row(R"({"data": "relative"})");
        row(R"({"limits": {"memory_bytes": 0}})");
        row(R"({"limits": {"processes": -5}})");
        row(R"({"limits": {"cpus": "many"}})");
        row(R"({"limits": null})");
        row(R"({"env": {"LD PRELOAD": "x"}})");
        row(R"({"env": {"1A": "x"}})");
        row(R"({"env": {"A": 3}})");
        row(R"({"env": []})");
        row(R"({"network": "public"})", "unsupported");
    }

    void refusesBadDescriptions()
    {
        QFETCH(QByteArray, change);
        LaunchSpec spec;
        Failure failure;
        QVERIFY(!parseSpec(goodSpec(change.constData()), spec, failure));
        QTEST(QString::fromStdString(failure.kind), "kind");
        QVERIFY(!failure.text.empty());
    }

    void commandHasTheHardening()
    {
        LaunchSpec spec;
        Failure failure;
        QVERIFY(parseSpec(goodSpec(), spec, failure));
        const auto args = bwrapCommand(spec, {"/s/agent", "/s/runtime", "/s/etc", ""});
        for (const char *must : {"--unshare-user", "--disable-userns", "--assert-userns-disabled", "--unshare-pid",
                                 "--unshare-net", "--unshare-ipc", "--unshare-uts", "--as-pid-1", "--new-session",
                                 "--clearenv", "--cap-drop", "--seccomp", "--remount-ro"})
            QVERIFY2(std::find(args.begin(), args.end(), must) != args.end(), must);
        for (const char *never : {"--share-net", "--cap-add", "--dev-bind", "--die-with-parent", "--unshare-user-try"})
            QVERIFY2(std::find(args.begin(), args.end(), never) == args.end(), never);
        const auto separator = std::find(args.begin(), args.end(), "--");
        QVERIFY(separator != args.end() && *(separator + 1) == "/opt/flotilla/agent");
        const auto root = std::find(args.begin(), args.end(), "/");
        QVERIFY(root != args.end() && *(root - 1) == "--remount-ro");
    }

    void rootShowsWhatIsNeeded()
    {
        if (geteuid() != 0)
            return; // has no user to become

        const QTemporaryDir dir; // 0700: nobody else gets at it
        write(dir.filePath(QStringLiteral("agent")), "x");
        write(dir.filePath(QStringLiteral("etc/passwd")), "x");
        const std::string root = dir.path().toStdString();
        const BindSources sources{root + "/agent", "", root + "/etc", ""};
        QCOMPARE(seenBy(RootView::Needed, sources), QStringLiteral("1011111"));
        QCOMPARE(seenBy(RootView::Host, sources), QStringLiteral("1111111"));
        const std::string elsewhere = root + "/agent"; // a program that is not in the smaller root
        QVERIFY(rootViewFor(elsewhere) == RootView::Host);
    }

    void locksTellTheTruth()
    {
        const QTemporaryDir dir;
        const std::string root = dir.path().toStdString() + "/run";
        Failure failure;
        QVERIFY(!SandboxFolder::lock(root, "a1", false, failure).has_value());
        QVERIFY(failure.kind.empty());
        {
            auto folder = SandboxFolder::lock(root, "a1", true, failure);
            QVERIFY(folder.has_value());
            QVERIFY(folder->saveLabel({{"id", "a1"}, {"owner", "me"}}));
            QVERIFY(stringOf(folder->label(), "owner") == "me");
            QVERIFY(SandboxFolder::ids(root) == std::vector<std::string>{"a1"});
            folder->remove();
        }
        QVERIFY(SandboxFolder::ids(root).empty());
    }

    void neverTakesALaterProcessForOurs()
    {
        const ProcessRef self = processRef(getpid());
        QVERIFY(self.start != 0);
        QVERIFY(bool(openProcess(self)));
        QVERIFY(!openProcess({self.pid, self.start + 1}));
        QVERIFY(!openProcess({1, 1}));
        Json label{{"boot", bootId()}, {"pid", self.pid}, {"start", self.start}};
        QVERIFY(processOf(label).alive());
        label["start"] = self.start + 1;
        QVERIFY(!processOf(label).alive());
        label["start"] = self.start;
        label["boot"] = "another boot";
        QVERIFY(!processOf(label).alive());
    }
};

} // namespace Flotilla::Agent

QTEST_GUILESS_MAIN(Flotilla::Agent::TestLauncher)
#include "tst_launcher.moc"
