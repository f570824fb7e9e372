// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/decimalbox.h"

namespace Flotilla {

QValidator::State DecimalBox::validate(QString &text, int &position) const
{
    if (text != specialValueText())
        text.replace(QLatin1Char('.'), locale().decimalPoint()).replace(QLatin1Char(','), locale().decimalPoint());
    return QDoubleSpinBox::validate(text, position);
}

} // namespace Flotilla
