// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/localhost.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"
#include "tests/conformance/await.h"
#include "tests/conformance/sandbox/sandboxconformance.h"

#include <QCoreApplication>
#include <QDir>

namespace Flotilla {

namespace {

std::unique_ptr<SandboxBackend> makeBubblewrap(const QString &dir)
{
    auto *host = new LocalHost(dir + QLatin1String("/run"));
    const QString bin =
        qEnvironmentVariable("FLOTILLA_BIN_DIR", QCoreApplication::applicationDirPath() + QLatin1String("/../bin"));
    BubblewrapBackend::Layout layout;
    layout.agent = bin + QLatin1String("/flotilla-agent");
    layout.runtime = bin + QLatin1String("/../share/flotilla/runtime");
    auto backend = std::make_unique<BubblewrapBackend>(host, layout);
    QObject::connect(backend.get(), &QObject::destroyed, host, &QObject::deleteLater);
    return backend;
}

/// The program that a test kills: creates a sandbox and waits.
int beOwner(const QString &dir, const QString &id)
{
    const auto backend = makeBubblewrap(dir);
    SandboxSpec spec;
    spec.id.value = id;
    const auto created = await(backend->create(spec));
    if (!created) {
        std::fprintf(stderr, "%s\n", problem(created).constData());
        return 1;
    }
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

class TestBubblewrap : public SandboxConformance
{
    Q_OBJECT

protected:
    std::unique_ptr<SandboxBackend> makeBackend(const QString &dir) override { return makeBubblewrap(dir); }
    QStringList ownerArguments(const QString &dir, const QString &id) override
    {
        return {QStringLiteral("--be-owner"), dir, id};
    }
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.size() == 4 && args.at(1) == QLatin1String("--be-owner"))
        return Flotilla::beOwner(args.at(2), args.at(3));
    Flotilla::TestBubblewrap test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_bubblewrap.moc"
