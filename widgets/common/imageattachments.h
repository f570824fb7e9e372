// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <QImage>
#include <QWidget>

namespace Flotilla {

/// A picture ready for a model: at most 1568 px on the longer side, PNG when small, else JPEG.
ImageBlock toImageBlock(const QImage &image);

/// The pictures that go with a wish, as small thumbnails with a cross. Hidden while there are none. At most 8. With the
/// keyboard the arrows choose one and Delete removes it.
class ImageAttachments : public QWidget
{
    Q_OBJECT

public:
    explicit ImageAttachments(QWidget *parent = nullptr);
    void add(const QList<QImage> &images);
    /// In place of what is there. Blocks that are no picture are left out.
    void setBlocks(const QList<ImageBlock> &blocks);
    void clear();
    int count() const { return int(m_images.size()); }
    QList<ImageBlock> blocks() const;
    /// Asks for image files without blocking and adds them.
    void choose();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

Q_SIGNALS:
    void changed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRect imageRect(int index) const;
    QRect crossRect(int index) const;
    void removeAt(int index);
    void setCurrent(int index);
    void update();

    struct Attached
    {
        QImage image;
        ImageBlock block; ///< empty: made when it is asked for
    };
    QList<Attached> m_images;
    int m_current = 0; ///< what the keyboard means
};

} // namespace Flotilla
