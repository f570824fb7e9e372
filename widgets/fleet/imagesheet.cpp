// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/imagesheet.h"

#include "widgets/fleet/fleetmodel.h"
#include "widgets/hosts/imagefield.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int imageSheetWidth = 560;

QString titleFor(const FleetModel &model, const QList<AppId> &apps)
{
    const BoardEntry *one = apps.size() == 1 ? model.find(apps.first()) : nullptr;
    return one ? ImageSheet::tr("Container image of %1").arg(one->row.title)
               : ImageSheet::tr("Container image of %n app(s)", nullptr, int(apps.size()));
}

} // namespace

ImageSheet::ImageSheet(QWidget *over, HostSession *hosts, const FleetModel &model, const QList<AppId> &apps)
    : Sheet(over, titleFor(model, apps), imageSheetWidth)
{
    findPlace(model, apps);
    addText(tr("An image that Podman or Docker has or can fetch, like node:20. The app starts anew in it; its files "
               "and data stay. Leave the field empty for the image of the host."));
    m_field = new ImageField(hosts, [this]() -> ImageField::Place {
        return {m_host, m_backend, tr("These apps are not on one host. Build the image under Hosts.")};
    });
    m_field->setText(m_before);
    m_field->edit()->setObjectName(QStringLiteral("appImageQLineEdit"));
    m_field->edit()->setAccessibleName(tr("Container image"));
    m_field->edit()->setPlaceholderText(tr("The image of the host"));
    body()->addWidget(m_field);
    m_use = addButton(tr("Use this image"), QStringLiteral("useImageQPushButton"), ButtonKind::Primary);
    connect(m_use, &QPushButton::clicked, this, &ImageSheet::choose);
    const auto refresh = [this] {
        m_use->setEnabled(!m_field->isBuilding() && (!m_same || m_field->text() != m_before));
    };
    connect(m_field, &ImageField::changed, this, refresh);
    refresh();
}

void ImageSheet::findPlace(const FleetModel &model, const QList<AppId> &apps)
{
    bool first = true;
    for (const AppId &app : apps) {
        const BoardEntry *entry = model.find(app);
        if (!entry)
            continue;
        const FleetRow &row = entry->row;
        const QString engine = row.backend == QLatin1String("bubblewrap") ? QString() : row.backend;
        m_host = first || m_host == row.host ? row.host : HostId();
        m_backend = first || m_backend == engine ? engine : QString();
        m_same = m_same && (first || m_before == row.ownImage);
        m_before = first ? row.ownImage : m_before;
        first = false;
    }
    if (!m_same)
        m_before.clear();
}

void ImageSheet::open()
{
    Sheet::open(m_field->edit());
}

void ImageSheet::choose()
{
    Q_EMIT chosen(m_field->text());
    close();
}

} // namespace Flotilla
