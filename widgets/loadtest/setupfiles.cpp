// SPDX-License-Identifier: GPL-3.0-or-later
// SetupPanel: plans as files.
#include "widgets/loadtest/setuppanel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLabel>
#include <QSaveFile>

namespace Flotilla {

void SetupPanel::open()
{
    auto *dialog = new QFileDialog(this, tr("Open a plan"), {}, tr("Plans (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &SetupPanel::openPlan);
    dialog->open();
}

void SetupPanel::openPlan(const QString &path)
{
    const auto plan = loadPlanFromFile(path);
    if (!plan.ok())
        return showProblem(plan.error().text);
    m_modelChosen = true;
    m_folder = QFileInfo(path).absoluteDir();
    setPlan(*plan);
}

void SetupPanel::save()
{
    const auto now = plan();
    if (!now.ok())
        return showProblem(now.error().text);
    auto *dialog = new QFileDialog(this, tr("Save the plan"), QStringLiteral("plan.json"), tr("Plans (*.json)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, json = QJsonDocument(toJson(*now)).toJson()](const QString &path) {
                QSaveFile file(path);
                if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.flush() ||
                    !file.commit())
                    showProblem(tr("%1 cannot be written: %2").arg(path, file.errorString()));
            });
    dialog->open();
}

} // namespace Flotilla
