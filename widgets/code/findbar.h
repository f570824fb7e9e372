// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace Flotilla {

/// A thin row with a search field: Enter next, Shift+Enter previous, Esc closes. Hidden until open().
class FindBar : public QWidget
{
    Q_OBJECT

public:
    explicit FindBar(QWidget *parent = nullptr);
    void open();
    void close();
    void setFound(bool found);
    void setCount(int current, int count); ///< "3 of 12"; current 0: only how many
    QString text() const;

Q_SIGNALS:
    void search(const QString &text, bool backwards);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *m_field;
    QLabel *m_state;
};

} // namespace Flotilla
