// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/runspanel.h"

#include "backends/fleet/loadtest/loadcompare.h"
#include "widgets/common/async.h"
#include "widgets/common/card.h"
#include "widgets/common/controls.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/loadsource.h"

#include <QHeaderView>
#include <QJsonObject>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr int roomForModel = 660, roomForHalf = 560; ///< width of the table
constexpr int leastForName = 160;
constexpr int leastForModel = 130, mostForModel = 280;

enum Column { When, Name, Live, Failed, AllLive, Half, Model, Columns };

int number(const QJsonObject &summary, const char *key)
{
    return summary.value(QLatin1String(key)).toInt();
}

QString seconds(const QJsonValue &value)
{
    return value.isDouble() ? stageSeconds(value.toDouble()) : QStringLiteral("–");
}

QString allLive(const QJsonObject &summary)
{
    return seconds(summary.value(QStringLiteral("time_to_s")).toObject().value(QStringLiteral("100")));
}

QString ofTimes(const QJsonObject &summary, const char *key)
{
    return seconds(summary.value(QStringLiteral("time_to_live_s")).toObject().value(QLatin1String(key)));
}

QString stateWord(const LoadRunInfo &run)
{
    if (run.state == LoadRunState::Cancelled)
        return RunsPanel::tr("Cancelled");
    if (run.state == LoadRunState::Interrupted)
        return RunsPanel::tr("Interrupted");
    return run.summary.value(QStringLiteral("passed")).toBool(true) ? RunsPanel::tr("Passed")
                                                                    : RunsPanel::tr("Did not pass");
}

QString figure(double value)
{
    return QLocale().toString(value, 'g', 4);
}

} // namespace

RunsPanel::RunsPanel(LoadSource *source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
{
    setObjectName(QStringLiteral("runsPanel"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    auto *both = new QWidget;
    auto *columns = new QHBoxLayout(both);
    columns->setContentsMargins(Space::l, Space::m, Space::l, Space::l);
    columns->setSpacing(Space::m);
    columns->addWidget(makeTable(), 62);
    columns->addWidget(makeDetail(), 38);
    m_stack->addWidget(both);
    m_stack->addWidget(m_empty);
    m_empty->show(QStringLiteral("scale"), tr("No runs yet"),
                  tr("Every run is kept here, to look at, compare and replay."), tr("Set one up"));
    connect(m_empty, &EmptyState::actionTriggered, this, &RunsPanel::newRunRequested);
    m_stack->setCurrentIndex(1);
}

QWidget *RunsPanel::makeTable()
{
    m_table = new QTableWidget(0, Columns);
    m_table->setObjectName(QStringLiteral("runsQTableWidget"));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setHorizontalHeaderLabels(
        {tr("When"), tr("Run"), tr("Live"), tr("Failed"), tr("All live in"), tr("Half within"), tr("Model")});
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Metric::row);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setWordWrap(false);
    QHeaderView *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(Name, QHeaderView::Stretch);
    header->setMinimumSectionSize(40);
    for (const auto &[column, width] :
         {std::pair{When, 64}, {Live, 124}, {Failed, 64}, {AllLive, 86}, {Half, 90}, {Model, leastForModel}})
        header->resizeSection(column, width);
    connect(header, &QHeaderView::geometriesChanged, this, &RunsPanel::fitModel);
    connect(&Theme::instance(), &Theme::changed, this, &RunsPanel::fill); // the colours of the items
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &RunsPanel::selectionChanged);
    return m_table;
}

// The name needs the room before them; one run's are beside.
void RunsPanel::fitModel()
{
    QHeaderView *header = m_table->horizontalHeader();
    const int width = m_table->viewport()->width();
    m_table->setColumnHidden(Model, width < roomForModel);
    m_table->setColumnHidden(Half, width < roomForHalf);
    const int others = header->length() - header->sectionSize(Name) - header->sectionSize(Model);
    header->resizeSection(Model, std::clamp(width - others - leastForName, leastForModel, mostForModel));
}

QWidget *RunsPanel::makeDetail()
{
    auto *card = new Card;
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(Space::l, Space::l, Space::l, Space::l);
    layout->setSpacing(Space::s);
    m_title = makeLabel({}, TextSize::Title, Tone::Text, QFont::DemiBold);
    m_subtitle = makeLabel({}, TextSize::Base, Tone::Muted);
    m_subtitle->setWordWrap(true);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle);
    m_actions = makeActions();
    layout->addWidget(m_actions);
    auto *scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Runs"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *facts = new QWidget;
    setSurface(facts, "surface");
    m_facts = new QVBoxLayout(facts);
    m_facts->setContentsMargins(0, Space::s, Space::s, 0);
    m_facts->setSpacing(0);
    scroll->setWidget(facts);
    layout->addWidget(scroll, 1);
    return card;
}

QWidget *RunsPanel::makeActions()
{
    auto *actions = new QWidget;
    auto *layout = new QHBoxLayout(actions);
    layout->setContentsMargins(0, Space::xs, 0, 0);
    layout->setSpacing(Space::s);
    auto *replay = makeButton(tr("Replay"), QStringLiteral("replayQPushButton"), ButtonKind::Primary);
    auto *speeds = new QMenu(replay);
    for (const int speed : {1, 5, 10, 30, 60})
        speeds->addAction(speed == 1 ? tr("As it was, 1×") : tr("%1× as fast").arg(speed), this, [this, speed] {
            if (const auto runs = selected(); runs.size() == 1)
                Q_EMIT replayRequested(runs[0].id, speed);
        });
    replay->setMenu(speeds);
    m_replay.append(replay);
    auto *report = makeButton(tr("Report"), QStringLiteral("runReportQPushButton"));
    auto *more = makeButton(tr("Export"), QStringLiteral("runExportQPushButton"));
    auto *formats = new QMenu(more);
    const auto exportAs = [this](const QString &format) {
        if (const auto runs = selected(); runs.size() == 1)
            Q_EMIT exportRequested(runs[0].id, format);
    };
    formats->addAction(tr("Apps as CSV…"), this, [exportAs] { exportAs(QStringLiteral("csv")); });
    formats->addAction(tr("Everything as JSON…"), this, [exportAs] { exportAs(QStringLiteral("json")); });
    more->setMenu(formats);
    auto *remove = makeButton(tr("Delete"), QStringLiteral("runDeleteQPushButton"), ButtonKind::Danger);
    for (QPushButton *button : {replay, report, more, remove})
        layout->addWidget(button);
    layout->addStretch(1);
    connect(report, &QPushButton::clicked, this, [this] {
        if (const auto runs = selected(); runs.size() == 1)
            Q_EMIT reportRequested(runs[0].id);
    });
    connect(remove, &QPushButton::clicked, this, &RunsPanel::removeSelected);
    return actions;
}

void RunsPanel::load()
{
    whenDone(m_source->runs(), this, [this](const Result<QList<LoadRunInfo>> &runs) {
        if (!runs.ok())
            return void(Q_EMIT failed(runs.error().text));
        m_runs = *runs;
        fill();
    });
}

void RunsPanel::setBusy(bool busy)
{
    m_busy = busy;
    for (QPushButton *button : std::as_const(m_replay))
        button->setEnabled(!busy);
}

void RunsPanel::fill()
{
    m_table->setRowCount(int(m_runs.size()));
    for (int row = 0; row < m_runs.size(); ++row)
        fillRow(row, m_runs[row]);
    m_stack->setCurrentIndex(m_runs.isEmpty() ? 1 : 0);
    if (!m_runs.isEmpty() && selected().isEmpty())
        m_table->selectRow(0);
    selectionChanged();
}

void RunsPanel::fillRow(int row, const LoadRunInfo &run)
{
    const QJsonObject &s = run.summary;
    const int failed = number(s, "failed") + number(s, "partial");
    QString model = s.value(QStringLiteral("model")).toString();
    if (s.value(QStringLiteral("recorded")).toBool())
        model = tr("Recorded answers");
    else if (s.value(QStringLiteral("simulated")).toBool())
        model = tr("Simulated");
    const QStringList texts{formatAge(run.started),
                            run.name.isEmpty() ? run.id : run.name,
                            tr("%1 of %2").arg(formatCount(number(s, "live")), formatCount(number(s, "requested"))),
                            formatCount(failed),
                            allLive(s),
                            ofTimes(s, "p50"),
                            model};
    for (int column = 0; column < Columns; ++column) {
        auto *item = new QTableWidgetItem(texts[column]);
        item->setToolTip(column == When ? QLocale().toString(run.started.toLocalTime(), QLocale::LongFormat)
                                        : texts[column]);
        item->setFont(column == Name || column == Model ? Theme::instance().font() : Theme::instance().tabular());
        if (column == Failed && failed > 0)
            item->setForeground(colors().failed);
        else if (column != Name && column != Live)
            item->setForeground(colors().muted);
        m_table->setItem(row, column, item);
    }
}

QList<LoadRunInfo> RunsPanel::selected() const
{
    QList<LoadRunInfo> runs;
    const auto rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &index : rows)
        runs.append(m_runs.value(index.row()));
    return runs;
}

void RunsPanel::selectionChanged()
{
    const auto runs = selected();
    m_actions->setVisible(runs.size() == 1);
    if (runs.size() == 1)
        return showOne(runs[0]);
    clearDetail();
    m_subtitle->clear();
    if (runs.size() == 2)
        return runs[0].started < runs[1].started ? showTwo(runs[0], runs[1]) : showTwo(runs[1], runs[0]);
    m_title->setText(tr("Compare two runs"));
    m_subtitle->setText(tr("Select one run to see it, or two (with Ctrl) to compare them."));
}

void RunsPanel::clearDetail()
{
    ++m_round;
    while (QLayoutItem *item = m_facts->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void RunsPanel::addFact(const QString &name, const QString &value, int tone)
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    row->setFixedHeight(28);
    layout->addWidget(makeLabel(name, TextSize::Base, Tone::Muted));
    layout->addStretch(1);
    auto *label = makeLabel(value, TextSize::Base, tone > 0 ? Tone::Live : tone < 0 ? Tone::Failed : Tone::Text);
    label->setFont(Theme::instance().tabular());
    layout->addWidget(label);
    m_facts->addWidget(row);
}

void RunsPanel::showOne(const LoadRunInfo &run)
{
    clearDetail();
    const QJsonObject &s = run.summary;
    m_title->setText(run.name.isEmpty() ? run.id : run.name);
    m_subtitle->setText(
        QStringLiteral("%1 · %2 · %3")
            .arg(stateWord(run), formatMoment(run.started), s.value(QStringLiteral("model")).toString()));
    addFact(tr("Live"), tr("%1 of %2").arg(formatCount(number(s, "live")), formatCount(number(s, "requested"))));
    const int failedCount = number(s, "failed") + number(s, "partial");
    addFact(tr("Failed"), formatCount(failedCount), failedCount > 0 ? -1 : 0);
    addFact(tr("Cancelled"), formatCount(number(s, "cancelled")));
    addFact(tr("All live in"), allLive(s));
    addFact(tr("Time to live, half within"), ofTimes(s, "p50"));
    addFact(tr("95 of 100 within"), ofTimes(s, "p95"));
    addFact(tr("99 of 100 within"), ofTimes(s, "p99"));
    addFact(tr("Slowest"), ofTimes(s, "max"));
    addFact(tr("Verified at once"), formatCount(number(s, "peak_live_verified")));
    addFact(tr("Dropped starts"), formatCount(number(s, "dropped_starts")));
    addFact(tr("Retries"), formatCount(number(s, "retries")));
    const QJsonObject classes = s.value(QStringLiteral("classes")).toObject();
    for (auto it = classes.begin(); it != classes.end(); ++it) {
        if (it.key() != QLatin1String(LoadClass::Live))
            addFact(outcomeWord(it.key()), formatCount(it.value().toInt()), -1);
    }
    m_facts->addStretch(1);
}

void RunsPanel::showTwo(const LoadRunInfo &before, const LoadRunInfo &after)
{
    m_title->setText(tr("Two runs compared"));
    m_subtitle->setText(tr("From “%1” (%2) to “%3” (%4)").arg(before.name, before.id, after.name, after.id));
    whenDone(m_source->run(before.id), this, [this, round = m_round, id = after.id](const Result<LoadRecord> &first) {
        if (!first.ok())
            return void(Q_EMIT failed(first.error().text));
        whenDone(m_source->run(id), this, [this, round, first = *first](const Result<LoadRecord> &second) {
            if (!second.ok())
                return void(Q_EMIT failed(second.error().text));
            if (round == m_round)
                showComparison(compareRuns(first, *second));
        });
    });
}

void RunsPanel::showComparison(const LoadComparison &comparison)
{
    for (const LoadDelta &delta : comparison.deltas) {
        const QString before = figure(delta.before);
        const QString after = figure(delta.after);
        const bool differs = before != after; // as far as one can see
        addFact(delta.title, QStringLiteral("%1 → %2").arg(before, after),
                delta.better && differs ? (*delta.better ? 1 : -1) : 0);
    }
    for (const QString &difference : comparison.differences) {
        auto *label = makeLabel(difference, TextSize::Base, Tone::Building);
        label->setWordWrap(true);
        m_facts->addWidget(label);
    }
    m_facts->addStretch(1);
}

void RunsPanel::removeSelected()
{
    const auto runs = selected();
    if (runs.size() != 1)
        return;
    whenDone(m_source->remove(runs[0].id), this, [this](const Status &removed) {
        if (!removed.ok())
            Q_EMIT failed(removed.error().text);
        load();
    });
}

} // namespace Flotilla
