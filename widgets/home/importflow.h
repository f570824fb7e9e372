// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/projects/appimport.h"
#include "widgets/common/appservices.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

class QMimeData;

namespace Flotilla {

class Sheet;

/// Makes an app of an archive or a folder: asks for the file, reads it, opens the app. While a read takes long a sheet
/// says so and can cancel it. One at a time. GUI thread.
class ImportFlow : public QObject
{
    Q_OBJECT

public:
    /// Sheets and dialogs lie over `over`.
    ImportFlow(ProjectService *projects, QWidget *over, QObject *parent = nullptr);
    /// Reads in another way than AppImport::read, for tests.
    using Read = std::function<Future<ImportedApp>(const QString &path, std::shared_ptr<ImportProgress> progress)>;
    void setReader(Read read) { m_read = std::move(read); }
    void choose();
    void start(const QString &path);
    /// The first local file or folder in it that could be imported; empty: none.
    static QString pathIn(const QMimeData *data);

Q_SIGNALS:
    void imported(const Flotilla::AppId &id);

private:
    void showProgress();
    void end();
    void taken(const Result<ImportedApp> &read);

    static constexpr int PatienceMs = 400;
    Read m_read = AppImport::read;
    ProjectService *m_projects;
    QWidget *m_over;
    std::shared_ptr<ImportProgress> m_progress; ///< null: nothing is read
    QString m_name;
    QTimer m_patience;
    QPointer<Sheet> m_sheet;
};

} // namespace Flotilla
