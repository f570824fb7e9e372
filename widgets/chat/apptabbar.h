// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QPushButton;
class QToolButton;

namespace Flotilla {

class Chip;
class SegmentedControl;

/// The row above the preview: tabs at the left; reload, width and zoom of the preview at the right. What there is no
/// room for stands in a menu at the end.
class AppTabBar : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Preview, Code, Console, Versions, Logs, Terminal };

    explicit AppTabBar(QWidget *parent = nullptr);
    Tab current() const;
    void setCurrent(Tab tab);
    void setConsoleProblems(int count);
    void setVersions(int count);
    void setBlocked(int count);

Q_SIGNALS:
    void tabChanged(int tab);
    void reloadRequested();
    void backRequested();
    void widthChanged(int width); ///< 0: all there is
    void zoomChanged(double factor);
    void blockedClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setupUi();
    void setZoom(int percent);
    void updateTools();
    void fitTabs();
    void fillMenu();
    void addWidths(QMenu *menu);
    void addZooms(QMenu *menu);

    SegmentedControl *m_tabs;
    SegmentedControl *m_widths;
    Chip *m_blocked;
    QToolButton *m_back;
    QToolButton *m_reload;
    QPushButton *m_zoom;
    QToolButton *m_more; ///< what does not fit
    int m_percent = 100;
    bool m_tight = false;
    int m_blockedCount = 0;
};

} // namespace Flotilla
