// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonDocument>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace Flotilla::Test {

struct CliResult
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    QJsonDocument json() const { return QJsonDocument::fromJson(out); }
};

/// flotillactl on a private store. The destructor stops every sandbox that the store still has.
class Cli
{
public:
    Cli();
    ~Cli();

    QString data() const { return m_dir.path() + QLatin1String("/store"); }
    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }

    CliResult run(const QStringList &arguments, const QByteArray &input = {}, int timeoutMs = 60'000) const;
    /// A line of bash in which $FLOTILLACTL is the program and FLOTILLA_DATA its store.
    CliResult shell(const QByteArray &line) const;
    /// Starts without waiting, for tests that interrupt it.
    std::unique_ptr<QProcess> start(const QStringList &arguments) const;
    /// Not started, for tests that set more of it.
    std::unique_ptr<QProcess> make(const QStringList &arguments) const;

private:
    void prepare(QProcess &process, const QStringList &arguments) const;

    QTemporaryDir m_dir;
    QHash<QString, QString> m_environment;
};

/// Stops every sandbox that the store in `data` still has, for tests that start them without flotillactl.
void stopSandboxes(const QString &data);

/// The folder with the built programs.
QString binDir();

} // namespace Flotilla::Test
