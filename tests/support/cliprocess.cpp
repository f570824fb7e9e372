// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cliprocess.h"

#include <QProcessEnvironment>

namespace Flotilla::Test {

QString binDir()
{
    return qEnvironmentVariable("FLOTILLA_BIN_DIR");
}

void stopSandboxes(const QString &data)
{
    QProcess process;
    process.start(binDir() + QLatin1String("/flotillactl"),
                  {QStringLiteral("--data"), data, QStringLiteral("stop"), QStringLiteral("--all")});
    if (!process.waitForFinished(60'000))
        process.kill();
    process.waitForFinished();
}

Cli::Cli()
    : m_dir(QStringLiteral("/tmp/flotilla-test-XXXXXX"))
{
}

Cli::~Cli()
{
    run({QStringLiteral("stop"), QStringLiteral("--all")});
}

void Cli::prepare(QProcess &process, const QStringList &arguments) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"ANTHROPIC_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_BASE_URL", "OPENAI_BASE_URL"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("FLOTILLA_DATA"), data());
    for (auto it = m_environment.cbegin(); it != m_environment.cend(); ++it)
        environment.insert(it.key(), it.value());
    process.setProcessEnvironment(environment);
    process.setProgram(binDir() + QLatin1String("/flotillactl"));
    process.setArguments(arguments);
}

namespace {

CliResult resultOf(QProcess &process, const QByteArray &input, int timeoutMs)
{
    process.start();
    process.write(input);
    process.closeWriteChannel();
    CliResult result;
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        result.err = "timed out: ";
    }
    result.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = process.readAllStandardOutput();
    result.err += process.readAllStandardError();
    return result;
}

} // namespace

CliResult Cli::run(const QStringList &arguments, const QByteArray &input, int timeoutMs) const
{
    QProcess process;
    prepare(process, arguments);
    return resultOf(process, input, timeoutMs);
}

CliResult Cli::shell(const QByteArray &line) const
{
    QProcess process;
    prepare(process, {QStringLiteral("30"), QStringLiteral("bash"), QStringLiteral("-c"), QString::fromUtf8(line)});
    QProcessEnvironment environment = process.processEnvironment();
    environment.insert(QStringLiteral("FLOTILLACTL"), process.program());
    process.setProcessEnvironment(environment);
    process.setProgram(QStringLiteral("timeout")); // ends all of the line
    return resultOf(process, {}, 40'000);
}

std::unique_ptr<QProcess> Cli::make(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    prepare(*process, arguments);
    return process;
}

std::unique_ptr<QProcess> Cli::start(const QStringList &arguments) const
{
    auto process = make(arguments);
    process->start();
    return process;
}

} // namespace Flotilla::Test
