// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/log.h"
#include "backends/sandbox/container/registrylogins.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace Flotilla {

namespace {

QJsonObject decoded(const QByteArray &header)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(header, QByteArray::Base64UrlEncoding)).object();
}

QByteArray pair(const char *text)
{
    return QByteArray(text).toBase64();
}

QByteArray filled(QByteArray file, std::initializer_list<const char *> pairs)
{
    for (const char *text : pairs)
        file.replace(file.indexOf('@'), 1, pair(text));
    return file;
}

const QByteArray podmanFile = filled(R"({"auths": {"quay.io": {"auth": "@"}, "quay.io/team": {"auth": "@"}}})",
                                     {"all:quay-password", "team:team:password"});
const QByteArray dockerFile = filled(
    R"({"auths": {"https:\/\/index.docker.io\/v1\/": {"auth": "@"}, "quay.io": {"auth": "@"},
        "127.0.0.1:5000": {"auth": "@"}, "token.example": {"identitytoken": "the-token"},
        "kept.example": {}, "broken.example": {"auth": "%%%"}},
        "credsStore": "pass", "credHelpers": {"gcr.io": "gcloud"}})",
    {"me:hub-password", "other:quay-other", "here:here-password"});

} // namespace

class TestRegistryLogins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLoginGoesToItsRegistryOnly_data()
    {
        QTest::addColumn<QString>("image");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("address");
        const auto row = [](const char *image, const char *name, const char *address) {
            QTest::newRow(image) << QString::fromLatin1(image) << QString::fromLatin1(name)
                                 << QString::fromLatin1(address);
        };
        const char *hub = "https://index.docker.io/v1/";
        row("debian:12", "me", hub);
        row("someone/app", "me", hub);
        row("docker.io/library/debian@sha256:0", "me", hub);
        row("quay.io/app:1", "all", "quay.io"); // Podman's file comes first
        row("quay.io/team/app:1", "team", "quay.io");
        row("quay.io/teams/app", "all", "quay.io");
        row("127.0.0.1:5000/app", "here", "127.0.0.1:5000");
        row("127.0.0.1:50001/app", "", "");
        row("127.0.0.1/app", "", "");
        row("quay.io.example/app", "", "");
        row("not-quay.io/app", "", "");
        row("example/quay.io/app", "me", hub);
        row("kept.example/app", "", "");
        row("broken.example/app", "", "");
    }
    void aLoginGoesToItsRegistryOnly()
    {
        QFETCH(QString, image);
        QFETCH(QString, name);
        QFETCH(QString, address);
        const QJsonObject login = decoded(m_logins.headerForImage(image, false));
        QCOMPARE(login[QLatin1String("username")].toString(), name);
        QCOMPARE(login[QLatin1String("serveraddress")].toString(), address);
        if (name == QLatin1String("team"))
            QCOMPARE(login[QLatin1String("password")].toString(), QStringLiteral("team:password"));
    }

    void aTokenStandsForTheRest()
    {
        const QJsonObject login = decoded(m_logins.headerForImage(QStringLiteral("token.example/app"), false));
        QCOMPARE(login, (QJsonObject{{QStringLiteral("identitytoken"), QStringLiteral("the-token")},
                                     {QStringLiteral("serveraddress"), QStringLiteral("token.example")}}));
    }

    void anotherComputersLoopbackIsNotOurs()
    {
        QVERIFY(m_logins.headerForImage(QStringLiteral("127.0.0.1:5000/app"), true).isEmpty());
        QVERIFY(!m_logins.headerForImage(QStringLiteral("quay.io/app"), true).isEmpty());
        QVERIFY(m_logins.headerForBuild("FROM 127.0.0.1:5000/app\n", true).isEmpty());
    }

    void aBuildGetsThoseThatItsFileNames_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QStringList>("registries");
        const QString hub = QStringLiteral("https://index.docker.io/v1/");
        QTest::newRow("hub") << QByteArray("FROM debian:12\n") << QStringList(hub);
        QTest::newRow("hub, with a platform")
            << QByteArray("from --platform=linux/amd64 me/app AS one\n") << QStringList(hub);
        QTest::newRow("one") << QByteArray("FROM 127.0.0.1:5000/app\nRUN true\n")
                             << QStringList(QStringLiteral("127.0.0.1:5000"));
        QTest::newRow("by an argument") << QByteArray(
                                               "ARG R=127.0.0.1:5000\nFROM scratch.example/x\nCOPY --from=$R/a / /")
                                        << QStringList(QStringLiteral("127.0.0.1:5000"));
        QTest::newRow("begins alike") << QByteArray(
                                             "FROM 127.0.0.1:50001/a\nFROM not-quay.io/b\nFROM quay.io.example/c\n")
                                      << QStringList();
        QTest::newRow("none") << QByteArray("") << QStringList();
    }
    void aBuildGetsThoseThatItsFileNames()
    {
        QFETCH(QByteArray, file);
        QFETCH(QStringList, registries);
        QCOMPARE(decoded(m_logins.headerForBuild(file, false)).keys(), registries);
    }

    void aHelperIsNamed()
    {
        QCOMPARE(m_logins.helperFor(QStringLiteral("kept.example/app")), QStringLiteral("docker-credential-pass"));
        QCOMPARE(m_logins.helperFor(QStringLiteral("gcr.io/app")), QStringLiteral("docker-credential-gcloud"));
        QVERIFY(m_logins.helperFor(QStringLiteral("quay.io/app")).isEmpty());
        QVERIFY(m_logins.helperFor(QStringLiteral("unknown.example/app")).isEmpty());
    }

    void theLogShowsNoneOfIt()
    {
        const QByteArray header = m_logins.headerForImage(QStringLiteral("quay.io/app"), false);
        const QString line = QStringLiteral("it said %1, quay-password, %2 and the-token")
                                 .arg(QString::fromLatin1(header), QString::fromLatin1(pair("all:quay-password")));
        const QString shown = redact(line);
        for (const QByteArray &secret :
             {header, QByteArray("quay-password"), pair("all:quay-password"), QByteArray("the-token")})
            QVERIFY2(!shown.contains(QString::fromLatin1(secret)), qPrintable(shown));
    }

    void theUsersFilesAreRead()
    {
        const QTemporaryDir dir;
        qputenv("DOCKER_CONFIG", dir.path().toUtf8());
        qputenv("REGISTRY_AUTH_FILE", dir.filePath(QStringLiteral("auth.json")).toUtf8());
        QVERIFY(RegistryLogins::read().headerForImage(QStringLiteral("quay.io/app"), false).isEmpty());
        QFile docker(dir.filePath(QStringLiteral("config.json"))), podman(dir.filePath(QStringLiteral("auth.json")));
        QVERIFY(docker.open(QIODevice::WriteOnly) && podman.open(QIODevice::WriteOnly));
        QVERIFY(docker.write(dockerFile) > 0 && podman.write(podmanFile) > 0 && docker.flush() && podman.flush());
        for (const char *image : {"quay.io/app", "debian"}) {
            const QString name = QString::fromLatin1(image);
            QCOMPARE(RegistryLogins::read().headerForImage(name, false), m_logins.headerForImage(name, false));
        }
    }

private:
    const RegistryLogins m_logins{QList<QByteArray>{podmanFile, dockerFile, "garbage", {}}};
};

} // namespace Flotilla

QTEST_APPLESS_MAIN(Flotilla::TestRegistryLogins)
#include "tst_registrylogins.moc"
