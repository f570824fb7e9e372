// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/setuppanel.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/hostpicker.h"
#include "widgets/loadtest/loadsource.h"
#include "widgets/loadtest/promptspicker.h"
#include "widgets/loadtest/recordingpicker.h"
#include "widgets/loadtest/setupparts.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int checkDelayMs = 250;
constexpr double vibeSeconds = 27;
constexpr double longest = 7 * 24 * 3600.0; ///< as in a plan
constexpr double leastRamp = 1;
constexpr double leastAnswer = 0.1;

/// Choices of a box: what the form can say, and what only the plan says.
enum Choice { Plain, Timed, Own };

bool beginsEvenly(const LoadPlan &plan)
{
    return !plan.closed && plan.stages.size() == 1 && plan.stages[0].shape == LoadStage::Shape::Linear &&
           plan.stages[0].seconds >= leastRamp;
}

double rampOf(const LoadPlan &plan)
{
    return beginsEvenly(plan) ? plan.stages[0].seconds : 60;
}

Choice paceChoice(const LoadPace &pace)
{
    const bool timed = pace.answerSeconds >= leastAnswer && pace.firstTokenMs == 0;
    return !pace.any() ? Plain : timed ? Timed : Own;
}

double answerOf(const LoadPlan &plan)
{
    return paceChoice(plan.pace) == Timed ? plan.pace.answerSeconds : vibeSeconds;
}

/// What the field says; `was` itself where that is what it shows, rounded.
double picked(const QDoubleSpinBox *box, double was)
{
    return box->textFromValue(box->value()) == box->textFromValue(was) ? was : box->value();
}

void setChoice(QComboBox *box, Choice choice, const QString &own)
{
    if (box->count() > Own)
        box->removeItem(Own);
    if (choice == Own)
        box->addItem(own);
    box->setCurrentIndex(choice);
}

QString thresholdText(const QList<LoadThreshold> &thresholds)
{
    QStringList texts;
    for (const LoadThreshold &t : thresholds)
        texts.append(QStringLiteral("%1 %2 %3")
                         .arg(t.metric, t.op, QString::number(t.value, 'g', QLocale::FloatingPointShortest)));
    return texts.join(QStringLiteral(", "));
}

} // namespace

SetupPanel::SetupPanel(LoadSource *source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_pages(new QStackedWidget)
    , m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("setupPanel"));
    m_timer->setSingleShot(true);
    m_timer->setInterval(checkDelayMs);
    connect(m_timer, &QTimer::timeout, this, &SetupPanel::checkMachine);
    auto *body = new QWidget;
    auto *content = new QVBoxLayout(body);
    content->setContentsMargins(Space::page, Space::xl, Space::page, Space::m);
    content->setSpacing(Space::l);
    content->addWidget(makeLabel(tr("How many apps at once?"), TextSize::Hero, Tone::Text, QFont::DemiBold));
    content->addWidget(makePresets());
    m_pages->addWidget(makeFormPage());
    m_pages->addWidget(makeJson());
    auto *right = new QVBoxLayout;
    right->setSpacing(Space::l);
    right->addWidget(makeChecks());
    right->addWidget(makeReference());
    right->addStretch(1);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(Space::l);
    columns->addWidget(m_pages, 3);
    columns->addLayout(right, 2);
    content->addLayout(columns, 1);
    setAccessibleName(tr("New run"));
    setupPage(this, body, makeButtons());
    setPlan(preset(1000));
}

const QList<int> &SetupPanel::presetCounts()
{
    static const QList<int> counts{10, 100, 1000, 10'000};
    return counts;
}

LoadPlan SetupPanel::preset(int count)
{
    LoadPlan plan;
    plan.name = count == 1000 ? QStringLiteral("0 to 1000") : QStringLiteral("%1 apps").arg(count);
    plan.count = count;
    plan.holdSeconds = count >= 1000 ? 60 : 30;
    plan.sweeps = 2;
    plan.thresholds = {{QStringLiteral("failed"), QStringLiteral("=="), 0},
                       {QStringLiteral("partial"), QStringLiteral("=="), 0}};
    return plan;
}

QWidget *SetupPanel::makePresets()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::m);
    const QStringList captions{tr("a first look"), tr("a busy afternoon"), tr("0 to 1,000: the show"),
                               tr("the limit of a machine")};
    for (qsizetype i = 0; i < presetCounts().size(); ++i) {
        const int count = presetCounts()[i];
        auto *tile = new PresetTile(formatCount(count), captions[i]);
        tile->setObjectName(QStringLiteral("preset%1").arg(count));
        connect(tile, &QAbstractButton::clicked, this, [this, count] { choosePreset(count); });
        m_presets.append(tile);
        layout->addWidget(tile, 1);
    }
    return row;
}

/// The form as tall as its rows.
QWidget *SetupPanel::makeFormPage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeForm());
    layout->addStretch(1);
    return page;
}

QWidget *SetupPanel::makeForm()
{
    auto *form = new SetupForm;
    m_count = form->addCount(tr("Apps"), 1, 100'000);
    m_count->setObjectName(QStringLiteral("countQSpinBox"));
    m_arrival =
        form->addChoice(tr("They begin"), {tr("all at once"), tr("evenly over")}, &m_rampSeconds, leastRamp, longest);
    m_model = new ModelPicker;
    form->addRow(tr("Model"), m_model);
    m_pace = form->addChoice(tr("Its time"), {tr("as it is"), tr("simulated, per app")}, &m_answerSeconds, leastAnswer,
                             longest);
    m_pace->setObjectName(QStringLiteral("paceQComboBox"));
    m_prompts = new PromptsPicker;
    form->addRow(tr("Wishes"), m_prompts);
    m_recording = new RecordingPicker(this);
    form->addRow(tr("Recorded answers"), m_recording);
    m_hosts = new HostPicker;
    form->addRow(tr("Hosts"), m_hosts);
    m_hold = form->addSeconds(tr("Hold all for"), 0, longest);
    m_thresholds = form->addText(tr("It passes when"), QStringLiteral("failed == 0, time_to_live_s.p95 <= 20"),
                                 QStringLiteral("thresholdsQLineEdit"));
    QDoubleSpinBox *none = nullptr;
    m_afterwards = form->addChoice(tr("Afterwards the apps"),
                                   {tr("are removed"), tr("go to sleep"), tr("go on running")}, &none, 0, 0);
    for (auto *box : {m_arrival, m_pace, m_afterwards})
        connect(box, &QComboBox::currentIndexChanged, this, &SetupPanel::edited);
    for (auto *box : {m_rampSeconds, m_answerSeconds, m_hold})
        connect(box, &QDoubleSpinBox::valueChanged, this, &SetupPanel::edited);
    connect(m_count, &QSpinBox::valueChanged, this, &SetupPanel::edited);
    connect(m_thresholds, &QLineEdit::textEdited, this, &SetupPanel::edited);
    connect(m_hosts, &HostPicker::chosen, this, &SetupPanel::edited);
    for (FileChoice *file : std::initializer_list<FileChoice *>{m_prompts, m_recording}) {
        connect(file, &FileChoice::chosen, this, &SetupPanel::edited);
        connect(file, &FileChoice::failed, this, &SetupPanel::showProblem);
    }
    connect(m_model, &ModelPicker::chosen, this, [this](const QString &ref) {
        m_model->setCurrent(ref);
        m_modelChosen = true;
        edited();
    });
    return form;
}

QWidget *SetupPanel::makeJson()
{
    m_json = new QPlainTextEdit;
    m_json->setObjectName(QStringLiteral("planQPlainTextEdit"));
    m_json->setFont(Theme::instance().monospace(13));
    m_json->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_json->setAccessibleName(tr("Plan as JSON"));
    connect(m_json, &QPlainTextEdit::textChanged, this, &SetupPanel::edited);
    return m_json;
}

QWidget *SetupPanel::makeChecks()
{
    auto *card = new Card;
    m_checks = new QVBoxLayout(card);
    m_checks->setContentsMargins(Space::l, Space::m, Space::l, Space::m);
    m_checks->setSpacing(Space::s);
    card->setObjectName(QStringLiteral("checksCard"));
    card->setMinimumWidth(260);
    return card;
}

QWidget *SetupPanel::makeReference()
{
    return new ReferenceCard;
}

QWidget *SetupPanel::makeButtons()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(Space::page, Space::m, Space::page, Space::l);
    layout->setSpacing(Space::s);
    m_start =
        makeButton(tr("Start"), QStringLiteral("startRunQPushButton"), ButtonKind::Primary, QStringLiteral("play"));
    m_start->setIcon({});
    m_start->setMinimumWidth(140);
    m_problem = makeLabel({}, TextSize::Base, Tone::Failed);
    m_problem->setObjectName(QStringLiteral("planProblemQLabel"));
    m_problem->setWordWrap(true);
    m_jsonButton = makeButton(tr("Plan as JSON"), QStringLiteral("jsonQPushButton"), ButtonKind::Quiet);
    m_jsonButton->setCheckable(true);
    auto *openButton = makeButton(tr("Open…"), QStringLiteral("openPlanQPushButton"), ButtonKind::Quiet);
    auto *saveButton = makeButton(tr("Save…"), QStringLiteral("savePlanQPushButton"), ButtonKind::Quiet);
    layout->addWidget(m_start);
    layout->addWidget(m_problem, 1);
    for (QPushButton *button : {m_jsonButton, openButton, saveButton})
        layout->addWidget(button);
    connect(m_start, &QPushButton::clicked, this, &SetupPanel::start);
    connect(m_jsonButton, &QPushButton::toggled, this, &SetupPanel::setJson);
    connect(openButton, &QPushButton::clicked, this, &SetupPanel::open);
    connect(saveButton, &QPushButton::clicked, this, &SetupPanel::save);
    return row;
}

void SetupPanel::choosePreset(int count)
{
    LoadPlan plan = preset(count);
    const LoadPlan now = formPlan();
    plan.model = now.model;
    plan.pace = now.pace;
    plan.prompts = now.prompts;
    plan.recording = now.recording;
    plan.hosts = now.hosts;
    setPlan(plan);
}

void SetupPanel::setPlan(const LoadPlan &plan)
{
    m_plan = plan;
    showPlan();
    showProblem({});
    m_timer->start();
}

void SetupPanel::showPlan()
{
    m_filling = true;
    m_count->setValue(m_plan.total());
    setChoice(m_arrival, static_cast<Choice>(arrivalChoice()),
              m_plan.closed ? tr("when another one ends") : tr("in %n stage(s)", nullptr, int(m_plan.stages.size())));
    m_rampSeconds->setValue(rampOf(m_plan));
    setChoice(m_pace, paceChoice(m_plan.pace), tr("as the plan says"));
    m_answerSeconds->setValue(answerOf(m_plan));
    m_model->setCurrent(m_plan.model);
    m_prompts->setCurrent(m_plan.prompts);
    m_recording->setCurrent(m_plan.recording);
    m_hosts->setCurrent(m_plan.hosts);
    m_hold->setValue(m_plan.holdSeconds);
    m_thresholds->setText(thresholdText(m_plan.thresholds));
    m_afterwards->setCurrentIndex(int(m_plan.afterwards));
    m_json->setPlainText(QString::fromUtf8(QJsonDocument(toJson(m_plan)).toJson()));
    for (qsizetype i = 0; i < m_presets.size(); ++i)
        m_presets[i]->setChecked(presetCounts()[i] == m_plan.total());
    showWhatCounts();
    m_filling = false;
}

int SetupPanel::arrivalChoice() const
{
    if (beginsEvenly(m_plan))
        return Timed;
    return m_plan.closed || !m_plan.stages.isEmpty() ? Own : Plain;
}

void SetupPanel::setModels(const QList<ModelChoice> &models, const QString &current)
{
    m_model->setChoices(models);
    if (!m_modelChosen)
        m_plan.model = current;
    m_model->setCurrent(m_plan.model);
}

void SetupPanel::setHosts(const QList<HostChoice> &hosts)
{
    m_hosts->setChoices(hosts);
}

Result<QList<LoadThreshold>> SetupPanel::thresholds() const
{
    QList<LoadThreshold> all;
    const QStringList texts = m_thresholds->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &text : texts) {
        const auto threshold = thresholdFromText(text.trimmed());
        if (!threshold.ok())
            return threshold.error();
        all.append(*threshold);
    }
    return all;
}

void SetupPanel::takeArrival(LoadPlan &plan) const
{
    plan.count = m_count->value();
    if (m_arrival->currentIndex() == Own)
        return;
    const double seconds = picked(m_rampSeconds, rampOf(plan));
    const bool evenly = m_arrival->currentIndex() == Timed;
    plan.closed = false;
    plan.poisson = plan.poisson && evenly;
    plan.stages.clear();
    if (evenly)
        plan.stages = {{LoadStage::Shape::Linear, plan.count, seconds}};
}

void SetupPanel::takeModel(LoadPlan &plan) const
{
    if (!m_model->current().isEmpty())
        plan.model = m_model->current();
    if (m_pace->currentIndex() == Plain)
        plan.pace = {};
    else if (m_pace->currentIndex() == Timed)
        plan.pace = {0, 0, picked(m_answerSeconds, answerOf(plan))};
    plan.recording = m_recording->current();
    if (plan.recorded()) { // it has its own times, and is not recorded again
        plan.pace = {};
        plan.record.clear();
    }
}

LoadPlan SetupPanel::formPlan() const
{
    LoadPlan plan = m_plan;
    takeArrival(plan);
    takeModel(plan);
    plan.prompts = m_prompts->current();
    plan.hosts = m_hosts->current();
    plan.holdSeconds = picked(m_hold, plan.holdSeconds);
    plan.afterwards = static_cast<LoadPlan::Afterwards>(m_afterwards->currentIndex());
    return plan;
}

Result<LoadPlan> SetupPanel::jsonPlan() const
{
    return loadPlanFromText(m_json->toPlainText().toUtf8(), tr("The plan"), m_folder);
}

Result<LoadPlan> SetupPanel::plan() const
{
    if (m_pages->currentIndex() == 1)
        return jsonPlan();
    LoadPlan plan = formPlan();
    const auto limits = thresholds();
    if (!limits.ok())
        return limits.error();
    plan.thresholds = *limits;
    if (const Status fine = checkPlan(plan); !fine.ok())
        return fine.error();
    return plan;
}

void SetupPanel::setJson(bool json)
{
    const auto now = plan();
    if (!json && !now.ok()) { // the text stays until it is a plan
        m_jsonButton->setChecked(true);
        return showProblem(now.error().text);
    }
    if (now.ok()) {
        m_modelChosen = m_modelChosen || now->model != m_plan.model;
        m_plan = *now;
    }
    m_pages->setCurrentIndex(json ? 1 : 0);
    showPlan();
    showProblem({});
}

void SetupPanel::edited()
{
    if (m_filling)
        return;
    if (m_arrival->currentIndex() == Own && !m_plan.closed && m_count->value() != m_plan.total())
        m_arrival->setCurrentIndex(Plain); // the stages are about another number of apps
    showWhatCounts();
    for (qsizetype i = 0; i < m_presets.size(); ++i)
        m_presets[i]->setChecked(presetCounts()[i] == m_count->value());
    m_timer->start();
}

void SetupPanel::showWhatCounts()
{
    const bool asked = m_recording->current().isEmpty();
    m_model->setEnabled(asked);
    m_pace->setEnabled(asked);
    m_rampSeconds->setVisible(m_arrival->currentIndex() == Timed);
    m_answerSeconds->setVisible(asked && m_pace->currentIndex() == Timed);
}

void SetupPanel::setBusy(bool busy)
{
    m_busy = busy;
    m_start->setEnabled(!busy);
    m_start->setText(busy ? tr("A run is under way") : tr("Start"));
}

void SetupPanel::checkMachine()
{
    const auto now = plan();
    showProblem(now.ok() ? QString() : now.error().text);
    m_start->setEnabled(now.ok() && !m_busy);
    if (!now.ok())
        return;
    whenDone(m_source->preflight(*now), this, [this](const Result<QStringList> &problems) {
        showChecks(problems.ok() ? *problems : QStringList{problems.error().text});
    });
}

void SetupPanel::showChecks(const QStringList &problems)
{
    while (QLayoutItem *item = m_checks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_checks->addWidget(makeLabel(tr("Before it starts"), TextSize::Base, Tone::Text, QFont::DemiBold));
    if (problems.isEmpty())
        m_checks->addWidget(new CheckLine(true, tr("No limit of this machine stands in the way.")));
    for (const QString &problem : problems)
        m_checks->addWidget(new CheckLine(false, problem));
}

void SetupPanel::showProblem(const QString &sentence)
{
    m_problem->setText(sentence);
}

void SetupPanel::start()
{
    const auto now = plan();
    if (now.ok())
        Q_EMIT startRequested(*now);
    else
        showProblem(now.error().text);
}

} // namespace Flotilla
