// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>
#include <QPersistentModelIndex>

namespace Flotilla {

/// Cards in a grid that fills the width, below a header widget that scrolls away with them. Only what is on the screen
/// is painted, so a thousand cards cost as much as ten. A click or Enter opens, F2 renames, Delete deletes.
class GalleryView : public QAbstractItemView
{
    Q_OBJECT

public:
    explicit GalleryView(QWidget *parent = nullptr);
    void setModel(QAbstractItemModel *model) override;
    void setHeader(QWidget *header); ///< owned by the view afterwards
    void setLoading(bool loading);   ///< paints placeholders instead of nothing
    int columns() const;

    QRect visualRect(const QModelIndex &index) const override;
    void scrollTo(const QModelIndex &index, ScrollHint hint = EnsureVisible) override;
    QModelIndex indexAt(const QPoint &point) const override;

public Q_SLOTS:
    void relayout();

Q_SIGNALS:
    void opened(const QModelIndex &index);
    void starToggled(const QModelIndex &index);
    void deleteRequested(const QModelIndex &index);
    void menuRequested(const QModelIndex &index, const QPoint &globalPosition);

protected:
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    int horizontalOffset() const override { return 0; }
    int verticalOffset() const override;
    bool isIndexHidden(const QModelIndex &) const override { return false; }
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;
    QRegion visualRegionForSelection(const QItemSelection &selection) const override;
    void updateGeometries() override;
    void scrollContentsBy(int dx, int dy) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int start, int end) override;

private:
    QRect cellRect(int cell) const; ///< in contents coordinates
    int contentsHeight() const;
    int headerHeight() const;
    int rowStride() const;
    int cardWidth() const;
    void setHovered(const QModelIndex &index);
    bool isOnStar(const QModelIndex &index, const QPoint &point) const;

    QWidget *m_header = nullptr;
    QPersistentModelIndex m_hovered;
    QPersistentModelIndex m_pressed;
    bool m_loading = false;
};

} // namespace Flotilla
