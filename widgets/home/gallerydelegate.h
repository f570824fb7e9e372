// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace Flotilla {

class ThumbnailCache;
struct AppSummary;

/// Where things are on a gallery card: one computation for painting, hit tests and tests.
struct CardLayout
{
    QRect card;
    QRect thumbnail;
    QRect title;
    QRect star;
    QRect status;
    QRect meta;
    static CardLayout of(const QRect &card);
    static int heightFor(int width);
};

/// Paints an app as a card: picture, title, star, state with its word, age and cost.
class GalleryDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit GalleryDelegate(ThumbnailCache *thumbnails, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

    static void paintSkeleton(QPainter *painter, const QRect &card);
    static QString metaText(const AppSummary &app);

private:
    void paintThumbnail(QPainter *painter, const CardLayout &layout, const AppSummary &app) const;
    void paintText(QPainter *painter, const CardLayout &layout, const AppSummary &app, bool hovered) const;
    ThumbnailCache *m_thumbnails;
};

} // namespace Flotilla
