// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "widgets/common/sheet.h"

class QLineEdit;

namespace Flotilla {

class FleetModel;

/// Asks for a label to put on apps, or one of theirs to take off.
class LabelSheet : public Sheet
{
    Q_OBJECT

public:
    LabelSheet(QWidget *over, int apps, const QStringList &known, const QStringList &present);
    void open();

    /// Labels anywhere on the board, and those on any of `apps`.
    static void labelsOf(const FleetModel &model, const QList<AppId> &apps, QStringList *known, QStringList *present);

Q_SIGNALS:
    void chosen(const QString &label, bool add);

private:
    void choose(const QString &label, bool add);
    QLineEdit *m_field;
};

} // namespace Flotilla
