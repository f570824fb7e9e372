// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadreport.h"

#include "backends/fleet/loadtest/loadjson.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QSaveFile>

namespace Flotilla {

QByteArray loadReportHtml(const LoadRecord &)
{
    return {};
}

Status writeLoadReport(const LoadRecord &record, const QString &folder)
{
    const QDir dir(folder);
    const std::pair<const char *, QByteArray> files[] = {
        {"report.html", loadReportHtml(record)},
        {"apps.csv", rowsToCsv(record.rows)},
        {"samples.csv", samplesToCsv(record.samples)},
        {"run.json", QJsonDocument(toJson(record)).toJson()},
    };
    bool written = QDir().mkpath(folder);
    for (const auto &[name, bytes] : files) {
        QSaveFile file(dir.filePath(QLatin1String(name)));
        written = written && file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
    }
    if (written)
        return {};
    return Error{ErrorKind::Storage,
                 QCoreApplication::translate("LoadTest", "The report cannot be written to %1.").arg(folder),
                 {}};
}

} // namespace Flotilla
