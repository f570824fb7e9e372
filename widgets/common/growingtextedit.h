// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace Flotilla {

/// A text field without a frame that grows with its text between two numbers of lines. Ctrl+Enter submits. A picture
/// that is pasted or dropped is announced instead of being inserted; text comes in as plain text.
class GrowingTextEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    GrowingTextEdit(int minimumLines, int maximumLines, QWidget *parent = nullptr);
    /// Plain Enter submits and Shift+Enter breaks the line, as in a chat. Off by default.
    void setEnterSubmits(bool submits) { m_enterSubmits = submits; }
    QString text() const { return toPlainText().trimmed(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void submitted();
    void imagesPasted(const QList<QImage> &images);
    void focusChanged(bool focused);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    int heightFor(int lines) const;
    void fit();
    int m_minimumLines;
    int m_maximumLines;
    bool m_enterSubmits = false;
};

/// Ctrl+Enter: sends a wish from everywhere in its box.
bool isSubmitKey(const QKeyEvent *event);
/// The pictures in a drop or on the clipboard: image data, or local image files (at most 8, each at most 20 MB).
QList<QImage> imagesOf(const QMimeData *source);
bool holdsImages(const QMimeData *source);

} // namespace Flotilla
