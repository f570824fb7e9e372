// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/sheet.h"

namespace Flotilla {

/// The presenter's keys, over the wall.
class KeySheet : public Sheet
{
    Q_OBJECT

public:
    explicit KeySheet(QWidget *over);

protected:
    void keyPressEvent(QKeyEvent *event) override; ///< the key that opened it closes it, too
};

} // namespace Flotilla
