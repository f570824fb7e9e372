// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/growingtextedit.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QFileInfo>
#include <QImageReader>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextDocument>

namespace Flotilla {

namespace {
constexpr int maximumImages = 8;
constexpr qint64 maximumImageFile = 20ll * 1024 * 1024;

QStringList imageFiles(const QMimeData *source)
{
    static const QStringList suffixes{QStringLiteral("png"), QStringLiteral("jpg"),  QStringLiteral("jpeg"),
                                      QStringLiteral("gif"), QStringLiteral("webp"), QStringLiteral("bmp")};
    QStringList files;
    for (const QUrl &url : source->urls()) {
        const QFileInfo info(url.toLocalFile());
        if (url.isLocalFile() && info.isFile() && suffixes.contains(info.suffix().toLower()))
            files.append(info.filePath());
    }
    return files.mid(0, maximumImages);
}
} // namespace

QList<QImage> imagesOf(const QMimeData *source)
{
    QList<QImage> images;
    for (const QString &path : imageFiles(source)) {
        const QImage image = QFileInfo(path).size() <= maximumImageFile ? QImageReader(path).read() : QImage();
        if (!image.isNull())
            images.append(image);
    }
    if (images.isEmpty() && source->hasImage()) {
        const auto image = source->imageData().value<QImage>();
        if (!image.isNull())
            images.append(image);
    }
    return images;
}

bool holdsImages(const QMimeData *source)
{
    return source->hasImage() || !imageFiles(source).isEmpty();
}

bool isSubmitKey(const QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    return enter && (event->modifiers() & Qt::ControlModifier);
}

GrowingTextEdit::GrowingTextEdit(int minimumLines, int maximumLines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_minimumLines(minimumLines)
    , m_maximumLines(maximumLines)
{
    setStyleProperty(this, "kind", QStringLiteral("bare"));
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &GrowingTextEdit::fit);
    fit();
}

int GrowingTextEdit::heightFor(int lines) const
{
    const QMargins margins = contentsMargins();
    return lines * fontMetrics().lineSpacing() + margins.top() + margins.bottom() + 4;
}

// QPlainTextEdit's document size counts lines, not pixels.
void GrowingTextEdit::fit()
{
    const int lines = qRound(document()->documentLayout()->documentSize().height());
    const int height = heightFor(qBound(m_minimumLines, lines, m_maximumLines));
    setVerticalScrollBarPolicy(lines > m_maximumLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    if (minimumHeight() != height)
        setFixedHeight(height);
}

QSize GrowingTextEdit::sizeHint() const
{
    return {QPlainTextEdit::sizeHint().width(), qMax(minimumHeight(), heightFor(m_minimumLines))};
}

QSize GrowingTextEdit::minimumSizeHint() const
{
    return {80, heightFor(m_minimumLines)};
}

void GrowingTextEdit::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    if (isSubmitKey(event) || (enter && m_enterSubmits && !shift))
        Q_EMIT submitted();
    else
        QPlainTextEdit::keyPressEvent(event);
}

bool GrowingTextEdit::canInsertFromMimeData(const QMimeData *source) const
{
    if (holdsImages(source))
        return true;
    const QList<QUrl> urls = source->urls();
    const bool files = std::any_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); });
    return !files && QPlainTextEdit::canInsertFromMimeData(source); // the window may know what to do with files
}

void GrowingTextEdit::insertFromMimeData(const QMimeData *source)
{
    const auto images = holdsImages(source) ? imagesOf(source) : QList<QImage>();
    if (!images.isEmpty())
        Q_EMIT imagesPasted(images);
    else
        QPlainTextEdit::insertFromMimeData(source);
}

void GrowingTextEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focusChanged(true);
}

void GrowingTextEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focusChanged(false);
}

void GrowingTextEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

} // namespace Flotilla
