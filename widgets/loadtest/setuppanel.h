// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/loadtest/loadplan.h"
#include "widgets/common/modelpicker.h"

#include <QDir>
#include <QWidget>

class QAbstractButton;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTimer;
class QVBoxLayout;

namespace Flotilla {

class HostPicker;
class LoadSource;
class PromptsPicker;
class RecordingPicker;
struct HostChoice;

/// What a run shall do: presets, a form, or the plan as JSON; beside it what stands in the way on this machine.
class SetupPanel : public QWidget
{
    Q_OBJECT

public:
    explicit SetupPanel(LoadSource *source, QWidget *parent = nullptr);

    Result<LoadPlan> plan() const; ///< as the form, or the JSON, says
    void setPlan(const LoadPlan &plan);
    void setModels(const QList<ModelChoice> &models, const QString &current);
    void setHosts(const QList<HostChoice> &hosts);
    void setBusy(bool busy); ///< a run is under way: Start waits
    void checkMachine();     ///< asks the source again
    void openPlan(const QString &path);

    static LoadPlan preset(int count);
    static const QList<int> &presetCounts();

Q_SIGNALS:
    void startRequested(const Flotilla::LoadPlan &plan);
    void failed(const QString &sentence);

private:
    QWidget *makePresets();
    QWidget *makeFormPage();
    QWidget *makeForm();
    QWidget *makeJson();
    QWidget *makeChecks();
    QWidget *makeReference();
    QWidget *makeButtons();
    void choosePreset(int count);
    void showPlan();
    int arrivalChoice() const;
    void takeArrival(LoadPlan &plan) const;
    void takeModel(LoadPlan &plan) const;
    LoadPlan formPlan() const;
    Result<LoadPlan> jsonPlan() const;
    Result<QList<LoadThreshold>> thresholds() const;
    void setJson(bool json);
    void edited();
    void showWhatCounts();
    void showChecks(const QStringList &problems);
    void showProblem(const QString &sentence);
    void start();
    void open();
    void save();

    LoadSource *m_source;
    LoadPlan m_plan;              ///< with what the form does not show
    QDir m_folder = QDir::home(); ///< of files that the plan names: that of the last one opened
    QList<QAbstractButton *> m_presets;
    QStackedWidget *m_pages;
    QSpinBox *m_count = nullptr;
    QComboBox *m_arrival = nullptr;
    QDoubleSpinBox *m_rampSeconds = nullptr;
    ModelPicker *m_model = nullptr;
    QComboBox *m_pace = nullptr;
    QDoubleSpinBox *m_answerSeconds = nullptr;
    PromptsPicker *m_prompts = nullptr;
    RecordingPicker *m_recording = nullptr;
    HostPicker *m_hosts = nullptr;
    QDoubleSpinBox *m_hold = nullptr;
    QLineEdit *m_thresholds = nullptr;
    QComboBox *m_afterwards = nullptr;
    QPlainTextEdit *m_json = nullptr;
    QPushButton *m_jsonButton = nullptr;
    QPushButton *m_start = nullptr;
    QLabel *m_problem = nullptr;
    QVBoxLayout *m_checks = nullptr;
    QTimer *m_timer;
    bool m_modelChosen = false; ///< else it is the default one
    bool m_filling = false;
    bool m_busy = false;
};

} // namespace Flotilla
