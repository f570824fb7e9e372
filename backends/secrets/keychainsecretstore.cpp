// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/secrets/keychainsecretstore.h"

#include "backends/core/log.h"
#include "backends/secrets/environmentkeys.h"
#include "backends/secrets/keychainthread.h"

#include <QCoreApplication>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace Flotilla {

namespace {

QString secretService()
{
    return QStringLiteral("flotilla");
}

// Long enough to type a password into the keychain's own dialog.
constexpr std::chrono::seconds KeychainDeadline{45};

Error keychainSilent()
{
    return {ErrorKind::Timeout,
            QCoreApplication::translate("Secrets", "The keychain does not answer. Unlock it and try again."),
            {}};
}

Error keychainError(const QKeychain::Job &job)
{
    const QString detail = redact(job.errorString());
    switch (job.error()) {
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorKind::Forbidden,
                QCoreApplication::translate("Secrets", "The keychain is locked. Unlock it and try again."), detail};
    case QKeychain::CouldNotDeleteEntry:
        return {ErrorKind::Storage,
                QCoreApplication::translate("Secrets", "The key could not be removed from the keychain."), detail};
    default:
        return {ErrorKind::Unavailable,
                QCoreApplication::translate("Secrets",
                                            "This computer has no keychain that Flotilla can use. Install and unlock "
                                            "gnome-keyring or KWallet, or set ANTHROPIC_API_KEY or OPENAI_API_KEY."),
                detail};
    }
}

/// Runs one job on the keychain's thread. `outcome` turns the finished job into the result, there.
template <typename Job, typename T, typename Prepare, typename Outcome>
Future<T> runKeychainJob(const QString &name, Prepare prepare, Outcome outcome)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto future = promise->future();
    QObject *context = keychainContext();
    if (!context) {
        promise->addResult(
            Error{ErrorKind::Cancelled, QCoreApplication::translate("Secrets", "The program is closing."), {}});
        promise->finish();
        return future;
    }
    const auto finish = [promise, open = std::make_shared<bool>(true)](Result<T> result) {
        if (!std::exchange(*open, false))
            return;
        promise->addResult(std::move(result));
        promise->finish();
    };
    QMetaObject::invokeMethod(context, [=] {
        auto *job = new Job(secretService(), context); // deletes itself
        job->setKey(name);
        prepare(*job);
        QObject::connect(job, &QKeychain::Job::finished, context, [=] { finish(outcome(*job)); });
        QTimer::singleShot(KeychainDeadline, context, [=] { finish(keychainSilent()); });
        job->start();
    });
    return future;
}

Result<SecretStore::Secret> readOutcome(const QKeychain::ReadPasswordJob &job)
{
    if (job.error() == QKeychain::EntryNotFound)
        return SecretStore::Secret{};
    if (job.error() != QKeychain::NoError)
        return keychainError(job);
    const QString value = job.textData();
    addSecretToRedact(value);
    return SecretStore::Secret{value, value.isEmpty() ? SecretStore::Source::None : SecretStore::Source::Keychain};
}

} // namespace

Future<SecretStore::Secret> KeychainSecretStore::read(const QString &name)
{
    if (const QString own = keyFromEnvironment(name); !own.isEmpty()) {
        addSecretToRedact(own);
        return readyFuture<Secret>(Secret{own, Source::Environment});
    }
    return runKeychainJob<QKeychain::ReadPasswordJob, Secret>(
        name, [](QKeychain::ReadPasswordJob &) {}, readOutcome);
}

Future<void> KeychainSecretStore::write(const QString &name, const QString &value)
{
    addSecretToRedact(value);
    return runKeychainJob<QKeychain::WritePasswordJob, void>(
        name, [value](QKeychain::WritePasswordJob &job) { job.setTextData(value); },
        [](const QKeychain::WritePasswordJob &job) {
            return job.error() == QKeychain::NoError ? Status() : Status(keychainError(job));
        });
}

Future<void> KeychainSecretStore::remove(const QString &name)
{
    return runKeychainJob<QKeychain::DeletePasswordJob, void>(
        name, [](QKeychain::DeletePasswordJob &) {},
        [](const QKeychain::DeletePasswordJob &job) {
            const bool gone = job.error() == QKeychain::NoError || job.error() == QKeychain::EntryNotFound;
            return gone ? Status() : Status(keychainError(job));
        });
}

std::unique_ptr<SecretStore> makeKeychainSecretStore(QObject *parent)
{
    return std::make_unique<KeychainSecretStore>(parent);
}

} // namespace Flotilla
