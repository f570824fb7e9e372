// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl with a registry on the loopback that asks who one is: real engines.
#include "tests/support/cliprocess.h"
#include "tests/support/peers.h"
#include "tests/support/testengine.h"
#include "tests/support/testregistry.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Flotilla;
using namespace Flotilla::Test;

namespace {

#define VERIFY_RUN(result) QVERIFY2((result).exitCode == 0, ((result).err + (result).out).constData())

const QByteArray password = "correct-horse-battery";

struct Peer
{
    explicit Peer(const char *kind)
        : engine(qstrcmp(kind, "podman") == 0 ? ContainerEngine::Kind::Podman : ContainerEngine::Kind::Docker)
        , started(engine.start())
    {
        cli.setEnvironment(QStringLiteral("DOCKER_HOST"), QLatin1String("unix://") + engine.socket());
        cli.setEnvironment(QStringLiteral("HOME"), home.path());
        cli.setEnvironment(QStringLiteral("DOCKER_CONFIG"), home.path());
        cli.setEnvironment(QStringLiteral("REGISTRY_AUTH_FILE"), home.filePath(QStringLiteral("auth.json")));
    }
    /// As `docker login` and `podman login` write it.
    void signIn(const char *file, const QString &registry, const QByteArray &login, const QString &helper = {}) const
    {
        QJsonObject kept;
        if (helper.isEmpty())
            kept.insert(QStringLiteral("auth"), QString::fromLatin1(login.toBase64()));
        QJsonObject json{{QStringLiteral("auths"), QJsonObject{{registry, kept}}}};
        if (!helper.isEmpty())
            json.insert(QStringLiteral("credsStore"), helper);
        QFile out(home.filePath(QLatin1String(file)));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(QJsonDocument(json).toJson());
    }
    CliResult make(const QString &image) const
    {
        return cli.run({"new", "a quiz about moss", "--model", "sampler", "--backend", QTest::currentDataTag(),
                        "--container-image", image});
    }
    CliResult build() const
    {
        return cli.run(
            {"images", "build", folder.path(), "--tag", "localhost/tools:1", "--backend", QTest::currentDataTag()});
    }
    TestEngine engine;
    bool started;
    QTemporaryDir home;
    QTemporaryDir folder{QStringLiteral("/tmp/flotilla-context-XXXXXX")};
    Cli cli; // ends its sandboxes before the engine goes
};

} // namespace

class TestCliRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_registry.started()); }

    void whoSignedInGetsTheImage_data() { engines(); }
    void whoSignedInGetsTheImage()
    {
        const Peer peer(QTest::currentDataTag());
        NEED_PEER(peer.started ? QString() : peer.engine.problem());
        const QString image = m_registry.image("tiny");
        refused(peer.make(image), "sign in on this computer with \"podman login\"");
        peer.signIn("config.json", m_registry.address(), "me:wrong-horse-battery");
        refused(peer.make(image), "sign in on this computer with \"podman login\"");
        peer.signIn("config.json", m_registry.address(), {}, QStringLiteral("pass"));
        refused(peer.make(image), "kept by docker-credential-pass, which Flotilla does not ask");
        peer.signIn("config.json", QStringLiteral("127.0.0.1:1"), "me:" + password); // of another registry
        refused(peer.make(image), "sign in on this computer with \"podman login\"");
        peer.signIn("auth.json", m_registry.address(), "me:" + password);
        const CliResult made = peer.make(image);
        VERIFY_RUN(made);
        const QString app = QString::fromUtf8(made.out.left(made.out.indexOf(' ')));
        QCOMPARE(peer.cli.run({"exec", app, "--", "/bin/sh", "-c", "read said < /marker && echo $said"}).out,
                 QByteArray("pulled\n"));
        isKeptNowhere(peer.cli.data());
    }

    void whoSignedInBuildsFromIt_data() { engines(); }
    void whoSignedInBuildsFromIt()
    {
        const Peer peer(QTest::currentDataTag());
        NEED_PEER(peer.started ? QString() : peer.engine.problem());
        QFile file(peer.folder.filePath(QStringLiteral("Containerfile")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("FROM " + m_registry.image("tiny").toUtf8() + "\nRUN read said < /marker && echo it was $said\n");
        file.close();
        refused(peer.build(), "sign in on this computer with \"podman login\"");
        peer.signIn("config.json", m_registry.address(), {}, QStringLiteral("pass"));
        refused(peer.build(), "kept by docker-credential-pass, which Flotilla does not ask");
        peer.signIn("config.json", m_registry.address(), "me:" + password);
        const CliResult built = peer.build();
        VERIFY_RUN(built);
        QVERIFY2((built.out + built.err).contains("it was pulled"), (built.out + built.err).constData());
        isKeptNowhere(peer.cli.data());
    }

private:
    static void engines()
    {
        QTest::addColumn<int>("nothing");
        QTest::newRow("podman") << 0;
        QTest::newRow("docker") << 0;
    }

    static void refused(const CliResult &result, const char *why)
    {
        QVERIFY2(result.exitCode != 0, result.out.constData());
        QVERIFY2(result.err.contains(why), result.err.constData());
        QVERIFY2(!result.err.contains("horse"), result.err.constData());
    }

    static void isKeptNowhere(const QString &data)
    {
        QDirIterator files(data, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly))
                continue;
            const QByteArray bytes = file.readAll();
            QVERIFY2(!bytes.contains(password) && !bytes.contains(("me:" + password).toBase64()),
                     qPrintable(file.fileName()));
            ++seen;
        }
        QVERIFY(seen > 0);
    }

    TestRegistry m_registry{QStringLiteral("me:") + QString::fromLatin1(password)};
};

QTEST_GUILESS_MAIN(TestCliRegistry)
#include "tst_cliregistry.moc"
