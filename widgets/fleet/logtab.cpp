// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/logtab.h"

#include "widgets/chat/logspage.h"
#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/fleet/logfeed.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QToolButton>

namespace Flotilla {

LogTab::LogTab(LogFeed *feed, QWidget *parent)
    : QWidget(parent)
    , m_feed(feed)
    , m_page(new LogsPage)
    , m_only(new QLineEdit)
    , m_pause(
          makeButton(tr("Pause"), QStringLiteral("logPauseQPushButton"), ButtonKind::Normal, QStringLiteral("pause")))
    , m_state(makeLabel({}, TextSize::Base, Tone::Muted))
{
    setObjectName(QStringLiteral("logTab"));
    setupUi();
    connect(feed, &LogFeed::reset, this, &LogTab::showAll);
    connect(feed, &LogFeed::added, this, &LogTab::add);
    connect(feed, &LogFeed::problemChanged, this, &LogTab::updateState);
    connect(m_only, &QLineEdit::textChanged, this, &LogTab::showAll);
    connect(m_pause, &QPushButton::toggled, this, [this](bool paused) {
        m_pause->setText(paused ? tr("Go on") : tr("Pause"));
        m_pause->setIcon(icon(paused ? "play" : "pause"));
        if (!paused)
            showAll();
        updateState();
    });
    auto *find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_page, &LogsPage::openSearch);
    showAll();
}

void LogTab::setupUi()
{
    m_pause->setCheckable(true);
    m_only->setObjectName(QStringLiteral("logOnlyQLineEdit"));
    m_only->setAccessibleName(tr("Only lines with"));
    m_only->setPlaceholderText(tr("Only lines with…"));
    m_only->setClearButtonEnabled(true);
    auto *search = makeIconButton(QStringLiteral("search"), tr("Search in the log (Ctrl+F)"),
                                  QStringLiteral("logSearchQToolButton"));
    auto *copy = makeIconButton(QStringLiteral("copy"), tr("Copy all lines"), QStringLiteral("logCopyQToolButton"));
    connect(search, &QToolButton::clicked, m_page, &LogsPage::openSearch);
    connect(copy, &QToolButton::clicked, this, [this] { QApplication::clipboard()->setText(m_page->text()); });
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Space::l, 0, Space::l, Space::s);
    row->setSpacing(Space::s);
    row->addWidget(m_only, 1);
    row->addWidget(m_pause);
    row->addWidget(search);
    row->addWidget(copy);
    m_state->setContentsMargins(Space::l, 0, Space::l, Space::xs);
    m_state->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_state);
    layout->addWidget(m_page, 1);
}

bool LogTab::isPaused() const
{
    return m_pause->isChecked();
}

bool LogTab::accepts(const LogLine &line) const
{
    const QString only = m_only->text();
    return only.isEmpty() || line.text.contains(only, Qt::CaseInsensitive) ||
           line.source.contains(only, Qt::CaseInsensitive);
}

void LogTab::showAll()
{
    m_heldBack = 0;
    QList<LogLine> shown;
    for (const LogLine &line : m_feed->lines()) {
        if (accepts(line))
            shown.append(line);
    }
    m_page->setLines(shown);
    updateState();
}

void LogTab::add(const QList<LogLine> &lines)
{
    if (isPaused()) {
        m_heldBack += int(lines.size());
        return updateState();
    }
    for (const LogLine &line : lines) {
        if (accepts(line))
            m_page->append(line);
    }
    updateState();
}

void LogTab::updateState()
{
    QString text = m_feed->problem();
    if (isPaused())
        text = tr("Paused. %n line(s) came since.", nullptr, m_heldBack);
    m_state->setText(text);
    m_state->setVisible(!text.isEmpty());
}

} // namespace Flotilla
