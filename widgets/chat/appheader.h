// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include "widgets/common/tokens.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace Flotilla {

class Chip;
class ElidedLabel;

/// Title (click to rename), state, place, money, and what can be done with the whole app.
class AppHeader : public QWidget
{
    Q_OBJECT

public:
    explicit AppHeader(QWidget *parent = nullptr);
    void setSummary(const AppSummary &app);
    void setMemory(qint64 bytes); ///< 0: not known
    void startRename();

    static StatusKind statusOf(const AppSummary &app);
    static QString stateText(const AppSummary &app);

Q_SIGNALS:
    void backRequested();
    void renamed(const QString &title);
    void openInBrowserRequested();
    void copyLinkRequested();
    void exportFolderRequested();
    void exportZipRequested();
    void duplicateRequested();
    void restartRequested();
    void sleepRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupUi();
    void styleTitle();
    QMenu *makeMenu();
    void finishRename(bool keep);
    void updatePlace();

    QStackedWidget *m_titleStack;
    QPushButton *m_title;
    QLineEdit *m_titleEdit;
    Chip *m_state;
    Chip *m_place;
    QLabel *m_cost;
    QPushButton *m_browser;
    QToolButton *m_more;
    AppSummary m_app;
    qint64 m_memory = 0;
};

} // namespace Flotilla
