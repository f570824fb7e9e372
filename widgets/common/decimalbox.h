// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

namespace Flotilla {

/// A number with decimals that takes a comma and a point alike, in every language: "0.5" is never read as 5.
class DecimalBox : public QDoubleSpinBox
{
    Q_OBJECT

public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QValidator::State validate(QString &text, int &position) const override;
};

} // namespace Flotilla
