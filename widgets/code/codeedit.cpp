// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/codeedit.h"

#include "widgets/code/codehighlighter.h"
#include "widgets/common/theme.h"

#include <QPainter>
#include <QTextBlock>

namespace Flotilla {

namespace {

class Gutter : public QWidget
{
public:
    explicit Gutter(CodeEdit *edit)
        : QWidget(edit)
        , m_edit(edit)
    {
        setObjectName(QStringLiteral("codeGutter"));
    }
    QSize sizeHint() const override { return {m_edit->gutterWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent *event) override { m_edit->paintGutter(event); }

private:
    CodeEdit *m_edit;
};

} // namespace

CodeEdit::CodeEdit(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_gutter(new Gutter(this))
    , m_highlighter(new CodeHighlighter(document()))
    , m_gutterText([](int block) { return QString::number(block + 1); })
{
    setReadOnly(true);
    setProperty("kind", QStringLiteral("bare"));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(Space::s);
    const auto applyFont = [this] {
        const QFont font = Theme::instance().monospace();
        setStyleSheet(QStringLiteral("font-family: \"%1\"; font-size: %2px;").arg(font.family()).arg(font.pixelSize()));
        placeGutter();
    };
    applyFont();
    connect(&Theme::instance(), &Theme::changed, this, applyFont);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        dy != 0 ? m_gutter->scroll(0, dy) : m_gutter->update(0, rect.y(), m_gutter->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEdit::placeGutter);
}

void CodeEdit::setLanguage(CodeLanguage language)
{
    m_highlighter->setLanguage(language);
}

void CodeEdit::setGutter(std::function<QString(int)> text, int columns)
{
    m_gutterText = std::move(text);
    m_columns = columns;
    placeGutter();
}

void CodeEdit::setLineColors(std::function<QColor(int)> color)
{
    m_lineColor = std::move(color);
    viewport()->update();
}

void CodeEdit::scrollToLine(int line)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        return;
    setTextCursor(QTextCursor(block));
    centerCursor();
    QTextEdit::ExtraSelection mark;
    mark.format.setBackground(colors().accentSoft);
    mark.format.setProperty(QTextFormat::FullWidthSelection, true);
    mark.cursor = textCursor();
    setExtraSelections({mark});
}

bool CodeEdit::findNext(const QString &text, QTextDocument::FindFlags flags)
{
    if (text.isEmpty())
        return true;
    if (find(text, flags))
        return true;
    const QTextCursor before = textCursor();
    moveCursor(flags & QTextDocument::FindBackward ? QTextCursor::End : QTextCursor::Start);
    const bool found = find(text, flags);
    if (!found)
        setTextCursor(before);
    return found;
}

int CodeEdit::gutterWidth() const
{
    if (!m_gutterText)
        return Space::s;
    const int digits = int(QString::number(std::max(1, blockCount())).size());
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * std::max(m_columns, digits + 1) + Space::l;
}

void CodeEdit::placeGutter()
{
    const int width = gutterWidth();
    setViewportMargins(width, 0, 0, 0);
    const QRect area = contentsRect();
    m_gutter->setGeometry(area.left(), area.top(), width, area.height());
    m_gutter->update();
}

void CodeEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeGutter();
}

template <typename Visit>
void CodeEdit::visitVisibleBlocks(const QRect &area, Visit visit) const
{
    for (QTextBlock block = firstVisibleBlock(); block.isValid(); block = block.next()) {
        const QRectF rect = blockBoundingGeometry(block).translated(contentOffset());
        if (rect.top() > area.bottom())
            return;
        if (block.isVisible() && rect.bottom() >= area.top())
            visit(block.blockNumber(), rect.toAlignedRect());
    }
}

void CodeEdit::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    painter.setFont(font());
    painter.setPen(colors().faint);
    visitVisibleBlocks(event->rect(), [&](int block, const QRect &rect) {
        const QRect line(0, rect.top(), m_gutter->width(), rect.height());
        if (const QColor color = m_lineColor ? m_lineColor(block) : QColor(); color.isValid())
            painter.fillRect(line, color);
        const QRect first(0, rect.top(), line.width() - Space::s,
                          painter.fontMetrics().height()); // the last has a margin
        if (m_gutterText)
            painter.drawText(first, Qt::AlignRight | Qt::AlignVCenter, m_gutterText(block));
    });
}

void CodeEdit::paintEvent(QPaintEvent *event)
{
    if (m_lineColor) {
        QPainter painter(viewport());
        visitVisibleBlocks(event->rect(), [&](int block, const QRect &rect) {
            if (const QColor color = m_lineColor(block); color.isValid())
                painter.fillRect(QRect(0, rect.top(), viewport()->width(), rect.height()), color);
        });
    }
    QPlainTextEdit::paintEvent(event);
}

} // namespace Flotilla
