// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/secrets/secretstore.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

/// Runs itself again inside a private session bus with a real gnome-keyring that is unlocked with an empty password.
class TestKeychain : public QObject
{
    Q_OBJECT

private:
    template <typename T>
    static Result<T> wait(Future<T> future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
            return Error{ErrorKind::Timeout, QStringLiteral("the keychain took too long"), {}};
        return future.result();
    }

    static QString missingPeer()
    {
        for (const char *program : {"dbus-run-session", "gnome-keyring-daemon"}) {
            if (QStandardPaths::findExecutable(QString::fromLatin1(program)).isEmpty())
                return QString::fromLatin1(program);
        }
        return {};
    }

private Q_SLOTS:
    void keepsAKey()
    {
        if (!qEnvironmentVariableIsSet("FLOTILLA_TEST_INSIDE"))
            return; // insideASession() runs it
        const auto store = makeKeychainSecretStore();
        const QString name = QStringLiteral("my-endpoint");
        const auto before = wait(store->read(name));
        QVERIFY2(before.ok(), before.ok() ? "" : qPrintable(before.error().text + before.error().detail));
        QCOMPARE(before->source, SecretStore::Source::None);
        QVERIFY(wait(store->write(name, QStringLiteral("grüße-1234"))).ok());
        QVERIFY(wait(store->write(QStringLiteral("other"), QStringLiteral("another-key"))).ok());
        const auto other = makeKeychainSecretStore();
        const auto read = wait(other->read(name));
        QVERIFY(read.ok());
        QCOMPARE(read->value, QStringLiteral("grüße-1234"));
        QCOMPARE(read->source, SecretStore::Source::Keychain);
        QVERIFY(wait(store->write(name, QStringLiteral("replaced-5678"))).ok());
        QCOMPARE(wait(store->read(name))->value, QStringLiteral("replaced-5678"));
        QVERIFY(wait(store->remove(name)).ok());
        QVERIFY(wait(store->remove(name)).ok()); // nothing there is fine
        QCOMPARE(wait(store->read(name))->source, SecretStore::Source::None);
        QCOMPARE(wait(store->read(QStringLiteral("other")))->value, QStringLiteral("another-key"));
    }

    void insideASession()
    {
        if (qEnvironmentVariableIsSet("FLOTILLA_TEST_INSIDE"))
            return;
        if (const QString missing = missingPeer(); !missing.isEmpty()) {
            if (qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 1)
                QFAIL(qPrintable(missing + QStringLiteral(" is missing")));
            QSKIP(qPrintable(missing + QStringLiteral(" is missing")));
        }
        const QTemporaryDir home;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"})
            environment.insert(QString::fromLatin1(name), home.path());
        environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
        environment.remove(QStringLiteral("XDG_CURRENT_DESKTOP"));
        environment.insert(QStringLiteral("FLOTILLA_TEST_INSIDE"), QStringLiteral("1"));
        QProcess session;
        session.setProcessEnvironment(environment);
        session.setProcessChannelMode(QProcess::MergedChannels);
        // The daemon stays in the foreground of the session and ends with its bus.
        const QString script = QStringLiteral(
            "printf '\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec \"$0\" keepsAKey");
        session.start(QStringLiteral("dbus-run-session"),
                      {QStringLiteral("--"), QStringLiteral("sh"), QStringLiteral("-c"), script,
                       QCoreApplication::applicationFilePath()});
        QVERIFY(QTest::qWaitFor([&] { return session.state() == QProcess::NotRunning; }, 60'000));
        QVERIFY2(session.exitStatus() == QProcess::NormalExit && session.exitCode() == 0,
                 session.readAll().constData());
    }
};

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
