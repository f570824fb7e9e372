// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QWidget>

namespace Flotilla {

class LoadBoard;

/// One small curve of live apps per host, all on the same scale, so that a host that lags behind is seen at once.
class HostTiles : public QWidget
{
    Q_OBJECT

public:
    explicit HostTiles(LoadBoard *board, QWidget *parent = nullptr);
    void setTextSize(TextSize size);
    QSize sizeHint() const override { return {320, 180}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    LoadBoard *m_board;
    TextSize m_size = TextSize::Small;
};

} // namespace Flotilla
