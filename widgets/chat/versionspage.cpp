// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/versionspage.h"

#include "backends/projects/useerrors.h"
#include "widgets/chat/messagetext.h"
#include "widgets/chat/versionmodel.h"
#include "widgets/common/appstatus.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/modelpicker.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QListView>
#include <QMenu>
#include <QMouseEvent>
#include <QPainterPath>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr QSize RowPicture(128, 80);

class RowDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.rect.width(), RowPicture.height() + 2 * Space::m};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const PainterState keep(painter);
        if (option.state & (QStyle::State_MouseOver | QStyle::State_Selected))
            painter->fillRect(option.rect,
                              option.state & QStyle::State_Selected ? colors().accentSoft : colors().hover);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors().border);
        const QRect row = option.rect.adjusted(Space::l, Space::m, -Space::l, -Space::m);
        picture(painter, QRect(row.topLeft(), RowPicture), index.data(VersionModel::ThumbnailRole).value<QPixmap>());
        words(painter, row.adjusted(RowPicture.width() + Space::l, 0, 0, 0),
              index.data(VersionModel::VersionRole).value<VersionSummary>());
    }

private:
    static void picture(QPainter *painter, const QRect &frame, const QPixmap &pixmap)
    {
        const PainterState keep(painter);
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        QPainterPath clip;
        clip.addRoundedRect(frame, Metric::radius, Metric::radius);
        painter->fillPath(clip, colors().raised);
        painter->setClipPath(clip);
        if (pixmap.isNull())
            painter->drawPixmap(squareIn(frame, Metric::icon).topLeft(),
                                iconPixmap(QStringLiteral("app"), colors().faint, Metric::icon,
                                           painter->device()->devicePixelRatioF()));
        else
            painter->drawPixmap(
                QRect(frame.topLeft(), pixmap.size().scaled(frame.size(), Qt::KeepAspectRatioByExpanding)), pixmap);
    }

    static void line(QPainter *painter, const QRect &area, int y, const QString &text, const QColor &color,
                     const QFont &font)
    {
        painter->setFont(font);
        painter->setPen(color);
        const QRect rect(area.left(), area.top() + y, area.width(), 20);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    }

    static QString verdict(const VersionSummary &version, StatusKind kind)
    {
        if (kind == StatusKind::Failed)
            return VersionsPage::tr("Needs a look: %1").arg(version.error.simplified());
        if (kind == StatusKind::Idle)
            return VersionsPage::tr("Stopped, kept what was made");
        if (const QStringList errors = useErrorsOf(version.checks); !errors.isEmpty())
            return VersionsPage::tr("Green, error while used: %1").arg(errors.first());
        QStringList passed;
        for (const CheckResult &check : version.checks)
            if (check.ok)
                passed.append(check.name);
        return MessageText::verified(passed);
    }

    static void words(QPainter *painter, const QRect &area, const VersionSummary &version)
    {
        const StatusKind kind = statusOf(version).kind;
        const QColor color = colors().status(kind);
        const Theme &theme = Theme::instance();
        line(painter, area, 0, VersionsPage::tr("v%1 · %2").arg(version.number).arg(version.message.simplified()),
             colors().text, theme.font(TextSize::Base, QFont::DemiBold));
        drawDot(painter, QRect(area.left(), area.top() + 22, Metric::dot, 20), color);
        line(painter, area.adjusted(Space::l, 0, 0, 0), 22, verdict(version, kind),
             kind == StatusKind::Idle ? colors().muted : color, theme.font());
        QStringList facts{formatAge(version.created)};
        if (version.seconds > 0)
            facts.append(formatSeconds(version.seconds));
        if (version.cost && *version.cost > 0)
            facts.append(formatMoney(*version.cost));
        if (!version.model.isEmpty())
            facts.append(version.model == QLatin1String("sampler")
                             ? VersionsPage::tr("built-in sampler, not a language model")
                             : modelName(version.model));
        line(painter, area, 46, facts.join(QStringLiteral(" · ")), colors().muted, theme.tabular());
    }
};

} // namespace

VersionsPage::VersionsPage(VersionModel *model, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("versionsPage"));
    auto *newestFirst = new QSortFilterProxyModel(this);
    newestFirst->setSourceModel(model);
    newestFirst->setSortRole(VersionModel::NumberRole);
    newestFirst->sort(0, Qt::DescendingOrder);
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("versionsPageList"));
    m_list->setAccessibleName(tr("Versions"));
    m_list->setModel(newestFirst);
    m_list->setItemDelegate(new RowDelegate(m_list));
    m_list->setProperty("kind", QStringLiteral("bare"));
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    auto *empty = new EmptyState;
    empty->show(QStringLiteral("versions"), tr("No versions yet"),
                tr("Every finished wish becomes a version you can come back to."));
    m_stack = new QStackedWidget;
    m_stack->addWidget(empty);
    m_stack->addWidget(m_list);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    const auto update = [this, model] { m_stack->setCurrentIndex(model->rowCount() > 0 ? 1 : 0); };
    connect(model, &QAbstractItemModel::modelReset, this, update);
    connect(model, &QAbstractItemModel::rowsInserted, this, update);
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT lookRequested(index.data(VersionModel::NumberRole).toInt()); });
    connect(m_list, &QListView::customContextMenuRequested, this, &VersionsPage::showMenu);
    connect(m_list, &QListView::clicked, this,
            [this](const QModelIndex &index) { showMenu(m_list->visualRect(index).center()); });
}

void VersionsPage::showMenu(const QPoint &pos)
{
    QModelIndex index = m_list->indexAt(pos);
    if (!index.isValid()) // asked for by the keyboard
        index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const int number = index.data(VersionModel::NumberRole).toInt();
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("versionMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(icon("eye"), tr("Look at version %1").arg(number), this,
                    [this, number] { Q_EMIT lookRequested(number); });
    menu->addAction(icon("diff"), tr("Compare with now"), this, [this, number] { Q_EMIT compareRequested(number); });
    menu->addAction(icon("undo"), tr("Restore version %1").arg(number), this,
                    [this, number] { Q_EMIT restoreRequested(number); });
    const auto version = index.data(VersionModel::VersionRole).value<VersionSummary>();
    if (index.row() == 0 && !useErrorsOf(version.checks).isEmpty()) // the newest: what the app is now
        menu->addAction(icon("tools"), tr("Fix it"), this, &VersionsPage::fixRequested);
    menu->popup(m_list->viewport()->mapToGlobal(pos));
}

} // namespace Flotilla
