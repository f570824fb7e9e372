// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/hosts/hosttestpanel.h"

#include "widgets/common/async.h"
#include "widgets/common/card.h"
#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"
#include "widgets/hosts/hostsession.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

using State = HostTestStep::State;

QList<HostTestStep> emptySteps()
{
    const QList<QPair<const char *, QString>> steps{
        {"resolve", HostTestPanel::tr("Resolve the name")},     {"connect", HostTestPanel::tr("Connect")},
        {"host-key", HostTestPanel::tr("Check the host key")},  {"authenticate", HostTestPanel::tr("Log in")},
        {"agent", HostTestPanel::tr("Copy flotilla-agent")},    {"engine", HostTestPanel::tr("Find an engine")},
        {"sandbox", HostTestPanel::tr("Start a first sandbox")}};
    QList<HostTestStep> list;
    for (const auto &[id, title] : steps)
        list.append({QString::fromLatin1(id), title, State::Waiting, {}, {}});
    return list;
}

QString stateWord(State state)
{
    switch (state) {
    case State::Running:
        return HostTestPanel::tr("running");
    case State::Ok:
        return HostTestPanel::tr("works");
    case State::Failed:
        return HostTestPanel::tr("failed");
    case State::Skipped:
        return HostTestPanel::tr("skipped");
    case State::Waiting:
        break;
    }
    return HostTestPanel::tr("waiting");
}

} // namespace

HostTestPanel::HostTestPanel(HostSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_layout(new QVBoxLayout(this))
    , m_summary(makeLabel({}, TextSize::Base, Tone::Muted))
{
    setObjectName(QStringLiteral("hostTest"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Space::s);
    m_steps = emptySteps();
    for (const HostTestStep &step : std::as_const(m_steps)) {
        m_rows.append(makeRow());
        show(step);
    }
    m_summary->setObjectName(QStringLiteral("testSummaryQLabel"));
    m_summary->setWordWrap(true);
    m_layout->addWidget(m_summary);
    m_summary->hide();
    connect(session, &HostSession::testProgress, this, [this](const QString &test, const HostTestStep &step) {
        if (test == m_test)
            show(step);
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        for (int i = 0; i < m_steps.size(); ++i)
            showMark(m_rows[i], m_steps[i].state);
    });
}

HostTestPanel::~HostTestPanel()
{
    cancel();
}

HostTestPanel::Row HostTestPanel::makeRow()
{
    Row row;
    row.widget = new QWidget;
    row.mark = new QLabel;
    row.mark->setFixedSize(Metric::icon, Metric::icon);
    row.title = makeLabel({});
    row.text = makeLabel({}, TextSize::Base, Tone::Muted);
    row.text->setWordWrap(true);
    row.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row.remedyBox = new Card(nullptr, Card::Fill::Window);
    row.remedy = new QLabel;
    row.remedy->setFont(Theme::instance().monospace(12));
    row.remedy->setWordWrap(true);
    row.remedy->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row.remedy->setObjectName(QStringLiteral("remedyQLabel"));
    auto *copy = makeIconButton(QStringLiteral("copy"), tr("Copy what to do"), QStringLiteral("copyRemedyQToolButton"));
    connect(copy, &QToolButton::clicked, row.remedy,
            [label = row.remedy] { QApplication::clipboard()->setText(label->text()); });
    auto *box = new QHBoxLayout(row.remedyBox);
    box->setContentsMargins(Space::m, Space::s, Space::s, Space::s);
    box->addWidget(row.remedy, 1);
    box->addWidget(copy, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    column->addWidget(row.title);
    column->addWidget(row.text);
    column->addWidget(row.remedyBox);
    auto *layout = new QHBoxLayout(row.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::m);
    layout->addWidget(row.mark, 0, Qt::AlignTop);
    layout->addLayout(column, 1);
    m_layout->addWidget(row.widget);
    return row;
}

int HostTestPanel::indexOf(const QString &step) const
{
    for (int i = 0; i < m_steps.size(); ++i) {
        if (m_steps[i].id == step)
            return i;
    }
    return -1;
}

void HostTestPanel::showMark(const Row &row, State state)
{
    const auto &c = colors();
    const char *name = "clock";
    QColor color = c.faint;
    if (state == State::Ok) {
        name = "check";
        color = c.live;
    } else if (state == State::Failed) {
        name = "error";
        color = c.failed;
    } else if (state == State::Running) {
        name = "reload";
        color = c.working;
    }
    row.mark->setPixmap(iconPixmap(QString::fromLatin1(name), color, Metric::icon, devicePixelRatioF()));
}

void HostTestPanel::show(const HostTestStep &step)
{
    const int index = indexOf(step.id);
    if (index < 0)
        return;
    const QString title = step.title.isEmpty() ? m_steps[index].title : step.title;
    m_steps[index] = step;
    const Row &row = m_rows[index];
    showMark(row, step.state);
    row.title->setText(title);
    const bool quiet = step.state == State::Waiting || step.state == State::Skipped;
    setTone(row.title, quiet ? Tone::Muted : Tone::Text);
    row.text->setText(step.text);
    row.text->setVisible(!step.text.isEmpty());
    setTone(row.text, step.state == State::Failed ? Tone::Failed : Tone::Muted);
    row.remedy->setText(step.remedy);
    row.remedyBox->setVisible(step.state == State::Failed && !step.remedy.isEmpty());
    row.widget->setAccessibleName(
        QStringLiteral("%1: %2. %3 %4").arg(title, stateWord(step.state), step.text, step.remedy));
}

void HostTestPanel::run(const HostConfig &config)
{
    cancel();
    for (const HostTestStep &step : emptySteps())
        show(step);
    m_summary->hide();
    m_running = true;
    m_test = newId();
    whenDone(m_session->test(config, m_test), this, [this, test = m_test](const Result<QList<HostTestStep>> &steps) {
        if (test == m_test)
            finish(steps);
    });
}

void HostTestPanel::cancel()
{
    if (std::exchange(m_running, false))
        m_session->cancelTest(m_test);
    m_test.clear();
}

void HostTestPanel::finish(const Result<QList<HostTestStep>> &steps)
{
    m_running = false;
    if (steps) {
        for (const HostTestStep &step : *steps)
            show(step);
    }
    const bool passed = hasPassed();
    if (!steps)
        m_summary->setText(steps.error().text);
    else
        m_summary->setText(passed ? tr("Everything works: apps can run there.")
                                  : tr("Do what the red step says, then test again. The steps after it were skipped."));
    setTone(m_summary, passed ? Tone::Live : steps ? Tone::Muted : Tone::Failed);
    m_summary->setVisible(!m_summary->text().isEmpty());
    Q_EMIT finished(passed);
}

bool HostTestPanel::hasPassed() const
{
    bool any = false;
    for (const HostTestStep &step : m_steps) {
        if (step.state == State::Failed || step.state == State::Waiting || step.state == State::Running)
            return false;
        any = any || step.state == State::Ok;
    }
    return any;
}

// A thin line joins the marks of the steps.
void HostTestPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const auto &c = colors();
    for (int i = 0; i + 1 < m_rows.size(); ++i) {
        const int x = m_rows[i].widget->x() + Metric::icon / 2;
        const int from = m_rows[i].widget->y() + Metric::icon + 2;
        const int to = m_rows[i + 1].widget->y() - 2;
        if (to > from)
            painter.fillRect(QRect(x, from, 1, to - from), m_steps[i].state == State::Ok ? c.live : c.border);
    }
}

} // namespace Flotilla
