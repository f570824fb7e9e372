// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/log.h"
#include "backends/secrets/environmentkeys.h"
#include "backends/secrets/secretstore.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

using namespace Flotilla;

class TestSecretStore : public QObject
{
    Q_OBJECT

private:
    template <typename T>
    static Result<T> wait(Future<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
            return Error{ErrorKind::Timeout, QStringLiteral("the keychain took too long"), {}};
        return future.result();
    }

private Q_SLOTS:
    void init()
    {
        // No session bus, no desktop: what a server or a container looks like.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qunsetenv("DISPLAY");
        qunsetenv("XDG_CURRENT_DESKTOP");
        qunsetenv("ANTHROPIC_API_KEY");
        qunsetenv("OPENAI_API_KEY");
    }

    void theEnvironmentWinsAndIsRedacted_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("variable");
        QTest::newRow("anthropic") << "anthropic" << QByteArray("ANTHROPIC_API_KEY");
        QTest::newRow("openai") << "openai" << QByteArray("OPENAI_API_KEY");
    }
    void theEnvironmentWinsAndIsRedacted()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, variable);
        qputenv(variable.constData(), "  a-very-own-key-" + variable + '\n');
        const auto store = makeKeychainSecretStore();
        auto future = store->read(name);
        QVERIFY(future.isFinished()); // no keychain was asked
        const auto secret = future.result();
        QVERIFY(secret.ok());
        QCOMPARE(secret->value, QString::fromLatin1("a-very-own-key-" + variable));
        QCOMPARE(secret->source, SecretStore::Source::Environment);
        QVERIFY(!redact(QStringLiteral("x ") + secret->value).contains(secret->value));
    }

    void withoutAKeychainThereIsARemedy()
    {
        const auto store = makeKeychainSecretStore();
        const auto written = wait(store->write(QStringLiteral("openai"), QStringLiteral("never-shown-1234")));
        QVERIFY(!written.ok());
        QCOMPARE(written.error().kind, ErrorKind::Unavailable);
        QVERIFY(written.error().text.contains(QStringLiteral("OPENAI_API_KEY")));
        QVERIFY(!written.error().text.contains(QStringLiteral("never-shown")));
        QVERIFY(!written.error().detail.contains(QStringLiteral("never-shown")));
        const auto read = wait(store->read(QStringLiteral("my-endpoint")));
        QVERIFY(!read.ok());
        QCOMPARE(read.error().kind, ErrorKind::Unavailable);
    }

    void severalStoresInOneProcess()
    {
        for (int i = 0; i < 3; ++i) {
            const auto store = makeKeychainSecretStore();
            QVERIFY(!wait(store->remove(QStringLiteral("x"))).ok());
        }
    }

    void callingNeverBlocks()
    {
        const auto store = makeKeychainSecretStore();
        QElapsedTimer timer;
        timer.start();
        auto future = store->read(QStringLiteral("x"));
        QVERIFY2(timer.elapsed() < 50, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(!wait(future).ok());
    }

    // Last: what was taken stays known.
    void takenKeysAreKnownAndNotInherited()
    {
        qputenv("ANTHROPIC_API_KEY", " a-key-for-us-alone\n");
        takeKeysFromEnvironment();
        QVERIFY(!qEnvironmentVariableIsSet("ANTHROPIC_API_KEY"));
        QProcess child;
        child.start(QStringLiteral("env"), QStringList());
        QVERIFY(child.waitForFinished());
        QVERIFY(!child.readAll().contains("a-key-for-us-alone"));
        const auto store = makeKeychainSecretStore();
        QCOMPARE(store->read(QStringLiteral("anthropic")).result()->value, QStringLiteral("a-key-for-us-alone"));
        QVERIFY(!redact(QStringLiteral("x a-key-for-us-alone")).contains(QLatin1String("a-key")));
        QVERIFY(keyFromEnvironment(QStringLiteral("openai")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
