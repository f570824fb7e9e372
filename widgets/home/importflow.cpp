// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/importflow.h"

#include "backends/core/continuation.h"
#include "backends/projects/projectservice.h"
#include "widgets/common/sheet.h"
#include "widgets/common/toast.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QStandardPaths>
#include <QUrl>

namespace Flotilla {

ImportFlow::ImportFlow(ProjectService *projects, QWidget *over, QObject *parent)
    : QObject(parent)
    , m_projects(projects)
    , m_over(over)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(PatienceMs);
    connect(&m_patience, &QTimer::timeout, this, &ImportFlow::showProgress);
}

void ImportFlow::choose()
{
    auto *dialog = new QFileDialog(m_over, tr("Import an app"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation),
                                   tr("Archives (*.zip *.tar *.tar.gz *.tgz)"));
    dialog->setObjectName(QStringLiteral("importDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ImportFlow::start);
    dialog->open();
}

void ImportFlow::start(const QString &path)
{
    if (m_progress)
        return Toast::show(m_over, tr("“%1” is still being imported.").arg(m_name));
    m_name = QFileInfo(path).fileName();
    m_progress = std::make_shared<ImportProgress>();
    m_patience.start();
    whenDone(this, m_read(path, m_progress), [this](const Result<ImportedApp> &read) { taken(read); });
}

void ImportFlow::showProgress()
{
    m_sheet = new Sheet(m_over, tr("Importing “%1”").arg(m_name));
    m_sheet->setObjectName(QStringLiteral("importSheet"));
    m_sheet->addText(tr("The files are read and checked."));
    connect(m_sheet, &Sheet::rejected, this, [this] {
        if (m_progress)
            m_progress->cancelled = true;
    });
    m_sheet->open();
}

void ImportFlow::end()
{
    m_patience.stop();
    m_progress.reset();
    if (m_sheet)
        m_sheet->close();
}

void ImportFlow::taken(const Result<ImportedApp> &read)
{
    end();
    const auto report = [this](const Error &error) {
        if (error.kind != ErrorKind::Cancelled)
            Toast::show(m_over, error.text, Toast::Kind::Error);
    };
    if (!read)
        return report(read.error());
    whenDone(this, m_projects->import(*read), [this, report](const Result<AppId> &made) {
        if (made)
            Q_EMIT imported(*made);
        else
            report(made.error());
    });
}

QString ImportFlow::pathIn(const QMimeData *data)
{
    for (const QUrl &url : data->urls())
        if (url.isLocalFile() && AppImport::canRead(url.toLocalFile()))
            return url.toLocalFile();
    return {};
}

} // namespace Flotilla
