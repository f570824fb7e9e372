// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QWidget>

#include <functional>

class QToolButton;

namespace Flotilla {

class Chip;
class LoadBoard;

/// What must be known to trust the numbers: whose time the model's is, how busy the generator was, what was dropped or
/// tried again, on which machine. It cannot be hidden, and takes two lines where one does not hold it.
class HonestyStrip : public QWidget
{
    Q_OBJECT

public:
    explicit HonestyStrip(LoadBoard *board, QWidget *parent = nullptr);
    void setStall(std::function<int()> longestMs) { m_stall = std::move(longestMs); }
    void setStage(double scale);    ///< as stageScale(); 0: in the window
    void setHintsShown(bool shown); ///< how to get to the presenter's keys
    QString text() const;           ///< all of it in one line

    bool isCut() const; ///< a fact has no room

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

    /// "2 cores, 24 GB": this machine.
    static QString machine();

Q_SIGNALS:
    void keysRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Look
    {
        QFont font;
        int between = 0;
    };

    void setupKeys();
    void take();
    void arrange();
    void place();
    QStringList facts() const;
    int lineHeight() const;
    int factsLeft() const;
    QList<QRect> places(const Look &look) const;
    QString allKeys() const;

    LoadBoard *m_board;
    Chip *m_model;
    QToolButton *m_keys;
    std::function<int()> m_stall;
    QStringList m_facts;
    QFont m_font;
    Look m_look;
    double m_stage = 0;
    int m_lines = 1;
};

} // namespace Flotilla
