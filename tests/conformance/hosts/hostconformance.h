// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

#include <QTemporaryDir>

namespace Flotilla {

/// What every Host must do. A test class derives and makes its host; "on the host" is this machine in every case.
class HostConformance : public QObject
{
    Q_OBJECT

protected:
    virtual std::unique_ptr<Host> makeHost(const QString &runtimeDir) = 0;

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void isReadyWithAPrivateFolder();
    void runs_data();
    void runs();
    void reportsAMissingProgram();
    void passesBinaryInput();
    void keepsManyOutputsApart();
    void endsTheWholeTreeAfterTheTimeout();
    void boundsTheOutput();
    void inheritsNoDescriptors();
    void connectsToASocket();
    void connectsToAPort();
    void saysWhenNobodyListens();
    void copiesATreeThereAndBack();
    void replacesWhatIsThere();
    void refusesLinks_data();
    void refusesLinks();
    void neverWritesThroughALink();
    void saysWhatIsMissing();
    void providesFilesAndFolders();
    void leadsALocalSocketThere();
    void keepsManyStreamsApart();
    void holdsBackWhoSendsTooMuch();

private:
    QString path(const QString &name) const;
    void write(const QString &name, const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Host> m_host;
};

} // namespace Flotilla
