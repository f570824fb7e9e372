// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>

namespace Flotilla {

class Chip;
class LoadBoard;

/// What must be known to trust the numbers: whose time the model's is, how busy the generator was, what was dropped or
/// tried again, on which machine. It cannot be hidden.
class HonestyStrip : public QWidget
{
    Q_OBJECT

public:
    explicit HonestyStrip(LoadBoard *board, QWidget *parent = nullptr);
    void setStall(std::function<int()> longestMs) { m_stall = std::move(longestMs); }
    void setStage(double scale);    ///< as stageScale(); 0: in the window
    void setHintsShown(bool shown); ///< the presenter's keys
    QString text() const;           ///< all of it in one line

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

    /// "2 cores, 24 GB": this machine.
    static QString machine();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void take();
    QStringList facts() const;
    int wanted(const QFont &font, int between) const; ///< width of all facts
    LoadBoard *m_board;
    Chip *m_model;
    std::function<int()> m_stall;
    QStringList m_facts;
    QFont m_font;
    double m_stage = 0;
    bool m_hints = true;
};

} // namespace Flotilla
