// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>
#include <QTextDocument>

#include <functional>

namespace Flotilla {

class CodeHighlighter;
enum class CodeLanguage;

/// Read-only text with a gutter at the left. What the gutter says comes from a function, so that the file view (line
/// numbers) and the diff (two numbers and a sign) are the same widget.
class CodeEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit CodeEdit(QWidget *parent = nullptr);

    void setLanguage(CodeLanguage language); ///< takes effect with the next setPlainText()
    /// Text of the gutter for a block; `columns` characters wide.
    void setGutter(std::function<QString(int block)> text, int columns); ///< none: only a margin
    /// Background of whole lines; an invalid colour: none.
    void setLineColors(std::function<QColor(int block)> color);
    void scrollToLine(int line); ///< 1-based; marks it

    bool findNext(const QString &text, QTextDocument::FindFlags flags = {});

    int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void placeGutter();
    template <typename Visit>
    void visitVisibleBlocks(const QRect &area, Visit visit) const;

    QWidget *m_gutter;
    CodeHighlighter *m_highlighter;
    std::function<QString(int)> m_gutterText;
    std::function<QColor(int)> m_lineColor;
    int m_columns = 4;
};

} // namespace Flotilla
