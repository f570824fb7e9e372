// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextDocument>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace Flotilla {

/// A thin row with a search field: Enter goes to the next match, Shift+Enter to the one before, Esc closes. Hidden
/// until open().
class FindBar : public QWidget
{
    Q_OBJECT

public:
    static constexpr int mostCounted = 1000; ///< who counts stops there: "1000+"
    explicit FindBar(QWidget *parent = nullptr);
    void setUpwards(bool upwards) { m_upwards = upwards; } ///< the next match is the one above
    void open();
    void close();
    void setFound(bool found);
    void setCount(int current, int count); ///< "3 of 12"; current 0: only how many
    QString text() const;
    bool matchesCase() const;
    QTextDocument::FindFlags flags(bool up) const; ///< the same for a document of Qt

Q_SIGNALS:
    /// For the match above or below; also while a person types.
    void search(const QString &text, bool up);
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupUi();
    void go(bool up);

    QLineEdit *m_field;
    QLabel *m_state;
    QToolButton *m_case;
    bool m_upwards = false;
};

} // namespace Flotilla
