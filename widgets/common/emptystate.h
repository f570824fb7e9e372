// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace Flotilla {

/// What an empty, waiting or failed view shows: what it is, why, one action.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);
    /// An empty `action` hides the button.
    void show(const QString &iconName, const QString &title, const QString &text, const QString &action = {});
    using QWidget::show;
    /// Technical words behind a Details button; empty: none.
    void setDetails(const QString &details);
    QString title() const;

Q_SIGNALS:
    void actionTriggered();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_details;
    QPushButton *m_action;
    QPushButton *m_detailsButton;
    QString m_iconName;
    void paintIcon();
    void fitLabels();
};

} // namespace Flotilla
