// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace Flotilla {

/// A square button of the rail: an icon, tinted when its page is shown.
class RailButton : public QAbstractButton
{
    Q_OBJECT

public:
    RailButton(const QString &iconName, const QString &text, const QString &shortcut);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_iconName;
};

/// The strip at the left edge with one button per page; only pages that exist are there.
class Rail : public QWidget
{
    Q_OBJECT

public:
    explicit Rail(QWidget *parent = nullptr);
    enum class Place { Top, Bottom };
    void addPage(int page, const QString &iconName, const QString &text, const QString &shortcut,
                 Place place = Place::Top);
    void setPageVisible(int page, bool visible);
    void setCurrent(int page);

Q_SIGNALS:
    void pageRequested(int page);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHash<int, RailButton *> m_buttons;
    QVBoxLayout *m_layout;
    int m_topCount = 2; // the logo and the space below it
};

} // namespace Flotilla
