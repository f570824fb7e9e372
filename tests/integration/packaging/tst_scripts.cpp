// SPDX-License-Identifier: GPL-3.0-or-later
// packaging/start and packaging/test on machines that are not like this one: their tools are stood in for by small
// scripts that note how they were called. The build itself is what packaging/test does anyway.
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

class TestScripts : public QObject
{
    Q_OBJECT

    struct Outcome
    {
        int code = -1;
        QString out;
        QString err;
    };

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clone = m_dir->filePath(QStringLiteral("a clone"));
        m_tools = m_dir->filePath(QStringLiteral("tools"));
        QVERIFY(QDir().mkpath(m_clone) && QDir().mkpath(m_tools));
        const QString source = QStringLiteral(SOURCE_DIR "/packaging");
        QCOMPARE(QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-r"), source, m_clone}), 0);
        linkTools();
        makeTools();
        setPackages(wantedPackages());
    }

    void nothingMissingAsksForNothing()
    {
        const Outcome first = start();
        QCOMPARE(first.code, 0);
        QCOMPARE(first.out, QStringLiteral("de_DE.UTF-8 --data x y"));
        QVERIFY(!called("sudo"));
        QVERIFY(called("cmake --preset release"));
        forget();
        QCOMPARE(start().code, 0);
        QVERIFY(!called("cmake --preset"));
        QVERIFY(!called("apt-get"));
    }

    void whatIsMissingIsInstalledOnce()
    {
        QStringList packages = wantedPackages();
        packages.removeAll(QStringLiteral("bubblewrap"));
        setPackages(packages);
        QCOMPARE(start().code, 0);
        QVERIFY2(contents("installed").trimmed().endsWith(" bubblewrap"), contents("installed").constData());
        QVERIFY(contents("installed").contains("--no-remove"));
        QVERIFY(called("sudo env DEBIAN_FRONTEND=noninteractive apt-get install"));
    }

    /// Ubuntu renamed libraries for 64-bit time; the new ones say what they stand in for.
    void renamedPackagesCount()
    {
        QStringList packages = wantedPackages();
        packages.removeAll(QStringLiteral("libqt6svg6"));
        packages.append(QStringLiteral("libqt6svg6t64, libqt6svg6 (= 6.4.2-4), other"));
        setPackages(packages);
        QCOMPARE(start().code, 0);
        QVERIFY(!called("apt-get"));
    }

    void programsFromElsewhereAreLeftAlone()
    {
        QStringList packages = wantedPackages();
        packages.removeAll(QStringLiteral("nodejs"));
        packages.removeAll(QStringLiteral("npm"));
        packages.removeAll(QStringLiteral("python3"));
        setPackages(packages);
        put("node", "true");
        put("npm", "true");
        QCOMPARE(start().code, 0);
        QVERIFY2(contents("installed").trimmed().endsWith("recommends python3"), contents("installed").constData());
    }

    void cannotInstall_data()
    {
        QTest::addColumn<QString>("tool");
        QTest::addColumn<QString>("does");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no sudo")
            << "sudo" << QString()
            << "this needs root, and sudo is not installed; as root, run: apt-get install bubblewrap";
        QTest::newRow("sudo refuses") << "sudo"
                                      << "exit 1"
                                      << "this needs root, and sudo refused; ask somebody who may, to run: apt-get "
                                         "install bubblewrap";
        QTest::newRow("no network") << "apt-get"
                                    << "echo 'E: Failed to fetch'; exit 100"
                                    << "the packages could not be installed; the last lines of apt-get are above";
        QTest::newRow("another system") << "apt-get" << QString()
                                        << "apt-get is missing; Flotilla's scripts support Debian 12 and Ubuntu 24.04";
    }

    void cannotInstall()
    {
        QFETCH(QString, tool);
        QFETCH(QString, does);
        QFETCH(QString, sentence);
        QStringList packages = wantedPackages();
        packages.removeAll(QStringLiteral("bubblewrap"));
        setPackages(packages);
        QVERIFY(QFile::remove(toolPath(tool.toLatin1().constData())));
        if (!does.isEmpty())
            put(tool.toLatin1().constData(), does.toLatin1());
        const Outcome outcome = start();
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains(QLatin1String("start: ") + sentence), qPrintable(outcome.err));
        QVERIFY(!called("cmake"));
    }

    void aCloneThatMovedIsBuiltAnew()
    {
        QCOMPARE(start().code, 0);
        const QString moved = m_dir->filePath(QStringLiteral("moved"));
        QVERIFY(QDir().rename(m_clone, moved));
        m_clone = moved;
        forget();
        QCOMPARE(start().code, 0);
        QVERIFY(called("cmake --preset release"));
    }

    void aLinkToTheScriptOrTheCloneWillDo()
    {
        const QString link = m_dir->filePath(QStringLiteral("flotilla"));
        QVERIFY(QFile::link(m_clone + QLatin1String("/packaging/start"), link));
        QCOMPARE(start(link).out, QStringLiteral("de_DE.UTF-8 --data x y"));
        forget();
        const QString folder = m_dir->filePath(QStringLiteral("linked"));
        QVERIFY(QFile::link(m_clone, folder));
        QCOMPARE(start(folder + QLatin1String("/packaging/start")).code, 0);
        QVERIFY(!called("cmake --preset")); // the same build
    }

    /// The sandboxes of root run as other users.
    void whatRootBuiltCanBeRead()
    {
        put("id", "echo 0");
        put("bash-077", "umask 077; exec bash \"$@\"");
        const Outcome outcome = start({}, toolPath("bash-077"));
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        const QFile built(m_clone + QLatin1String("/build/release/bin/flotilla"));
        QVERIFY(built.permissions().testFlags(QFile::ReadOther | QFile::ExeOther));
        QVERIFY(!QFile(m_clone + QLatin1String("/build/release.log")).permissions().testFlag(QFile::ReadOther));
    }

    void aFullDiskIsSaid()
    {
        put("df", "echo Avail; echo 12");
        const Outcome outcome = start();
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains(QLatin1String("is full; make room")), qPrintable(outcome.err));
    }

    /// Where AppArmor keeps user namespaces from ordinary users, bubblewrap and the window get a profile, once.
    void appArmorLetsTheSandboxesBe()
    {
        const QString profiles = state("profiles");
        QVERIFY(QDir().mkpath(profiles));
        write(state("switch"), "1\n");
        QVERIFY(replaceInLibrary("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", state("switch")));
        QVERIFY(replaceInLibrary("/etc/apparmor.d", profiles));
        QCOMPARE(start().code, 0);
        QCOMPARE(contents("profiles/bwrap"), QByteArray("abi <abi/4.0>,\ninclude <tunables/global>\n"
                                                        "profile bwrap \"/usr/bin/bwrap\" flags=(unconfined) {\n"
                                                        "  userns,\n  include if exists <local/bwrap>\n}\n"));
        const QStringList own = QDir(profiles).entryList({QStringLiteral("flotilla-*")});
        QCOMPARE(own.size(), 1);
        const QString program = QDir(m_clone).canonicalPath() + QLatin1String("/build/release/bin/flotilla");
        QVERIFY(contents("profiles/" + own.first().toLatin1()).contains('"' + program.toUtf8() + '"'));
        QVERIFY(called("sudo apparmor_parser -r"));
        forget();
        QCOMPARE(start().code, 0);
        QVERIFY(!called("sudo"));
    }

    void testsThatFailOrSkipAreNamed()
    {
        setPackages(wantedPackages() + wantedPackages("test"));
        put("ctest",
            "cd Testing/Temporary; echo 'SKIP   : TestDisk::full() only root can' >LastTest.log\n"
            "printf '1:tst_a\\n7:tst_b\\n' >LastTestsFailed.log\ntouch -d '1 minute' LastTestsFailed.log; exit 8");
        const Outcome outcome = start(testScript());
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains(QLatin1String("Skipped here:\n    TestDisk::full() only root can\n")),
                 qPrintable(outcome.err));
        QVERIFY2(
            outcome.err.endsWith(QLatin1String("test: these tests failed: tst_a tst_b; the output of each is above\n")),
            qPrintable(outcome.err));
        QVERIFY(called("--no-tests=error --data x y"));
        QVERIFY(!called("clang-format"));
    }

    /// Debian's ordinary users do not have /usr/sbin in their path.
    void daemonsFromElsewhereAreLeftAlone()
    {
        QStringList packages = wantedPackages() + wantedPackages("test");
        packages.removeAll(QStringLiteral("docker.io"));
        setPackages(packages);
        put("ctest", "true");
        QVERIFY(QDir().mkpath(state("sbin")) && QFile::rename(toolPath("ctest"), state("sbin/dockerd")));
        put("ctest", "true");
        QVERIFY(replaceInLibrary("$PATH:/usr/sbin", QLatin1String("$PATH:") + state("sbin")));
        const Outcome outcome = start(testScript());
        QVERIFY2(outcome.code == 0, qPrintable(outcome.err));
        QVERIFY(!called("apt-get"));
    }

    /// Daemons and sandboxes have left the group that Ctrl+C reaches.
    void nothingIsLeftRunning_data()
    {
        QTest::addColumn<QString>("then");
        QTest::addColumn<int>("code");
        QTest::newRow("it ended") << "exit 3" << 3;
        QTest::newRow("it was interrupted") << "kill -INT $PPID; exec sleep 1000" << -SIGINT;
    }

    void nothingIsLeftRunning()
    {
        QFETCH(QString, then);
        QFETCH(int, code);
        QProcess process;
        const QString script = QStringLiteral("(trap '' TERM HUP; setsid sleep 1000 & echo $!); ") + then;
        process.start(m_clone + QLatin1String("/packaging/lib/reap"),
                      {QStringLiteral("sh"), QStringLiteral("-c"), script});
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -process.exitCode(), code);
        const QString left = QString::fromLatin1(process.readAllStandardOutput()).trimmed();
        QVERIFY2(left.toInt() > 1 && !QFile::exists(QLatin1String("/proc/") + left),
                 process.readAllStandardError().constData());
    }

    void aNameThatFitsNoTestIsSaid()
    {
        setPackages(wantedPackages() + wantedPackages("test"));
        put("ctest", "exit 8");
        const Outcome outcome = start(testScript());
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.endsWith(QLatin1String("test: no tests ran; what ctest says is above\n")),
                 qPrintable(outcome.err));
    }

    void aFolderThatGitRefusesIsNotBadlyFormatted()
    {
        put("clang-format", "true");
        put("git", "echo 'fatal: detected dubious ownership' >&2; exit 128");
        const Outcome outcome = start(m_clone + QLatin1String("/packaging/check-format"));
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains(QLatin1String("git does not say which files belong to")),
                 qPrintable(outcome.err));
    }

private:
    /// All that the scripts may use of the machine.
    void linkTools()
    {
        for (const char *tool : {"bash",    "basename", "cat",  "chmod", "cksum", "comm",  "cp",     "cut",
                                 "dirname", "echo",     "env",  "grep",  "head",  "mkdir", "mktemp", "readlink",
                                 "rm",      "sed",      "sort", "tail",  "tee",   "touch", "tr",     "xargs"})
            QVERIFY2(QFile::link(QStandardPaths::findExecutable(QLatin1String(tool)), toolPath(tool)), tool);
    }

    void makeTools()
    {
        put("id", "echo 1000");
        put("df", "echo Avail; echo 9000000");
        put("sudo", "[ \"$1\" = -v ] || exec \"$@\"");
        put("apparmor_parser", "true");
        put("apt-get", "case $* in *install*) echo \"$*\" >>\"$STATE/installed\";; esac");
        put("dpkg-query", "cat \"$STATE/packages\"");
        put("nproc", "echo 2");
        put("python3", "shift; exec \"$@\""); // lib/reap
        put("xvfb-run", "shift 3; exec \"$@\"");
        put("cmake",
            "case $1 in\n--preset) mkdir -p build/$2/bin build/$2/Testing/Temporary && : >build/$2/build.ninja &&\n"
            "echo \"CMAKE_HOME_DIRECTORY:INTERNAL=$PWD\" >build/$2/CMakeCache.txt ;;\n"
            "*) printf '#!/bin/sh\\necho \"$LC_ALL $*\"\\n' >$2/bin/flotilla &&\n"
            "chmod +x $2/bin/flotilla;;\nesac");
    }

    QString toolPath(const char *name) const { return m_tools + QLatin1Char('/') + QLatin1String(name); }
    QString state(const char *name) const { return m_dir->filePath(QLatin1String(name)); }

    static void write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

    QByteArray contents(const QByteArray &name) const
    {
        QFile file(state(name.constData()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// A tool that notes its call and then does this.
    void put(const char *name, const QByteArray &does)
    {
        write(toolPath(name),
              "#!" + m_tools.toUtf8() + "/bash\necho \"" + name + " $*\" >>\"$STATE/calls\"\n" + does + '\n');
        QVERIFY(QFile::setPermissions(toolPath(name), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    bool called(const char *command) const { return contents("calls").contains(command); }
    void forget() { QFile::remove(state("calls")); }

    QString testScript() const { return m_clone + QLatin1String("/packaging/test"); }

    static QStringList wantedPackages(const char *kind = "build")
    {
        QFile list(QStringLiteral(SOURCE_DIR "/packaging/packages-%1.txt").arg(QLatin1String(kind)));
        QStringList packages;
        if (!list.open(QIODevice::ReadOnly))
            return packages;
        while (!list.atEnd()) {
            if (const QByteArray name = list.readLine().split('#').constFirst().trimmed(); !name.isEmpty())
                packages.append(QString::fromLatin1(name));
        }
        return packages;
    }

    /// As dpkg-query prints them: state, name, what it provides.
    void setPackages(const QStringList &packages)
    {
        QByteArray text;
        for (const QString &package : packages)
            text += "ii |" + package.toLatin1() + ", \n";
        write(state("packages"), text);
    }

    bool replaceInLibrary(const QByteArray &before, const QString &after)
    {
        const QString path = m_clone + QLatin1String("/packaging/lib/common.sh");
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return false;
        QByteArray text = file.readAll();
        file.close();
        const bool there = text.contains(before);
        write(path, text.replace(before, after.toUtf8()));
        return there;
    }

    Outcome start(const QString &script = {},
                  const QString &shell = QStandardPaths::findExecutable(QStringLiteral("bash")))
    {
        QProcess process;
        QProcessEnvironment environment;
        environment.insert(QStringLiteral("PATH"), m_tools);
        environment.insert(QStringLiteral("STATE"), m_dir->path());
        environment.insert(QStringLiteral("TMPDIR"), m_dir->path());
        environment.insert(QStringLiteral("DISPLAY"), QStringLiteral(":0"));
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("de_DE.UTF-8"));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_dir->path());
        const QString program = script.isEmpty() ? m_clone + QLatin1String("/packaging/start") : script;
        process.start(shell, {program, QStringLiteral("--data"), QStringLiteral("x y")});
        if (!process.waitForFinished(60'000))
            process.kill();
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()).trimmed(),
                QString::fromUtf8(process.readAllStandardError())};
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_clone;
    QString m_tools;
};

QTEST_GUILESS_MAIN(TestScripts)
#include "tst_scripts.moc"
