// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Flotilla {

/// An error of a page that can be seen all the same: what it says, and what to do. Hidden while there is none.
class TroubleBar : public QWidget
{
    Q_OBJECT

public:
    explicit TroubleBar(QWidget *parent = nullptr);
    void setText(const QString &text); ///< empty: hides it

Q_SIGNALS:
    void fixRequested();
    void detailsRequested();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    static constexpr int MaxShown = 300; ///< characters
    QLabel *m_text;
};

} // namespace Flotilla
