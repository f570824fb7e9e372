// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

using namespace Flotilla::Test;

namespace {

QJsonObject object(const CliResult &result)
{
    return result.json().object();
}

/// Bytes; 0 when the process is gone.
qint64 peakMemory(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmHWM:");
    return at < 0 ? 0 : text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong() * 1024;
}

/// Does not listen while there is a file "wait" in the app's data.
const char slowServer[] = R"py(
import http.server, os, time
while os.path.exists('/data/wait'):
    open('/data/waiting', 'w').close()
    time.sleep(0.02)
class Hello(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'hello from the server')
http.server.HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Hello).serve_forever()
)py";

QJsonObject write(const char *path, const char *content)
{
    return {{"tool", "write_file"}, {"input", QJsonObject{{"path", path}, {"content", content}}}};
}

/// What a model says that makes an app with that server.
QByteArray serverTurns()
{
    const QJsonArray files{write("app.json", R"({"start": "python3 server.py"})"), write("server.py", slowServer)};
    const QJsonArray turns{QJsonObject{{"events", files}}, QJsonObject{{"text", "It greets."}}};
    return QJsonDocument(QJsonObject{{"turns", turns}}).toJson();
}

#define VERIFY_RUN(result) QVERIFY2((result).exitCode == 0, ((result).err + (result).out).constData())

} // namespace

/// flotillactl as a user runs it: real sandboxes, the sampler, no network.
class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const CliResult made = m_cli.run({"--json", "new", "a habit tracker with a weekly chart"});
        VERIFY_RUN(made);
        m_made = object(made);
        m_app = m_made["app"].toString();
    }

    void newReportsAGreenApp()
    {
        QCOMPARE(m_made["state"].toString(), QStringLiteral("green"));
        QCOMPARE(m_made["version"].toInt(), 1);
        QVERIFY(!m_app.isEmpty());
        QVERIFY(m_made["url"].toString().startsWith(QLatin1String("http://")));
        QVERIFY(m_made["seconds"].toDouble() > 0);
        QCOMPARE(m_made["cost"].toDouble(-1), 0.0);
        QVERIFY(m_made["checks"].toArray().size() >= 2);
    }

    void fetchReturnsTheBuiltApp()
    {
        const CliResult page = m_cli.run({"fetch", m_app});
        VERIFY_RUN(page);
        QVERIFY(page.out.contains("<script"));
        const CliResult missing = m_cli.run({"fetch", m_app, "/no-such-file.js"});
        QCOMPARE(missing.exitCode, 1);
        const CliResult elsewhere = m_cli.run({"fetch", m_app, "http://127.0.0.1:1/"});
        QCOMPARE(elsewhere.exitCode, 1);
    }

    void filesCanBeListedAndRead()
    {
        const CliResult files = m_cli.run({"--json", "files", m_app});
        VERIFY_RUN(files);
        QStringList paths;
        for (const QJsonValue &file : files.json().array())
            paths.append(file["path"].toString());
        QVERIFY2(paths.contains(QLatin1String("src/App.tsx")), qPrintable(paths.join(QLatin1Char(' '))));
        const CliResult text = m_cli.run({"cat", m_app, "src/App.tsx"});
        VERIFY_RUN(text);
        QVERIFY(text.out.contains("export default"));
        QCOMPARE(m_cli.run({"cat", m_app, "../../etc/passwd"}).exitCode, 1);
    }

    void anExportedAppComesBack()
    {
        const QString file = m_files.filePath(QStringLiteral("Harbour.zip"));
        VERIFY_RUN(m_cli.run({"export", m_app, file}));
        const CliResult made = m_cli.run({"--json", "import", file});
        VERIFY_RUN(made);
        QCOMPARE(object(made)["state"].toString(), QStringLiteral("green"));
        QCOMPARE(object(made)["title"].toString(), QStringLiteral("Harbour"));
        const QString copy = object(made)["app"].toString();
        QVERIFY(copy != m_app);
        QCOMPARE(m_cli.run({"cat", copy, "src/App.tsx"}).out, m_cli.run({"cat", m_app, "src/App.tsx"}).out);
        QVERIFY(m_cli.run({"fetch", copy}).out.contains("<script"));
        VERIFY_RUN(m_cli.run({"rm", copy}));
        const CliResult none = m_cli.run({"import", QStringLiteral("/etc/hostname")});
        QCOMPARE(none.exitCode, 1);
        QVERIFY2(none.err.contains("was not imported"), none.err.constData());
    }

    void exportsOverwriteNothingByThemselves()
    {
        const auto exported = [this] {
            const auto cli = m_cli.make({QStringLiteral("export"), m_app});
            cli->setWorkingDirectory(m_files.path());
            cli->start();
            return cli->waitForFinished() ? QString::fromUtf8(cli->readAllStandardOutput()).trimmed() : QString();
        };
        const QString first = exported();
        QVERIFY2(first.startsWith(m_files.path()) && first.endsWith(QLatin1String(".zip")), qPrintable(first));
        QCOMPARE(exported(), first.chopped(4) + QStringLiteral(" (2).zip"));
    }

    void controlCharactersStayOffTheTerminal()
    {
        const QString evil = QStringLiteral("\x1b]0;stolen\x07\x1b[31mred\u009b2J");
        const CliResult shown = m_cli.run({"show", evil});
        QCOMPARE(shown.exitCode, 1);
        QVERIFY2(shown.err.contains("red") && !shown.err.contains('\x1b') && !shown.err.contains("\xc2\x9b"),
                 shown.err.constData());
        const CliResult json = m_cli.run({"--json", "show", evil});
        QVERIFY(!json.out.contains('\x1b') && !json.out.contains("\xc2\x9b"));
        QVERIFY(object(json)["error"].toObject()["text"].toString().contains(evil)); // and yet nothing is lost
    }

    void keysAreNotInherited()
    {
        const QString config = m_files.filePath(QStringLiteral("ssh_config"));
        const QString seen = m_files.filePath(QStringLiteral("seen"));
        QFile file(config);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write("Host spy\n HostName localhost\n ProxyCommand env > " + QFile::encodeName(seen) + "\n") > 0);
        file.close();
        const auto cli = m_cli.make({QStringLiteral("hosts"), QStringLiteral("test"), QStringLiteral("spy")});
        QProcessEnvironment environment = cli->processEnvironment();
        environment.insert(QStringLiteral("FLOTILLA_SSH_CONFIG"), config);
        environment.insert(QStringLiteral("ANTHROPIC_API_KEY"), QStringLiteral("sk-ant-not-for-children"));
        cli->setProcessEnvironment(environment);
        cli->start();
        QVERIFY(cli->waitForFinished());
        QFile inherited(seen);
        QVERIFY(inherited.open(QIODevice::ReadOnly));
        const QByteArray text = inherited.readAll();
        QVERIFY(text.contains("PATH="));
        QVERIFY(!text.contains("sk-ant-not-for-children"));
    }

    void aWishThatIsNotUnderstoodMakesNoVersion()
    {
        const CliResult same = m_cli.run({"--json", "edit", m_app, "zzqy vrml blorp"});
        VERIFY_RUN(same);
        QCOMPARE(object(same)["version"].toInt(), 1);
        QCOMPARE(object(same)["changed"].toBool(true), false);
        QCOMPARE(object(same)["state"].toString(), QStringLiteral("green"));
    }

    void execPassesStreamsAndExitCode()
    {
        const QByteArray input = QByteArray("bin\0ary\xff", 8).repeated(20'000);
        const CliResult copied = m_cli.run({"exec", m_app, "--", "cat"}, input);
        QCOMPARE(copied.exitCode, 0);
        QCOMPARE(copied.out, input);
        const CliResult failed = m_cli.run({"exec", m_app, "--", "sh", "-c", "echo out; echo err >&2; exit 7"});
        QCOMPARE(failed.exitCode, 7);
        QCOMPARE(failed.out, QByteArray("out\n"));
        QCOMPARE(failed.err, QByteArray("err\n"));
        const CliResult large =
            m_cli.run({"exec", m_app, "--", "dd", "if=/dev/zero", "of=/data/x", "bs=1M", "count=65"});
        QCOMPARE(large.exitCode, 128 + SIGXFSZ);
        QVERIFY2(large.err.contains("ended by signal 25 (File size limit exceeded)"), large.err.constData());
        const CliResult none = m_cli.run({"exec", m_app, "--", "no-such-program"});
        QCOMPARE(none.exitCode, 127); // as shells say it
        QCOMPARE(none.err.count("no-such-program"), 1);
    }

    void whoReadsNoMoreEndsTheCommand()
    {
        const auto piped = [this](const QByteArray &line) { return m_cli.shell(line); };
        const CliResult first =
            piped("\"$FLOTILLACTL\" exec " + m_app.toUtf8() + " -- yes | head -c 2; exit ${PIPESTATUS[0]}");
        QCOMPARE(first.out, QByteArray("y\n"));
        QCOMPARE(first.exitCode, 128 + SIGPIPE);
        QVERIFY2(first.err.isEmpty(), first.err.constData());
    }

    void outputThatIsLostIsNoSuccess_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::newRow("list") << QByteArray("--json apps");
        QTest::newRow("bytes") << "cat " + m_app.toUtf8() + " src/App.tsx";
        QTest::newRow("command") << "exec " + m_app.toUtf8() + " -- yes";
        QTest::newRow("archive") << "export " + m_app.toUtf8() + " /dev/full";
    }
    void outputThatIsLostIsNoSuccess()
    {
        QFETCH(QByteArray, command);
        const CliResult result = m_cli.shell("\"$FLOTILLACTL\" " + command + " > /dev/full");
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("could not be written"), result.err.constData());
        struct stat full = {};
        QVERIFY(::stat("/dev/full", &full) == 0 && S_ISCHR(full.st_mode));
    }

    void closedStreamsAreNoDescriptorsOfTheStore()
    {
        const CliResult result = m_cli.shell("\"$FLOTILLACTL\" --json apps <&- >&- 2>&-");
        QCOMPARE(result.exitCode, 0);
        VERIFY_RUN(m_cli.run({"apps"}));
    }

    void aTurnWithoutAVersionSaysWhereTheAppIs()
    {
        const CliResult failed = m_cli.run({"--json", "new", "a clock", "--model", "openai:m@http://127.0.0.1:1/v1"});
        QCOMPARE(failed.exitCode, 1);
        const QJsonObject said = object(failed);
        for (const char *key : {"app", "version", "state", "url", "seconds", "cost", "error"})
            QVERIFY2(said.contains(QLatin1String(key)), key);
        QCOMPARE(said["state"].toString(), QStringLiteral("red"));
        QCOMPARE(said["version"].toInt(-1), 0);
        QVERIFY(!said["error"].toObject()["text"].toString().isEmpty());
        VERIFY_RUN(m_cli.run({"rm", said["app"].toString()}));
    }

    void stopCountsWhatItStopped()
    {
        VERIFY_RUN(m_cli.run({"fetch", m_app}));
        for (const int stopped : {1, 0}) {
            const CliResult result = m_cli.run({"--json", "stop", m_app});
            VERIFY_RUN(result);
            QCOMPARE(object(result)["stopped"].toInt(-1), stopped);
        }
    }

    void aSlowCommandDoesNotFillOurMemory()
    {
        const QString path = m_files.filePath(QStringLiteral("large"));
        QFile large(path);
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(200'000'000));
        auto process = m_cli.make({"exec", m_app, "--", "sh", "-c", "head -c 1 >/dev/null; sleep 2; wc -c"});
        process->setStandardInputFile(path);
        process->start();
        QVERIFY(process->waitForStarted());
        qint64 peak = 0;
        while (!process->waitForFinished(100) && process->state() == QProcess::Running)
            peak = std::max(peak, peakMemory(process->processId()));
        QCOMPARE(process->exitCode(), 0);
        const qint64 counted = process->readAllStandardOutput().trimmed().toLongLong();
        QVERIFY2(counted > 199'000'000 && counted < 200'000'000, QByteArray::number(counted)); // head took a block
        QVERIFY2(peak > 0 && peak < 100'000'000, QByteArray::number(peak));
    }

    void interleavedOutputIsExact()
    {
        const CliResult both = m_cli.run(
            {"exec", m_app, "--", "python3", "-c",
             "import os\nfor i in range(5120):\n os.write(1, b'%1023d\\n' % i)\n os.write(2, b'%1023d\\n' % -i)\n"});
        QCOMPARE(both.exitCode, 0);
        QCOMPARE(both.out.size(), 5120 * 1024);
        QCOMPARE(both.err.size(), 5120 * 1024);
        for (int i = 0; i < 5120; ++i) {
            QCOMPARE(both.out.mid(i * 1024, 1024).trimmed().toInt(), i);
            QCOMPARE(both.err.mid(i * 1024, 1024).trimmed().toInt(), -i);
        }
    }

    void psListsTheSandbox()
    {
        const CliResult listed = m_cli.run({"--json", "ps"});
        VERIFY_RUN(listed);
        const QJsonArray rows = listed.json().array();
        QCOMPARE(rows.size(), 1);
        const QJsonObject row = rows.first().toObject();
        for (const char *key : {"sandbox", "app", "host", "backend", "state", "reason", "memory_bytes"})
            QVERIFY2(row.contains(QLatin1String(key)), key);
        QCOMPARE(row["state"].toString(), QStringLiteral("running"));
        QVERIFY(row["memory_bytes"].toDouble() > 0);
    }

    void editMakesAVersionAndRestoreAnother()
    {
        const CliResult edited = m_cli.run({"--json", "edit", m_app, "call it Tide Table"});
        VERIFY_RUN(edited);
        QCOMPARE(object(edited)["version"].toInt(), 2);
        QCOMPARE(object(edited)["state"].toString(), QStringLiteral("green"));
        QCOMPARE(object(edited)["title"].toString(), QStringLiteral("Tide Table"));
        QVERIFY(m_cli.run({"cat", m_app, "src/theme.ts"}).out.contains("\"title\": \"Tide Table\""));
        const CliResult restored = m_cli.run({"--json", "restore", m_app, "1"});
        VERIFY_RUN(restored);
        QCOMPARE(object(restored)["version"].toInt(), 3);
        const CliResult versions = m_cli.run({"--json", "versions", m_app});
        VERIFY_RUN(versions);
        QCOMPARE(versions.json().array().size(), 3);
        QCOMPARE(m_cli.run({"files", m_app, "--version", "1"}).out, m_cli.run({"files", m_app, "--version", "3"}).out);
    }

    void stoppedAppWakesOnFetch()
    {
        VERIFY_RUN(m_cli.run({"stop", m_app}));
        QVERIFY(m_cli.run({"--json", "ps"}).json().array().isEmpty());
        const CliResult page = m_cli.run({"fetch", m_app});
        VERIFY_RUN(page);
        QVERIFY(page.out.contains("<script"));
    }

    void fetchWaitsForAServerThatStarts()
    {
        QProcess model;
        const QString app = newServerApp(&model);
        QVERIFY(!app.isEmpty());
        VERIFY_RUN(m_cli.run({"stop", app}));
        QFile wait(QStringLiteral("%1/appdata/%2/wait").arg(m_cli.data(), app));
        QVERIFY2(wait.open(QIODevice::WriteOnly), qPrintable(wait.fileName()));
        const auto fetch = m_cli.start({"fetch", app});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(wait.fileName() + QStringLiteral("ing")), 20'000);
        QVERIFY(m_cli.run({"--json", "ps"}).out.contains(app.toUtf8())); // it runs and has had time to be asked
        QVERIFY(fetch->state() == QProcess::Running && fetch->readAllStandardOutput().isEmpty());
        QVERIFY(wait.remove());
        QVERIFY(fetch->waitForFinished(20'000));
        QCOMPARE(fetch->readAllStandardOutput(), QByteArray("hello from the server"));
        QCOMPARE(fetch->exitCode(), 0);
        VERIFY_RUN(m_cli.run({"rm", app}));
    }

    void mistakesAreExplained_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("command") << QStringList{"frobnicate"} << QByteArray("no command");
        QTest::newRow("app") << QStringList{"show", "nope"} << QByteArray("no app");
        QTest::newRow("option") << QStringList{"apps", "--colour"} << QByteArray("not known");
        QTest::newRow("version") << QStringList{"restore", m_app, "x"} << QByteArray("not a version");
        QTest::newRow("missing version") << QStringList{"restore", m_app, "99"} << QByteArray("99");
        QTest::newRow("model") << QStringList{"new", "x", "--model", "nonsense:"} << QByteArray("odel");
        QTest::newRow("version 0") << QStringList{"files", m_app, "--version", "0"} << QByteArray("not a version");
        QTest::newRow("no version") << QStringList{"files", m_app, "--version", ""} << QByteArray("needs a value");
        QTest::newRow("no plan") << QStringList{"loadtest", "--plan="} << QByteArray("needs a value");
        QTest::newRow("no port") << QStringList{"serve", "--api", ""} << QByteArray("needs a value");
        QTest::newRow("no archive") << QStringList{"export", m_app, ""} << QByteArray("Name the file");
        QTest::newRow("endless image") << QStringList{"new", "x", "--image", "/dev/zero"} << QByteArray("larger than");
        QTest::newRow("image") << QStringList{"new", "x", "--image", "/no/such.png"} << QByteArray("cannot be read");
    }
    void mistakesAreExplained()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, words);
        const CliResult result = m_cli.run(arguments);
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains(words), result.err.constData());
        const CliResult json = m_cli.run(QStringList{"--json"} + arguments);
        QCOMPARE(json.exitCode, 1);
        QVERIFY2(object(json)["error"].toObject().contains(QLatin1String("text")), json.out.constData());
    }

    void doctorAndModelsAnswer()
    {
        const CliResult doctor = m_cli.run({"--json", "doctor"});
        VERIFY_RUN(doctor);
        QVERIFY(doctor.json().array().size() >= 5);
        const CliResult models = m_cli.run({"--json", "models"});
        VERIFY_RUN(models);
        QVERIFY(models.out.contains("not a language model"));
    }

    void serveKeepsTheGatewayUp()
    {
        auto serve = m_cli.start({"--json", "serve"});
        QTRY_VERIFY_WITH_TIMEOUT(serve->canReadLine(), 20'000);
        QVERIFY(serve->readLine().contains(m_app.toUtf8()));
        const CliResult page = m_cli.run({"fetch", m_app});
        VERIFY_RUN(page);
        serve->terminate();
        QVERIFY(serve->waitForFinished(10'000));
        QCOMPARE(serve->exitCode(), 0);
    }

    void removedAppLeavesNothing()
    {
        const CliResult made = m_cli.run({"--json", "new", "--", "--a quiz about moss"});
        VERIFY_RUN(made);
        const QString id = object(made)["app"].toString();
        VERIFY_RUN(m_cli.run({"rm", id}));
        QCOMPARE(m_cli.run({"show", id}).exitCode, 1);
        QVERIFY(!m_cli.run({"ps"}).out.contains(id.toUtf8()));
    }

private:
    /// Empty when it cannot be made. `model` has to run until then.
    QString newServerApp(QProcess *model)
    {
        QFile script(m_files.filePath(QStringLiteral("server.json")));
        if (!script.open(QIODevice::WriteOnly) || script.write(serverTurns()) < 0)
            return {};
        script.close();
        model->start(binDir() + QStringLiteral("/fake-llm-server"), {script.fileName()});
        if (!model->waitForReadyRead())
            return {};
        m_cli.setEnvironment(QStringLiteral("ANTHROPIC_BASE_URL"),
                             QStringLiteral("http://127.0.0.1:") + QString::fromLatin1(model->readLine().trimmed()));
        const CliResult made = m_cli.run({"--json", "new", "a page that greets", "--model", "anthropic:fake-model"});
        model->kill();
        model->waitForFinished();
        return made.exitCode == 0 ? object(made)["app"].toString() : QString();
    }

    Cli m_cli;
    QTemporaryDir m_files;
    QJsonObject m_made;
    QString m_app;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
