// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagelayouter.h"

#include "widgets/chat/messagetext.h"

#include <QTextDocument>

namespace Flotilla {

using namespace MessageMetric;

namespace {

constexpr int MaxResultLines = 14;
constexpr int LineStep = 18; // a line of monospace in a card

} // namespace

void MessageLayouter::add(const ToolBlock &tool)
{
    const bool running = tool.state == ToolBlock::State::Streaming || tool.state == ToolBlock::State::Running;
    if (running && m_live) {
        flushTools();
        return liveCard(tool);
    }
    if (!MessageText::changesFiles(tool)) {
        flushTools();
        return toolLine(tool);
    }
    QList<FileRow> &rows = m_live ? m_pending : m_changed;
    merge(rows, rowOf(tool));
}

/// The card of a file that is being written: its last lines, growing to a fixed height and no further.
void MessageLayouter::liveCard(const ToolBlock &tool)
{
    LayoutItem item = make(ItemKind::ToolCard, StatusKind::Working);
    item.live = true;
    item.title = MessageText::toolTitle(tool);
    item.trail = lines(MessageText::lineCount(tool.preview));
    item.lines = MessageText::lastLines(tool.preview, liveLines);
    if (tool.preview.isEmpty())
        item.lines.clear();
    const int body = item.lines.isEmpty() ? 0 : int(item.lines.size()) * LineStep + Space::s;
    item.rect = QRect(side, m_y, m_inner, row + body);
    place(item);
}

QString MessageLayouter::lines(int count)
{
    return count == 0 ? QString() : QCoreApplication::translate("Chat", "%n line(s)", nullptr, count);
}

void MessageLayouter::toolLine(const ToolBlock &tool)
{
    LayoutItem item = make(ItemKind::ToolLine);
    const bool failed = tool.state == ToolBlock::State::Failed;
    item.status = failed ? StatusKind::Failed : StatusKind::Live;
    item.title = MessageText::toolDone(tool);
    item.expandable = !tool.result.isEmpty();
    item.expanded = item.expandable && m_context.expanded.contains(m_block);
    item.rect = QRect(side, m_y, m_inner, Metric::chip);
    if (item.expandable)
        hit(item.rect, HitAction::ToggleExpand, {}, m_block, {}, item.title);
    if (item.expanded) {
        item.lines = MessageText::lastLines(tool.result, MaxResultLines);
        item.rect.setHeight(Metric::chip + int(item.lines.size()) * LineStep + Space::s);
    }
    place(item, Space::xs);
}

FileRow MessageLayouter::rowOf(const ToolBlock &tool) const
{
    const bool failed = tool.state == ToolBlock::State::Failed;
    FileRow file{tool.path, {}, tool.added, tool.removed, failed};
    if (file.failed)
        file.note = tool.result.section(QLatin1Char('\n'), 0, 0).left(200);
    else if (tool.created)
        file.note = tr("new");
    else if (tool.tool == QLatin1String("delete_file"))
        file.note = tr("deleted");
    return file;
}

void MessageLayouter::merge(QList<FileRow> &rows, const FileRow &file)
{
    for (FileRow &known : rows) {
        if (known.path != file.path)
            continue;
        if (!file.failed || known.failed) {
            const QString note = file.failed || known.failed || file.note == tr("deleted") ? file.note : known.note;
            known = {known.path, note, known.added + file.added, known.removed + file.removed, file.failed};
        }
        return;
    }
    rows.append(file);
}

void MessageLayouter::flushTools()
{
    filesCard(m_pending);
    m_pending.clear();
}

void MessageLayouter::filesCard(const QList<FileRow> &files)
{
    if (files.isEmpty())
        return;
    LayoutItem item = make(ItemKind::FilesCard);
    item.files = files;
    item.rect = QRect(side, m_y, m_inner, int(files.size()) * row);
    for (int i = 0; i < files.size(); ++i) {
        const QRect line(side, m_y + i * row, m_inner, row);
        const QString tip = files[i].failed ? files[i].note : tr("Show what changed in %1").arg(files[i].path);
        hit(line, HitAction::OpenDiff, files[i].path, m_message.version, tip,
            files[i].failed ? QStringLiteral("%1: %2").arg(files[i].path, files[i].note) : tip);
    }
    place(item);
}

void MessageLayouter::add(const NoticeBlock &notice)
{
    flushTools();
    LayoutItem item = make(ItemKind::Notice);
    item.status = notice.severity == NoticeBlock::Severity::Error     ? StatusKind::Failed
                  : notice.severity == NoticeBlock::Severity::Warning ? StatusKind::Building
                                                                      : StatusKind::Idle;
    const bool card = notice.severity != NoticeBlock::Severity::Info;
    int height = noticeText(notice, item, card);
    if (!notice.detail.isEmpty() || !notice.file.isEmpty())
        height = noticeDetail(notice, item, height, card);
    item.rect = QRect(side, m_y, m_inner, height);
    place(item);
}

int MessageLayouter::noticeText(const NoticeBlock &notice, LayoutItem &item, bool card)
{
    const int pad = card ? Space::m : 0;
    const int width = m_inner - 2 * pad - (card ? 0 : Space::l);
    item.source = MessageText::notice(notice, m_live && m_block + 1 == m_message.blocks.size(), m_context.now);
    item.document = reuse(ItemKind::Notice, item.source);
    if (!item.document)
        item.document = plainDocument(item.source, width - (card ? Space::l : 0));
    item.textAt = QPoint(side + pad + Space::l, m_y + (card ? Space::s + 1 : 0));
    return int(item.document->size().height()) + (card ? 2 * (Space::s + 1) : 0);
}

int MessageLayouter::noticeDetail(const NoticeBlock &notice, LayoutItem &item, int height, bool card)
{
    if (!notice.file.isEmpty()) {
        item.note = notice.line > 0 ? QStringLiteral("%1:%2").arg(notice.file).arg(notice.line) : notice.file;
        const QRect link(side + Space::m + Space::l, m_y + height - (card ? Space::xs : 0), m_inner - 3 * Space::m,
                         LineStep);
        hit(link, HitAction::OpenFile, notice.file, notice.line, tr("Show the line"),
            tr("Show the line %1").arg(item.note));
        height += LineStep;
    }
    if (!notice.detail.isEmpty()) {
        const QStringList all = notice.detail.split(QLatin1Char('\n'));
        item.lines = all.mid(0, MaxResultLines);
        for (QString &line : item.lines)
            line = line.left(240);
        height += int(item.lines.size()) * LineStep;
    }
    return height;
}

} // namespace Flotilla
