// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "widgets/common/appservices.h"
#include "widgets/common/modelpicker.h"
#include "widgets/loadtest/runview.h"
#include "widgets/loadtest/wallpictures.h"

#include <QWidget>

#include <memory>

class QStackedWidget;

namespace Flotilla {

class LoadBoard;
class LoadPlan;
class LoadSource;
class RunsPanel;
class SegmentedControl;
class SetupPanel;
class StallWatchdog;
struct HostChoice;

/// The Scale screen: set up a run, watch it, look at earlier ones. Owns nothing of the run itself: leaving the screen
/// does not stop it.
class ScalePage : public QWidget
{
    Q_OBJECT

public:
    enum View { Setup, Run, Runs };
    struct Parts
    {
        LoadSource *source = nullptr;
        WallPictures::Parts pictures;
        RunView::HeroFactory makeHeroes;
        QString reportDir; ///< where reports that are opened are written to
    };

    explicit ScalePage(Parts parts, QWidget *parent = nullptr);
    ~ScalePage() override;

    void setModels(const QList<ModelChoice> &models, const QString &current) const;
    void setHosts(const QList<HostChoice> &hosts) const;
    void showView(int view);
    int view() const;
    void toggleShow();
    bool isShow() const;
    void endRun(); ///< asks first; a replay ends at once
    LoadBoard *board() const { return m_board; }
    SetupPanel *setup() const { return m_setup; }
    RunView *run() const { return m_run; }
    RunsPanel *runs() const { return m_runs; }
    WallPictures *pictures() const { return m_pictures; }

Q_SIGNALS:
    void showModeChanged(bool show); ///< the window hides everything else and fills the screen
    void openAppRequested(const Flotilla::AppId &app);
    void backRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void setupUi();
    void connectRun();
    void connectOthers();
    void begun();
    void over();
    void setShow(bool show);
    void cancel();
    void start(const LoadPlan &plan);
    void replay(const QString &run, double speed);
    void openReport(const QString &run);
    void exportRun(const QString &run, const QString &format);
    void writeReport(const struct LoadRecord &record);
    void pacePictures();
    void report(const QString &sentence);

    Parts m_parts;
    LoadBoard *m_board;
    WallPictures *m_pictures;
    QWidget *m_header;
    SegmentedControl *m_tabs;
    QStackedWidget *m_stack;
    SetupPanel *m_setup;
    RunView *m_run;
    RunsPanel *m_runs;
    std::unique_ptr<StallWatchdog> m_watchdog; ///< while a run is under way
    int m_stall = 0;
    int m_marks = 0;
};

} // namespace Flotilla
