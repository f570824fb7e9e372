// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/logspage.h"

#include "backends/core/foreigntext.h"
#include "widgets/code/codeedit.h"
#include "widgets/code/findbar.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBlock>

namespace Flotilla {

namespace {
constexpr int FlushMs = 100;
constexpr int MaxLineLength = 4000;
constexpr int ErrorLine = QTextFormat::UserProperty;
} // namespace

LogsPage::LogsPage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("logsPage"));
    setupUi();
    m_timer.setSingleShot(true);
    m_timer.setInterval(FlushMs);
    connect(&m_timer, &QTimer::timeout, this, &LogsPage::flush);
    connect(m_follow, &QPushButton::clicked, this,
            [this] { m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum()); });
    connect(m_text->verticalScrollBar(), &QScrollBar::valueChanged, this, &LogsPage::updateState);
    connect(m_find, &FindBar::search, this, [this](const QString &text, bool up) {
        m_find->setFound(static_cast<CodeEdit *>(m_text)->findNext(text, m_find->flags(up)));
    });
    connect(&Theme::instance(), &Theme::changed, this, &LogsPage::color);
    updateState();
}

void LogsPage::setupUi()
{
    auto *edit = new CodeEdit;
    edit->setObjectName(QStringLiteral("logText"));
    edit->setAccessibleName(tr("Logs"));
    edit->setMaximumBlockCount(MaxLines);
    edit->setGutter({}, 0);
    m_text = edit;
    auto *empty = new EmptyState;
    empty->show(QStringLiteral("logs"), tr("No logs yet"), tr("What the sandbox of this app says shows up here."));
    m_find = new FindBar;
    m_follow =
        makeButton(tr("Follow"), QStringLiteral("followButton"), ButtonKind::Quiet, QStringLiteral("chevron-down"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(empty);
    m_stack->addWidget(m_text);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(Space::l, Space::xs, Space::l, Space::xs);
    bar->addStretch();
    bar->addWidget(m_follow);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_find);
    column->addWidget(m_stack, 1);
    column->addLayout(bar);
}

QString LogsPage::format(const LogLine &line)
{
    return QStringLiteral("%1  %2  %3%4")
        .arg(line.time.toLocalTime().toString(QStringLiteral("HH:mm:ss")), line.source.left(6).leftJustified(6),
             line.error ? QStringLiteral("! ") : QString(), formatForeign(line.text.left(MaxLineLength)));
}

void LogsPage::setLines(const QList<LogLine> &lines)
{
    m_waiting.clear();
    m_text->clear();
    add(lines.mid(std::max<qsizetype>(0, lines.size() - MaxLines)));
    m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
    updateState();
}

void LogsPage::add(const QList<LogLine> &lines)
{
    QTextCharFormat plain, error;
    error.setProperty(ErrorLine, true);
    error.setForeground(colors().failed);
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    for (const LogLine &line : lines) {
        if (!m_text->document()->isEmpty())
            cursor.insertBlock();
        cursor.insertText(format(line), line.error ? error : plain);
    }
    cursor.endEditBlock();
}

/// Errors, in the theme in force.
void LogsPage::color()
{
    QTextCharFormat error;
    error.setForeground(colors().failed);
    QTextCursor cursor(m_text->document());
    cursor.beginEditBlock();
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        const QTextBlock::iterator first = block.begin();
        if (first.atEnd() || !first.fragment().charFormat().hasProperty(ErrorLine))
            continue;
        cursor.setPosition(block.position());
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        cursor.mergeCharFormat(error);
    }
    cursor.endEditBlock();
}

void LogsPage::append(const LogLine &line)
{
    m_waiting.append(line);
    if (m_waiting.size() > MaxLines)
        m_waiting.removeFirst();
    if (!m_timer.isActive())
        m_timer.start();
}

void LogsPage::flush()
{
    const bool follow = isFollowing();
    const QList<LogLine> lines = std::exchange(m_waiting, {});
    QScrollBar *bar = m_text->verticalScrollBar();
    const int dropped = std::max(0, m_text->blockCount() + int(lines.size()) - MaxLines); // one line each
    const int place = bar->value() - dropped;
    add(lines);
    bar->setValue(follow ? bar->maximum() : place);
    updateState();
}

bool LogsPage::isFollowing() const
{
    const QScrollBar *bar = m_text->verticalScrollBar();
    return bar->value() >= bar->maximum() - 1;
}

void LogsPage::updateState()
{
    m_stack->setCurrentIndex(m_text->document()->isEmpty() ? 0 : 1);
    m_follow->setVisible(!isFollowing());
}

void LogsPage::openSearch()
{
    m_find->open();
}

QString LogsPage::text() const
{
    return m_text->toPlainText();
}

} // namespace Flotilla
