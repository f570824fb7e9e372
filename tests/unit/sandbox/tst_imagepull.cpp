// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerbody.h"
#include "backends/sandbox/container/imagepull.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace Flotilla {

namespace {

QJsonObject json(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

QJsonObject step(const char *status, const char *layer, qint64 done = 0, qint64 total = 0)
{
    return {{QStringLiteral("status"), QLatin1String(status)},
            {QStringLiteral("id"), QLatin1String(layer)},
            {QStringLiteral("progressDetail"),
             QJsonObject{{QStringLiteral("current"), done}, {QStringLiteral("total"), total}}}};
}

} // namespace

class TestImagePull : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layersAreSummedUp()
    {
        ImagePull pull;
        const QString image = QStringLiteral("node:20");
        QVERIFY(!pull.take(json(R"({"status": "Pulling from library/node", "id": "20"})")));
        QVERIFY(!pull.take(step("Pulling fs layer", "a")));
        QCOMPARE(toText(image, pull.progress()), QStringLiteral("Pulling node:20"));
        QVERIFY(pull.take(step("Downloading", "a", 10'000'000, 100'000'000)));
        QVERIFY(pull.take(step("Downloading", "b", 4'000'000, 20'000'000)));
        QCOMPARE(toText(image, pull.progress()), QStringLiteral("Pulling node:20 - 14 of 120 MB"));
        QVERIFY(!pull.take(step("Downloading", "b", 4'000'100, 20'000'000))); // nothing that shows
        QVERIFY(pull.take(step("Download complete", "b")));
        QVERIFY(!pull.take(step("Extracting", "b", 1'000, 20'000'000)));
        QCOMPARE(toText(image, pull.progress()), QStringLiteral("Pulling node:20 - 30 of 120 MB"));
        QVERIFY(pull.take(step("Download complete", "a")));
        QCOMPARE(toText(image, pull.progress()), QStringLiteral("Unpacking node:20"));
    }

    void nonsenseIsBounded()
    {
        ImagePull pull;
        pull.take({});
        pull.take(step("Downloading", "a", 500, -7));
        pull.take(step("Downloading", "b", -500, 100));
        pull.take(step("Downloading", "c", 900, 100));
        QVERIFY(pull.progress().done >= 0 && pull.progress().done <= pull.progress().total);
        for (int i = 0; i < 5000; ++i)
            pull.take(step("Downloading", QByteArray::number(i).constData(), 1ll << 62, 1ll << 62));
        QVERIFY(pull.progress().done >= 0 && pull.progress().done <= pull.progress().total);
    }

    void faultsSayWhatToDo_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char *said, ErrorKind kind) {
            QTest::newRow(said) << QString::fromLatin1(said) << kind;
        };
        row("Get \"https://r.example/v2/\": dial tcp: lookup r.example: no such host", ErrorKind::Network);
        row("pinging container registry 127.0.0.1:1: Get \"https://127.0.0.1:1/v2/\": connection refused",
            ErrorKind::Network);
        row("net/http: TLS handshake timeout", ErrorKind::Network);
        row("manifest for node:nope not found: manifest unknown: manifest unknown", ErrorKind::NotFound);
        row("pull access denied for nope, repository does not exist or may require 'docker login'",
            ErrorKind::Unauthorized);
        row("unauthorized: authentication required", ErrorKind::Unauthorized);
        row("no matching manifest for linux/amd64 in the manifest list entries", ErrorKind::Unsupported);
        row("write /var/lib/docker/tmp/x: no space left on device", ErrorKind::DiskFull);
        row("something else", ErrorKind::Unavailable);
    }
    void faultsSayWhatToDo()
    {
        QFETCH(QString, said);
        QFETCH(ErrorKind, kind);
        const Error fault = pullFault(QStringLiteral("node:nope"), QStringLiteral("gpu-box"), said);
        QCOMPARE(fault.kind, kind);
        QVERIFY2(fault.text.contains(QStringLiteral("node:nope")), qPrintable(fault.text));
        QCOMPARE(fault.detail, said);
    }

    void theNameOfAnImageIsNoReason()
    {
        const QString image = QStringLiteral("rustls:denied");
        const QString said = QStringLiteral("manifest for rustls:denied not found: manifest unknown");
        QCOMPARE(pullFault(image, QStringLiteral("gpu-box"), said).kind, ErrorKind::NotFound);
    }

    void onlyPlainFoldersOfAnImageAreMounted()
    {
        const ImageFacts facts = ContainerBody::parseImage(json(R"({"Architecture": "arm64", "Config": {"Volumes":
            {"/var/lib/db": {}, "/": {}, "relative": {}, "/a/../etc": {}, "/data": {}, "/app/x": {}, "/proc/1": {}}}})"));
        QCOMPARE(facts.processor, QStringLiteral("arm64"));
        QCOMPARE(facts.volumes, QStringList(QStringLiteral("/var/lib/db")));
        QVERIFY(ContainerBody::parseImage({}).volumes.isEmpty());
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestImagePull)
#include "tst_imagepull.moc"
