// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include "widgets/common/tokens.h"

#include <QWidget>

class QAction;
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
    /// What the preview shows now: a version that was green once is not called green while its app does not run.
    void setPreview(PreviewState preview);
    void setMemory(qint64 bytes); ///< 0: not known
    void startRename();

    static StatusKind statusOf(const AppSummary &app, PreviewState preview);
    static QString stateText(const AppSummary &app, PreviewState preview);

Q_SIGNALS:
    void backRequested();
    void fixRequested(); ///< what went wrong while the newest version was used
    void renamed(const QString &title);
    void openInBrowserRequested();
    void copyLinkRequested();
    void exportFolderRequested();
    void exportZipRequested();
    void duplicateRequested();
    void restartRequested();
    void sleepRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setupUi();
    void styleTitle();
    QMenu *makeMenu();
    QMenu *makeShareMenu();
    void finishRename(bool keep);
    void updateState();
    void updatePlace();
    void fitTitle();

    QStackedWidget *m_titleStack;
    QPushButton *m_title;
    QLineEdit *m_titleEdit;
    Chip *m_state;
    Chip *m_place;
    QLabel *m_cost;
    QPushButton *m_fix;
    QPushButton *m_browser;
    QPushButton *m_share;
    QList<QAction *> m_shareActions; ///< also in the menu of the three dots
    QToolButton *m_more;
    AppSummary m_app;
    PreviewState m_preview = PreviewState::Nothing;
    qint64 m_memory = 0;
};

} // namespace Flotilla
