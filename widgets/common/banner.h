// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace Flotilla {

/// One calm line across the top of a page: something about this machine or store that should be known.
class Banner : public QWidget
{
    Q_OBJECT

public:
    Banner(StatusKind kind, const QString &text, const QString &action = {}, QWidget *parent = nullptr);

Q_SIGNALS:
    void actionTriggered();
    void dismissed(); ///< after it hid itself

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StatusKind m_kind;
};

} // namespace Flotilla
