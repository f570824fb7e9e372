// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "widgets/common/sheet.h"

namespace Flotilla {

class FleetModel;
class HostSession;
class ImageField;

/// Asks for the container image that apps run in: a name, one that is built now, or none of their own.
class ImageSheet : public Sheet
{
    Q_OBJECT

public:
    ImageSheet(QWidget *over, HostSession *hosts, const FleetModel &model, const QList<AppId> &apps);
    void open();

Q_SIGNALS:
    void chosen(const QString &image); ///< empty: the one of the host

private:
    void findPlace(const FleetModel &model, const QList<AppId> &apps);
    void choose();

    HostId m_host;    ///< of all of them; empty: they have no one host
    QString m_before; ///< the image of all of them
    QString m_backend;
    bool m_same = true; ///< they have one image, or none
    ImageField *m_field;
    QPushButton *m_use;
};

} // namespace Flotilla
