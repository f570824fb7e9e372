// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/imageattachments.h"

#include "widgets/common/growingtextedit.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QBuffer>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainterPath>

#include <algorithm>

namespace Flotilla {

namespace {
constexpr int attachmentSide = 56;
constexpr int attachmentLimit = 8;
constexpr int modelImageSide = 1568; // more is scaled down by the providers anyway
constexpr qsizetype pngLimit = 1'500'000;

QByteArray encoded(const QImage &image, const char *format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    return image.save(&buffer, format, quality) ? bytes : QByteArray();
}
} // namespace

ImageBlock toImageBlock(const QImage &image)
{
    QImage scaled = image;
    if (qMax(image.width(), image.height()) > modelImageSide)
        scaled = image.scaled(modelImageSide, modelImageSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QByteArray bytes = encoded(scaled, "PNG", -1);
    if (bytes.size() <= pngLimit)
        return {QStringLiteral("image/png"), bytes};
    return {QStringLiteral("image/jpeg"), encoded(scaled.convertToFormat(QImage::Format_RGB32), "JPEG", 85)};
}

ImageAttachments::ImageAttachments(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("imageAttachments"));
    setAccessibleName(tr("Pictures of the wish"));
    setToolTip(tr("Left and Right choose a picture, Delete removes it"));
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void ImageAttachments::add(const QList<QImage> &images)
{
    for (const QImage &image : images.mid(0, attachmentLimit - m_images.size()))
        m_images.append({image, {}});
    update();
}

void ImageAttachments::setBlocks(const QList<ImageBlock> &blocks)
{
    m_images.clear();
    for (const ImageBlock &block : blocks.mid(0, attachmentLimit))
        if (const QImage image = QImage::fromData(block.data); !image.isNull())
            m_images.append({image, block});
    update();
}

void ImageAttachments::clear()
{
    m_images.clear();
    update();
}

void ImageAttachments::removeAt(int index)
{
    m_images.removeAt(index);
    if (m_images.isEmpty())
        focusNextChild();
    setCurrent(m_current);
    update();
}

void ImageAttachments::setCurrent(int index)
{
    m_current = std::clamp(index, 0, std::max(0, count() - 1));
    QWidget::update();
}

void ImageAttachments::update()
{
    setVisible(!m_images.isEmpty());
    QWidget::update();
    Q_EMIT changed();
}

QList<ImageBlock> ImageAttachments::blocks() const
{
    QList<ImageBlock> blocks;
    for (const Attached &attached : m_images)
        blocks.append(attached.block.data.isEmpty() ? toImageBlock(attached.image) : attached.block);
    return blocks;
}

void ImageAttachments::choose()
{
    auto *dialog = new QFileDialog(window(), tr("Add pictures"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilter(tr("Pictures (*.png *.jpg *.jpeg *.gif *.webp *.bmp)"));
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &file : files)
            urls.append(QUrl::fromLocalFile(file));
        data.setUrls(urls);
        add(imagesOf(&data));
    });
    dialog->open();
}

QSize ImageAttachments::sizeHint() const
{
    return {count() * (attachmentSide + Space::s), attachmentSide};
}

QRect ImageAttachments::imageRect(int index) const
{
    return {index * (attachmentSide + Space::s), 0, attachmentSide, attachmentSide};
}

QRect ImageAttachments::crossRect(int index) const
{
    const QRect image = imageRect(index);
    return {image.right() - 19, image.top() + 3, 17, 17};
}

void ImageAttachments::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    for (int i = 0; i < count(); ++i) {
        const PainterState keep(&painter);
        const QRect box = imageRect(i);
        QPainterPath clip;
        clip.addRoundedRect(box, Metric::radius, Metric::radius);
        painter.setClipPath(clip);
        const QImage &image = m_images[i].image;
        const int side = qMin(image.width(), image.height());
        painter.drawImage(box, image, QRect((image.width() - side) / 2, 0, side, side));
        drawRounded(&painter, QRectF(crossRect(i)), 8.5, colors().scrim);
        painter.drawPixmap(crossRect(i).topLeft() + QPoint(2, 2),
                           iconPixmap(QStringLiteral("close"), Qt::white, 13, devicePixelRatioF()));
        if (hasFocus() && i == m_current)
            drawFocusRing(&painter, box, Metric::radius);
    }
}

void ImageAttachments::mousePressEvent(QMouseEvent *event)
{
    for (int i = 0; i < count(); ++i) {
        if (crossRect(i).adjusted(-3, -3, 3, 3).contains(event->position().toPoint()))
            return removeAt(i);
    }
}

void ImageAttachments::mouseMoveEvent(QMouseEvent *event)
{
    bool onCross = false;
    for (int i = 0; i < count(); ++i)
        onCross = onCross || crossRect(i).contains(event->position().toPoint());
    setCursor(onCross ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ImageAttachments::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return setCurrent(m_current - 1);
    case Qt::Key_Right:
        return setCurrent(m_current + 1);
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (m_current < count())
            removeAt(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace Flotilla
