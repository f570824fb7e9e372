// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl builds container images: real engines, here and behind a real sshd; everything FROM scratch.
#include "tests/support/cliprocess.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"
#include "tests/support/testengine.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <csignal>

using namespace Flotilla;
using namespace Flotilla::Test;

namespace {

#define VERIFY_RUN(result) QVERIFY2((result).exitCode == 0, ((result).err + (result).out).constData())

const QByteArray begin = "FROM scratch\nCOPY root/ /\n";

/// What a program with these libraries needs: the files that ldd names.
QStringList withLibraries(const QString &program)
{
    QByteArray said;
    runProgram(QStringLiteral("ldd"), {program}, &said);
    QStringList files{program};
    const QList<QByteArray> words = said.simplified().split(' ');
    for (const QByteArray &word : words) {
        if (word.startsWith('/'))
            files.append(QString::fromLocal8Bit(word));
    }
    return files;
}

/// A folder with a shell that an image can be made of.
struct Folder
{
    Folder()
    {
        for (const QString &program : {QStringLiteral("/bin/sh"), QStringLiteral("/bin/sleep")}) {
            for (const QString &file : withLibraries(program)) {
                QDir().mkpath(path(QStringLiteral("root")) + QFileInfo(file).path());
                QFile::copy(file, path(QStringLiteral("root")) + file);
            }
        }
    }
    QString path(const QString &name = {}) const { return dir.filePath(name); }
    void put(const QString &name, const QByteArray &text) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    QTemporaryDir dir{QStringLiteral("/tmp/flotilla-context-XXXXXX")};
};

struct Peer
{
    explicit Peer(const char *kind, bool here = true)
        : engine(qstrcmp(kind, "podman") == 0 ? ContainerEngine::Kind::Podman : ContainerEngine::Kind::Docker)
        , started(engine.start())
    {
        if (here)
            cli.setEnvironment(QStringLiteral("DOCKER_HOST"), QLatin1String("unix://") + engine.socket());
    }
    CliResult build(const Folder &folder, const QStringList &options = {}) const
    {
        return cli.run(QStringList{"images", "build", folder.path(), "--tag", "localhost/tools:1", "--backend",
                                   QTest::currentDataTag()} +
                       options);
    }
    QByteArray containers()
    {
        return engine.cli(QStringList{"ps", "-aq"} + (podman() ? QStringList("--external") : QStringList())).trimmed();
    }
    bool podman() const { return qstrcmp(QTest::currentDataTag(), "podman") == 0; }
    TestEngine engine;
    bool started;
    Cli cli; // ends its sandboxes before the engine goes
};

} // namespace

class TestCliBuilds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAppRunsInWhatWasBuilt_data() { engines(); }
    void anAppRunsInWhatWasBuilt()
    {
        Peer peer(QTest::currentDataTag());
        NEED_PEER(peer.started ? QString() : peer.engine.problem());
        const Folder folder;
        folder.put("Containerfile", begin + "RUN echo making; echo built > /marker\n");
        const CliResult built = peer.build(folder);
        VERIFY_RUN(built);
        QVERIFY2(built.err.contains("Step 3/3: RUN echo making"), built.err);
        QVERIFY2(built.err.contains("\nmaking\n"), built.err);
        QVERIFY2(built.out.startsWith("localhost/tools:1 is built"), built.out);
        const CliResult made = peer.cli.run({"new", "a quiz about moss", "--model", "sampler", "--backend",
                                             QTest::currentDataTag(), "--container-image", "localhost/tools:1"});
        VERIFY_RUN(made);
        const QString app = QString::fromUtf8(made.out.left(made.out.indexOf(' ')));
        QCOMPARE(marker(peer, app), QByteArray("built\n"));
        folder.put("Dockerfile.new", begin + "RUN echo again > /marker\n");
        const CliResult again = peer.build(folder, {"--file", "Dockerfile.new", "--json"});
        VERIFY_RUN(again);
        QVERIFY2(again.err.isEmpty(), again.err);
        const QJsonObject said = again.json().object();
        QCOMPARE(said["image"].toString(), QStringLiteral("localhost/tools:1"));
        QCOMPARE(said["backend"].toString(), QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(said["host"].toString(), QStringLiteral("local"));
        QVERIFY(said["id"].toString().size() > 60 && said["seconds"].toDouble() > 0 && said["bytes"].toInteger() > 0);
        VERIFY_RUN(peer.cli.run({"stop", app}));
        QCOMPARE(marker(peer, app), QByteArray("again\n"));
        const CliResult listed = peer.cli.run({"--json", "images", "--backend", QTest::currentDataTag()});
        VERIFY_RUN(listed);
        QVERIFY2(listed.json()[0]["names"].toArray().contains("localhost/tools:1"), listed.out);
        QVERIFY2(peer.cli.run({"images", "--backend", QTest::currentDataTag()}).out.contains("localhost/tools:1\n"),
                 "");
    }

    void whatIsIgnoredOrOutsideStaysHere_data() { engines(); }
    void whatIsIgnoredOrOutsideStaysHere()
    {
        Peer peer(QTest::currentDataTag());
        NEED_PEER(peer.started ? QString() : peer.engine.problem());
        const QTemporaryDir outside;
        QFile secret(outside.filePath("secret"));
        QVERIFY(secret.open(QIODevice::WriteOnly) && secret.write("secret\n") == 7);
        secret.close();
        const Folder folder;
        folder.put("key.pem", "secret\n");
        folder.put(".dockerignore", "*.pem\nContainerfile\n");
        folder.put("Containerfile", begin + "COPY . /all/\nRUN test ! -e /all/key.pem && test -e /all/root\n");
        VERIFY_RUN(peer.build(folder));
        QVERIFY(QFile::link(secret.fileName(), folder.path("link")));
        QVERIFY(QFile::link(outside.path(), folder.path("folder")));
        for (const char *what : {"link", "folder/secret"}) {
            folder.put("Containerfile", begin + "COPY " + what + " /stolen\nRUN read s < /stolen; echo got $s\n");
            const CliResult followed = peer.build(folder);
            QCOMPARE(followed.exitCode, 1);
            QVERIFY2(!followed.err.contains("got secret"), followed.err);
        }
    }

    void whatFailsIsSaid_data() { engines(); }
    void whatFailsIsSaid()
    {
        Peer peer(QTest::currentDataTag());
        NEED_PEER(peer.started ? QString() : peer.engine.problem());
        const Folder folder;
        const auto fails = [&](const QByteArray &file, const QByteArray &words, const QStringList &options = {}) {
            folder.put("Containerfile", file);
            const CliResult ran = peer.build(folder, options);
            if (ran.exitCode == 1 && ran.err.contains(words))
                return QByteArray();
            return words + ":\n" + ran.err + ran.out;
        };
        QCOMPARE(fails(begin + "RUN echo one; echo two >&2; exit 3\n",
                       "step 3/3, RUN echo one; echo two >&2; exit 3, ended with exit code 3."),
                 "");
        const CliResult failed = peer.build(folder, {"--json"});
        const QJsonObject error = failed.json()["error"].toObject();
        QVERIFY2(error["detail"].toString().contains("one\n") && error["detail"].toString().contains("two\n"),
                 failed.out);
        QCOMPARE(fails("FROM scratch\nFOO bar\n", "nknown instruction: "), "");
        QCOMPARE(fails("FROM 127.0.0.1:1/no/such:1\nRUN true\n",
                       "The registry of the image 127.0.0.1:1/no/such:1 cannot be reached"),
                 "");
        QCOMPARE(fails("FROM scratch\nCOPY nothere /\n", "step 2/2, COPY nothere /, failed"), "");
        QCOMPARE(fails("", "was not built"), "");
        QCOMPARE(fails(begin, "There is no Other in the folder", {"--file", "Other"}), "");
        QCOMPARE(fails(begin, "no name of a container image", {"--tag", "No Name"}), "");
        QCOMPARE(fails(begin, "bubblewrap runs apps on the programs", {"--backend", "bubblewrap"}), "");
        QCOMPARE(fails(begin, "on one host", {"--host", "any"}), "");
        QVERIFY2(peer.cli.run({"--json", "images", "--backend", QTest::currentDataTag()}).json().array().isEmpty(), "");
        QVERIFY2(peer.containers().isEmpty(), peer.containers());
    }

    void aBuildIsCancelled_data() { engines(); }
    void aBuildIsCancelled()
    {
        Peer peer(QTest::currentDataTag());
        NEED_PEER(peer.started ? QString() : peer.engine.problem());
        const Folder folder;
        folder.put("Containerfile", begin + "RUN echo begun; sleep 9\nRUN echo late\n");
        const auto build = peer.cli.start(
            {"images", "build", folder.path(), "--tag", "localhost/tools:1", "--backend", QTest::currentDataTag()});
        build->setReadChannel(QProcess::StandardError);
        QByteArray said;
        while (!said.contains("\nbegun\n") && build->waitForReadyRead(60'000))
            said += build->readAllStandardError();
        QVERIFY2(said.contains("\nbegun\n"), said);
        QElapsedTimer timer;
        timer.start();
        ::kill(pid_t(build->processId()), SIGINT);
        QVERIFY(build->waitForFinished(10'000));
        QVERIFY2(timer.elapsed() < 4'000, QByteArray::number(timer.elapsed()));
        QCOMPARE(build->exitCode(), 1);
        said = build->readAllStandardError();
        QVERIFY2(said.contains("The build was cancelled."), said);
        // Podman 4.3 ends a command only at its own end
        QTRY_VERIFY2_WITH_TIMEOUT(peer.containers().isEmpty(), peer.containers(), 30'000);
        QVERIFY2(peer.cli.run({"--json", "images", "--backend", QTest::currentDataTag()}).json().array().isEmpty(), "");
    }

    void aHostBuildsWhatIsHere_data() { engines(); }
    void aHostBuildsWhatIsHere()
    {
        Peer peer(QTest::currentDataTag(), false);
        NEED_PEER(peer.started ? QString() : peer.engine.problem());
        NEED_PEER(SshServer::reasonToSkip());
        QTemporaryDir dir("/tmp/flotilla-builds-XXXXXX");
        SshServer server(dir.filePath("sshd"));
        server.setEnvironment({QStringLiteral("XDG_DATA_HOME=%1/data").arg(dir.path()),
                               QStringLiteral("XDG_CACHE_HOME=%1/cache").arg(dir.path()),
                               QStringLiteral("DOCKER_HOST=unix://%1").arg(peer.engine.socket())});
        QVERIFY(server.start());
        peer.cli.setEnvironment("FLOTILLA_SSH_CONFIG", server.configFile());
        VERIFY_RUN(peer.cli.run({"hosts", "add", "Box", "--ssh", "box"}));
        const Folder folder;
        folder.put("noise", QByteArray(8'000'000, 'n')); // more than fits into what is on its way
        folder.put("Containerfile", begin + "COPY noise /noise\nRUN echo far > /marker\n");
        const CliResult built = peer.build(folder, {"--host", "box", "--json"});
        VERIFY_RUN(built);
        QCOMPARE(built.json()["host"].toString(), QStringLiteral("box"));
        QVERIFY2(built.json()["bytes"].toInteger() > 8'000'000, built.out);
        const CliResult made =
            peer.cli.run({"new", "a quiz about moss", "--model", "sampler", "--host", "box", "--backend",
                          QTest::currentDataTag(), "--container-image", "localhost/tools:1"});
        VERIFY_RUN(made);
        const QString app = QString::fromUtf8(made.out.left(made.out.indexOf(' ')));
        QCOMPARE(marker(peer, app), QByteArray("far\n"));
        VERIFY_RUN(peer.cli.run({"stop", "--all"}));
        const QStringList left = QDir(dir.filePath("data/flotilla")).entryList({"flotilla-*"}, QDir::Dirs);
        for (const QString &name : left)
            QDir("/tmp/" + name).removeRecursively();
    }

private:
    static void engines()
    {
        QTest::addColumn<int>("nothing");
        QTest::newRow("podman") << 0;
        QTest::newRow("docker") << 0;
    }
    static QByteArray marker(const Peer &peer, const QString &app)
    {
        return peer.cli.run({"exec", app, "--", "/bin/sh", "-c", "read said < /marker && echo $said"}).out;
    }
};

QTEST_GUILESS_MAIN(TestCliBuilds)
#include "tst_clibuilds.moc"
