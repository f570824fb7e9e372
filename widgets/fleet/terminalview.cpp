// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/terminalview.h"

#include "widgets/common/controls.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

namespace Flotilla {

namespace {
constexpr int terminalFont = 12;
constexpr int margin = 8;
constexpr int frameMs = 16;
} // namespace

TerminalView::TerminalView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_screen(std::make_unique<TerminalScreen>(80, 24, [this](const QByteArray &bytes) { Q_EMIT typed(bytes); }))
{
    setObjectName(QStringLiteral("terminalView"));
    setAccessibleName(tr("Terminal"));
    setAccessibleDescription(tr("Ctrl+Tab leaves the terminal."));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    viewport()->setCursor(Qt::IBeamCursor);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMs);
    connect(&m_frame, &QTimer::timeout, this, &TerminalView::frame);
    connect(&Theme::instance(), &Theme::changed, this, &TerminalView::applyTheme);
    applyTheme();
}

TerminalView::~TerminalView() = default;

void TerminalView::applyTheme()
{
    setFont(Theme::instance().monospace(terminalFont));
    const QFontMetrics metrics(Theme::instance().monospace(terminalFont));
    m_cell = {double(metrics.horizontalAdvance(QLatin1Char('M'))), double(metrics.height() + 2)};
    m_ascent = metrics.ascent() + 1;
    viewport()->update();
}

void TerminalView::write(const QByteArray &bytes)
{
    m_pending += bytes.size();
    m_screen->write(bytes);
    if (!m_frame.isActive())
        m_frame.start();
}

void TerminalView::clear()
{
    m_screen->reset();
    m_begin = m_end = {};
    frame();
}

void TerminalView::frame()
{
    follow();
    viewport()->update();
    Q_EMIT shown(std::exchange(m_pending, 0));
}

// The view stays at the end unless a person looks back.
void TerminalView::follow()
{
    QScrollBar *bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    bar->setRange(0, m_screen->history());
    bar->setPageStep(m_screen->rows());
    if (atEnd)
        bar->setValue(bar->maximum());
}

int TerminalView::topRow() const
{
    return verticalScrollBar()->value() - m_screen->history();
}

QSize TerminalView::gridSize() const
{
    return {qBound(2, int((viewport()->width() - 2 * margin) / m_cell.width()), TerminalScreen::mostColumns),
            qBound(2, int((viewport()->height() - margin) / m_cell.height()), TerminalScreen::mostRows)};
}

void TerminalView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    const QSize grid = gridSize();
    if (grid == QSize(m_screen->columns(), m_screen->rows()))
        return;
    m_screen->resize(grid.width(), grid.height());
    follow();
    Q_EMIT resized(grid.width(), grid.height());
}

void TerminalView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), colors().window);
    const int top = topRow();
    const int base = m_screen->history();
    for (int line = 0; line < m_screen->rows(); ++line) {
        const int row = top + line;
        for (int column = 0; column < m_screen->columns();) {
            const TerminalCell cell = m_screen->cell(row, column);
            const QRect box(margin + int(column * m_cell.width()), margin / 2 + int(line * m_cell.height()),
                            int(m_cell.width()) * cell.width, int(m_cell.height()));
            paintCell(painter, box, cell, isSelected(base + row, column));
            column += cell.width;
        }
    }
    paintCursor(painter, top);
}

void TerminalView::paintCell(QPainter &painter, const QRect &box, const TerminalCell &cell, bool selected)
{
    const auto &c = colors();
    QColor front = cell.foreground ? QColor(*cell.foreground) : c.text;
    QColor back = cell.background ? QColor(*cell.background) : c.window;
    if (cell.reverse)
        std::swap(front, back);
    if (!c.dark && cell.foreground && !cell.background && !cell.reverse && front.lightness() > 150)
        front = front.darker(180); // colours that programs choose for dark screens
    if (selected)
        back = c.accentSoft;
    if (selected || cell.background || cell.reverse)
        painter.fillRect(box, back);
    if (cell.text.isEmpty() || cell.text == QLatin1String(" "))
        return;
    QFont font = this->font();
    font.setBold(cell.bold);
    font.setItalic(cell.italic);
    font.setUnderline(cell.underline);
    font.setStrikeOut(cell.strike);
    painter.setFont(font);
    painter.setPen(front);
    painter.drawText(QPoint(box.left(), box.top() + m_ascent), cell.text);
}

void TerminalView::paintCursor(QPainter &painter, int firstRow)
{
    const auto [row, column] = m_screen->cursor();
    const int line = row - firstRow;
    if (!m_screen->isCursorVisible() || !m_input || line < 0 || line >= m_screen->rows())
        return;
    const QRect box(margin + int(column * m_cell.width()), margin / 2 + int(line * m_cell.height()),
                    int(m_cell.width()), int(m_cell.height()));
    QColor color = colors().accent;
    if (!hasFocus()) {
        painter.setPen(color);
        painter.setBrush(Qt::NoBrush);
        return painter.drawRect(box.adjusted(0, 0, -1, -1));
    }
    color.setAlpha(150);
    painter.fillRect(box, color);
}

TerminalView::Position TerminalView::positionAt(const QPoint &point) const
{
    const int line = int((point.y() - margin / 2) / m_cell.height());
    const int column = int((point.x() - margin) / m_cell.width());
    return {m_screen->history() + topRow() + qBound(0, line, m_screen->rows() - 1),
            qBound(0, column, m_screen->columns())};
}

bool TerminalView::isSelected(int row, int column) const
{
    const Position here{row, column};
    return here >= qMin(m_begin, m_end) && here < qMax(m_begin, m_end);
}

QString TerminalView::selectedText() const
{
    const Position from = qMin(m_begin, m_end), to = qMax(m_begin, m_end);
    QStringList lines;
    for (int row = from.row; row <= to.row && from != to; ++row) {
        const QString line = m_screen->lineText(row - m_screen->history());
        const int begin = row == from.row ? from.column : 0;
        const int end = row == to.row ? to.column : int(line.size());
        lines.append(line.mid(begin, qMax(0, end - begin)));
    }
    return lines.join(QLatin1Char('\n'));
}

void TerminalView::copy() const
{
    if (const QString text = selectedText(); !text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void TerminalView::pasteClipboard()
{
    if (m_input)
        m_screen->paste(QApplication::clipboard()->text());
}

void TerminalView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_begin = m_end = positionAt(event->position().toPoint());
    viewport()->update();
}

void TerminalView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    m_end = positionAt(event->position().toPoint());
    viewport()->update();
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Position at = positionAt(event->position().toPoint());
    const QString line = m_screen->lineText(at.row - m_screen->history());
    int from = at.column, to = at.column;
    const auto isWord = [&line](int i) { return i >= 0 && i < line.size() && !line[i].isSpace(); };
    while (isWord(from - 1))
        --from;
    while (isWord(to))
        ++to;
    m_begin = {at.row, from};
    m_end = {at.row, to};
    viewport()->update();
}

void TerminalView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *copyAction = menu->addAction(tr("Copy"), this, [this] { copy(); });
    copyAction->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+C")));
    copyAction->setEnabled(!selectedText().isEmpty());
    auto *pasteAction = menu->addAction(tr("Paste"), this, &TerminalView::pasteClipboard);
    pasteAction->setShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+V")));
    pasteAction->setEnabled(m_input);
    menu->popup(event->globalPos());
}

// The shell gets every key but the few that belong to the window: pages, full screen, and the way out.
bool TerminalView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        const bool page = key->modifiers() == Qt::ControlModifier && key->key() >= Qt::Key_1 && key->key() <= Qt::Key_9;
        if (!page && key->key() != Qt::Key_F11) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool TerminalView::handleOwnKey(QKeyEvent *event)
{
    const auto modifiers = event->modifiers();
    const bool both = modifiers.testFlag(Qt::ControlModifier) && modifiers.testFlag(Qt::ShiftModifier);
    if (both && event->key() == Qt::Key_C) {
        copy();
        return true;
    }
    if (both && event->key() == Qt::Key_V) {
        pasteClipboard();
        return true;
    }
    const bool tab = event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab;
    if (tab && modifiers.testFlag(Qt::ControlModifier)) {
        QWidget *next = both ? previousInFocusChain() : nextInFocusChain();
        for (int i = 0; i < 200 && !(next->focusPolicy() & Qt::TabFocus && next->isVisible()); ++i)
            next = both ? next->previousInFocusChain() : next->nextInFocusChain();
        next->setFocus(Qt::TabFocusReason);
        return true;
    }
    const int page = event->key() == Qt::Key_PageUp ? -1 : event->key() == Qt::Key_PageDown ? 1 : 0;
    if (page != 0 && modifiers.testFlag(Qt::ShiftModifier)) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + page * m_screen->rows());
        viewport()->update();
        return true;
    }
    return false;
}

void TerminalView::keyPressEvent(QKeyEvent *event)
{
    if (handleOwnKey(event) || !m_input)
        return;
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (m_screen->sendKey(event->key(), modifiers))
        return;
    const bool control = modifiers.testFlag(Qt::ControlModifier);
    if (control && event->key() >= Qt::Key_At && event->key() <= Qt::Key_Underscore)
        return m_screen->sendText(QString(QChar(event->key())).toLower(), Qt::ControlModifier);
    if (!event->text().isEmpty())
        m_screen->sendText(event->text(), modifiers & Qt::AltModifier);
}

void TerminalView::inputMethodEvent(QInputMethodEvent *event)
{
    if (m_input && !event->commitString().isEmpty())
        m_screen->sendText(event->commitString(), Qt::NoModifier);
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    if (query != Qt::ImCursorRectangle)
        return QAbstractScrollArea::inputMethodQuery(query);
    const auto [row, column] = m_screen->cursor();
    return QRect(margin + int(column * m_cell.width()), margin / 2 + int((row - topRow()) * m_cell.height()),
                 int(m_cell.width()), int(m_cell.height()));
}

void TerminalView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TerminalView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace Flotilla
