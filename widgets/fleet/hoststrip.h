// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "widgets/fleet/samplehistory.h"

#include <QTimer>
#include <QWidget>

#include <vector>

namespace Flotilla {

/// The cards of all hosts in a row above the board: word, engine, load, memory, number of sandboxes and a line of the
/// last minutes. A click filters by the host, "Why?" says why it cannot be reached. More than fit scroll sideways.
class HostStrip : public QWidget
{
    Q_OBJECT

public:
    explicit HostStrip(QWidget *parent = nullptr);

    void setHosts(const QList<HostCard> &hosts);
    void upsert(const HostCard &host);
    void remove(const HostId &id);
    const HostCard *find(const HostId &id) const;
    QList<HostCard> hosts() const;
    void setChosen(const QString &label); ///< the host the filter names
    int count() const { return int(m_cards.size()); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }
    static constexpr int cardHeight = 100;

Q_SIGNALS:
    void hostClicked(const Flotilla::HostId &id);
    void whyClicked(const Flotilla::HostId &id);
    void addRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Shown
    {
        HostCard card;
        SampleHistory cpu;
        QDateTime retryAt;
    };
    QRectF cardRect(int index) const;
    QRectF whyRect(int index) const;
    int whyWidth() const;
    int cardAt(const QPointF &point) const;
    double cardWidth() const;
    int mostOffset() const;
    void setOffset(int offset);
    void sort();
    void refresh();
    void paintCard(QPainter *painter, int index) const;
    void paintFigures(QPainter *painter, const QRectF &inner, const Shown &shown, int index) const;
    QString retryText(const Shown &shown) const;
    QString describe(const HostCard &card) const;

    std::vector<Shown> m_cards;
    QString m_chosen;
    QTimer m_second;
    int m_offset = 0;
    int m_hovered = -1;
    int m_focused = 0;
    bool m_byKeyboard = false; ///< it got the focus
    bool m_onWhy = false;
};

} // namespace Flotilla
