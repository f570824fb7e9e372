// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;
class QStackedWidget;

namespace Flotilla {

class VersionModel;

/// All versions, newest first: picture, what was asked, what was checked, money; look, compare and restore.
class VersionsPage : public QWidget
{
    Q_OBJECT

public:
    explicit VersionsPage(VersionModel *model, QWidget *parent = nullptr);

Q_SIGNALS:
    void lookRequested(int version);
    void restoreRequested(int version);
    void compareRequested(int version);
    void fixRequested(); ///< what went wrong while the newest one was used

private:
    void showMenu(const QPoint &pos);
    QListView *m_list;
    QStackedWidget *m_stack;
};

} // namespace Flotilla
