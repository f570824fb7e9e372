// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flotilla/scaleparts.h"

#include "backends/core/continuation.h"
#include "backends/projects/projectservice.h"
#include "widgets/common/appservices.h"
#include "widgets/loadtest/herorow.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/serviceloadsource.h"
#include "widgets/loadtest/webpictures.h"

#include <QCryptographicHash>

namespace Flotilla {

namespace {

Result<QByteArray> hashOf(const Result<FileMap> &files)
{
    if (!files.ok())
        return files.error();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (auto file = files->begin(); file != files->end(); ++file) {
        hash.addData(file.key().toUtf8());
        hash.addData(file.value());
    }
    return hash.result();
}

} // namespace

ScalePage *makeScalePage(const AppServices &services, LoadTestService *tests)
{
    auto *source = new ServiceLoadSource(tests);
    ScalePage::Parts parts;
    parts.source = source;
    parts.reportDir = services.dataDir + QStringLiteral("/reports");
    parts.pictures.url = services.previewUrl;
    if (services.webViewProblem.isEmpty()) {
        parts.pictures.taker = std::make_shared<WebPictures>();
        parts.pictures.contentKey = [projects = services.projects, source](const AppId &app) {
            return continueOn(source, projects->files(app), hashOf);
        };
        parts.makeHeroes = [url = services.previewUrl](LoadBoard *board) { return new HeroRow(board, url); };
    }
    auto *page = new ScalePage(parts);
    source->setParent(page);
    return page;
}

} // namespace Flotilla
