// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/appimport.h"
#include "backends/projects/workspace.h"

#include <functional>

namespace Flotilla {

/// Collects the files of one import, validated. Errors are sentences for a person.
class ImportFiles
{
public:
    ImportFiles(QString source, ImportProgress &progress, const ImportLimits &limits);

    /// Reads at most `size` bytes into `bytes`; how many, 0 at the end, less than 0 when it cannot.
    using Source = std::function<qint64(char *bytes, qint64 size)>;
    /// Takes the content of one file. What belongs to tools is read past.
    Status add(const QString &path, const Source &content);
    Status countEntry(); ///< for everything that an archive or a folder holds
    bool belongsToTools(const QString &path) const;
    void leaveOut() { ++m_leftOut; }

    Result<ImportedApp> take(const QString &title);

    Error refused(const QString &why, const QString &detail = {}) const;
    Error notAllowed(const QString &path, const QString &detail = {}) const;
    Error linked(const QString &path) const;

private:
    Result<QByteArray> contentOf(const QString &path, const Source &content, bool keep);
    static bool dropTopFolder(FileMap &files);

    QString m_source;
    ImportProgress &m_progress;
    ImportLimits m_limits;
    Workspace m_workspace;
    int m_entries = 0;
    int m_leftOut = 0;
};

} // namespace Flotilla
