// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl with container images of the user's own: real engines, a registry on the loopback.
#include "tests/support/cliprocess.h"
#include "tests/support/testengine.h"
#include "tests/support/testregistry.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace Flotilla;
using namespace Flotilla::Test;

#define VERIFY_RUN(result) QVERIFY2((result).exitCode == 0, ((result).err + (result).out).constData())

#define NEED(peer)                                                                                                     \
    if (!(peer).started && qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0)                                \
        QSKIP(qPrintable((peer).engine.problem()));                                                                    \
    QVERIFY2((peer).started, qPrintable((peer).engine.problem()))

class TestCliImages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_registry.started()); }

    void anAppRunsInItsImage_data() { engines(); }
    void anAppRunsInItsImage()
    {
        Peer peer(QTest::currentDataTag());
        NEED(peer);
        const CliResult made = make(peer, {"--container-image", m_registry.image("tiny")});
        VERIFY_RUN(made);
        QVERIFY2(made.err.contains("Pulling " + m_registry.image("tiny").toUtf8()), made.err);
        const QString app = idOf(made);
        QCOMPARE(marker(peer, app), QByteArray("pulled\n"));
        QCOMPARE(peer.cli.run({"--json", "show", app}).json()["container_image"].toString(), m_registry.image("tiny"));
        QCOMPARE(peer.cli.run({"--json", "ps"}).json()[0]["container_image"].toString(), m_registry.image("tiny"));
        VERIFY_RUN(peer.cli.run({"stop", app})); // and when it is made anew, and of a copy
        QCOMPARE(marker(peer, app), QByteArray("pulled\n"));
        const CliResult forked = peer.cli.run({"--json", "fork", app});
        VERIFY_RUN(forked);
        QCOMPARE(marker(peer, forked.json()[0]["app"].toString()), QByteArray("pulled\n"));
        const CliResult moved = peer.cli.run({"move", app, "--host", "local", "--backend", "bubblewrap"});
        QCOMPARE(moved.exitCode, 1);
        QVERIFY2(moved.err.contains("takes no container image"), moved.err);
        QCOMPARE(marker(peer, app), QByteArray("pulled\n"));
    }

    void anAppGetsAnotherImage_data() { engines(); }
    void anAppGetsAnotherImage()
    {
        Peer peer(QTest::currentDataTag());
        NEED(peer);
        const CliResult made = make(peer, {});
        VERIFY_RUN(made);
        const QString app = idOf(made);
        VERIFY_RUN(peer.cli.run({"exec", app, "--", "sh", "-c", "echo kept > /data/note"}));
        const CliResult changed = peer.cli.run({"move", app, "--container-image", m_registry.image("tiny")});
        VERIFY_RUN(changed);
        QVERIFY2(changed.err.contains("Pulling"), changed.err);
        QVERIFY2(changed.out.contains("in the container image " + m_registry.image("tiny").toUtf8()), changed.out);
        QCOMPARE(marker(peer, app), QByteArray("pulled\n"));
        QCOMPARE(note(peer, app), QByteArray("kept\n"));
        VERIFY_RUN(peer.cli.run({"fetch", app}));
        const CliResult absent = peer.cli.run({"move", app, "--container-image", m_registry.image("nothing")});
        QCOMPARE(absent.exitCode, 1);
        QVERIFY2(absent.err.contains("There is no image"), absent.err);
        QCOMPARE(marker(peer, app), QByteArray("pulled\n"));
        VERIFY_RUN(peer.cli.run({"stop", app})); // while it sleeps
        const CliResult plain = peer.cli.run({"--json", "move", app, "--container-image", ""});
        VERIFY_RUN(plain);
        QCOMPARE(plain.json()["host"].toString(), QStringLiteral("local"));
        QVERIFY(plain.json()["container_image"].isNull());
        QVERIFY(peer.cli.run({"--json", "show", app}).json()["container_image"].isNull());
        QVERIFY(marker(peer, app).isEmpty());
        QCOMPARE(note(peer, app), QByteArray("kept\n"));
        QCOMPARE(peer.cli.run({"move", app, "--container-image", "No Name"}).exitCode, 1);
        QCOMPARE(peer.cli.run({"move", app}).exitCode, 1);
    }

    void thisComputerHasAnImage_data() { engines(); }
    void thisComputerHasAnImage()
    {
        Peer peer(QTest::currentDataTag());
        NEED(peer);
        VERIFY_RUN(peer.cli.run({"hosts", "set", "local", "--container-image", m_registry.image("tiny")}));
        QCOMPARE(peer.cli.run({"--json", "hosts"}).json()[0]["container_image"].toString(), m_registry.image("tiny"));
        const CliResult made = make(peer, {});
        VERIFY_RUN(made);
        QCOMPARE(marker(peer, idOf(made)), QByteArray("pulled\n"));
        VERIFY_RUN(peer.cli.run({"stop", idOf(made)}));
        VERIFY_RUN(peer.cli.run({"hosts", "set", "local", "--container-image", ""}));
        QVERIFY(peer.cli.run({"--json", "hosts"}).json()[0]["container_image"].isNull());
        QVERIFY(marker(peer, idOf(made)).isEmpty());
    }

    void whatIsWrongIsSaid_data() { engines(); }
    void whatIsWrongIsSaid()
    {
        Peer peer(QTest::currentDataTag());
        NEED(peer);
        const CliResult absent = make(peer, {"--container-image", m_registry.image("nothing")});
        QCOMPARE(absent.exitCode, 1);
        QVERIFY2(absent.err.contains("There is no image " + m_registry.image("nothing").toUtf8()), absent.err);
        const CliResult tested = peer.cli.run({"hosts", "test", "local", "--container-image", m_registry.image("bare"),
                                               "--backend", QString::fromLatin1(QTest::currentDataTag())});
        QCOMPARE(tested.exitCode, 1);
        QVERIFY2(tested.out.contains("has no /bin/sh that runs"), tested.out);
        QVERIFY2(tested.err.contains("Pulling"), tested.err);
    }

    void whatCannotBeIsRefusedAtOnce()
    {
        const Cli cli;
        const CliResult name = cli.run({"new", "a quiz", "--container-image", "No Name"});
        QCOMPARE(name.exitCode, 1);
        QVERIFY2(name.err.contains("\"No Name\" is no name of a container image"), name.err);
        const CliResult kind = cli.run({"new", "a quiz", "--backend", "bubblewrap", "--container-image", "node:20"});
        QCOMPARE(kind.exitCode, 1);
        QVERIFY2(kind.err.contains("takes no container image"), kind.err);
        QCOMPARE(cli.run({"--json", "apps"}).json().array().size(), 0);
        QCOMPARE(cli.run({"hosts", "set", "local", "--container-image", "a//b"}).exitCode, 1);
        QCOMPARE(cli.run({"hosts", "set", "nowhere", "--container-image", "node"}).exitCode, 1);
        const CliResult nothing = cli.run({"hosts", "set", "local"});
        QCOMPARE(nothing.exitCode, 1);
        QVERIFY2(nothing.err.contains("Nothing would change"), nothing.err);
    }

private:
    struct Peer
    {
        explicit Peer(const char *kind)
            : engine(qstrcmp(kind, "podman") == 0 ? ContainerEngine::Kind::Podman : ContainerEngine::Kind::Docker)
            , started(engine.start())
        {
            cli.setEnvironment(QStringLiteral("DOCKER_HOST"), QLatin1String("unix://") + engine.socket());
        }
        TestEngine engine;
        bool started;
        Cli cli; // ends its sandboxes before the engine goes
    };

    static void engines()
    {
        QTest::addColumn<int>("nothing");
        QTest::newRow("podman") << 0;
        QTest::newRow("docker") << 0;
    }
    static CliResult make(const Peer &peer, const QStringList &options)
    {
        return peer.cli.run(
            QStringList{"new", "a quiz about moss", "--model", "sampler", "--backend", QTest::currentDataTag()} +
            options);
    }
    static QString idOf(const CliResult &made) { return QString::fromUtf8(made.out.left(made.out.indexOf(' '))); }
    static QByteArray marker(const Peer &peer, const QString &app)
    {
        return peer.cli
            .run({"exec", app, "--", "/bin/sh", "-c", "test -e /marker && read said < /marker && echo $said"})
            .out;
    }

    static QByteArray note(const Peer &peer, const QString &app)
    {
        return peer.cli.run({"exec", app, "--", "/bin/sh", "-c", "read said < /data/note && echo $said"}).out;
    }

    TestRegistry m_registry;
};

QTEST_GUILESS_MAIN(TestCliImages)
#include "tst_cliimages.moc"
