// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/versionstrip.h"

#include "widgets/chat/versionmodel.h"
#include "widgets/common/appstatus.h"
#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainterPath>
#include <QPushButton>
#include <QScrollBar>
#include <QStyledItemDelegate>

namespace Flotilla {

namespace {

constexpr QSize Picture(104, 62);
constexpr int CaptionHeight = 18;
constexpr int StripHeight = 98;
constexpr int LabelWidth = 28;

/// A picture with a frame, a dot and "v7"; the chosen one has the accent's frame.
class VersionDelegate : public QStyledItemDelegate
{
public:
    VersionDelegate(const VersionStrip *strip, const VersionModel *model, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_strip(strip)
        , m_model(model)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {Picture.width() + Space::s, Picture.height() + CaptionHeight + Space::s};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const PainterState keep(painter);
        const QRect frame(option.rect.topLeft() + QPoint(Space::xs, Space::xs), Picture);
        const int number = index.data(VersionModel::NumberRole).toInt();
        const int shown = m_strip->looking() > 0 ? m_strip->looking() : m_model->newest();
        drawPicture(painter, frame, index.data(VersionModel::ThumbnailRole).value<QPixmap>());
        const bool chosen = number == shown;
        const bool hot = option.state & QStyle::State_MouseOver;
        const bool current = option.state & QStyle::State_HasFocus;
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(current  ? colors().text
                             : chosen ? colors().accent
                             : hot    ? colors().faint
                                      : colors().border,
                             chosen || current ? 2 : 1));
        painter->drawRoundedRect(QRectF(frame).adjusted(0.5, 0.5, -0.5, -0.5), Metric::radius - 2, Metric::radius - 2);
        caption(painter, QRect(frame.left(), frame.bottom() + 1, frame.width(), CaptionHeight), index);
    }

private:
    static void drawPicture(QPainter *painter, const QRect &frame, const QPixmap &picture)
    {
        painter->setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
        QPainterPath clip;
        clip.addRoundedRect(frame, Metric::radius - 2, Metric::radius - 2);
        painter->fillPath(clip, colors().raised);
        if (picture.isNull()) {
            const QRectF middle = squareIn(frame, Metric::icon);
            painter->drawPixmap(middle.topLeft(), iconPixmap(QStringLiteral("app"), colors().faint, Metric::icon,
                                                             painter->device()->devicePixelRatioF()));
            return;
        }
        painter->save();
        painter->setClipPath(clip);
        const QSize size = picture.size().scaled(frame.size(), Qt::KeepAspectRatioByExpanding);
        painter->drawPixmap(QRect(frame.topLeft(), size), picture);
        painter->restore();
    }

    static void caption(QPainter *painter, const QRect &rect, const QModelIndex &index)
    {
        const auto version = index.data(VersionModel::VersionRole).value<VersionSummary>();
        const QColor color = colors().status(statusOf(version).kind);
        painter->setFont(Theme::instance().tabular(TextSize::Small));
        const QString text = index.data().toString();
        const int width = painter->fontMetrics().horizontalAdvance(text) + Space::m - 1;
        const QRect line(rect.center().x() - width / 2, rect.top(), width, rect.height());
        painter->setPen(Qt::NoPen);
        painter->setBrush(color);
        painter->drawEllipse(QPointF(line.left() + 3, line.center().y() + 1), 3, 3);
        painter->setPen(colors().muted);
        painter->drawText(line.adjusted(Space::m - 1, 0, Space::m, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
    }

    const VersionStrip *m_strip;
    const VersionModel *m_model;
};

} // namespace

VersionStrip::VersionStrip(VersionModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("versionStrip"));
    setFixedHeight(StripHeight);
    setupUi();
    const auto follow = [this] {
        updateButtons();
        setVisible(m_model->rowCount() > 0);
        QMetaObject::invokeMethod(m_list, &QListView::scrollToBottom, Qt::QueuedConnection);
        const int newest = m_model->rowCount() - 1;
        QMetaObject::invokeMethod(
            m_list, [this, newest] { m_list->scrollTo(m_model->index(newest)); }, Qt::QueuedConnection);
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, follow);
    connect(model, &QAbstractItemModel::modelReset, this, follow);
    const auto look = [this](const QModelIndex &index) {
        const int number = index.data(VersionModel::NumberRole).toInt();
        Q_EMIT lookRequested(number == m_model->newest() ? 0 : number);
    };
    connect(m_list, &QListView::clicked, this, look);
    connect(m_list, &QListView::activated, this, look); // by the keyboard
    connect(m_restore, &QPushButton::clicked, this, [this] { Q_EMIT restoreRequested(m_looking); });
    connect(m_leave, &QPushButton::clicked, this, [this] { Q_EMIT lookRequested(0); });
    updateButtons();
    hide();
}

void VersionStrip::setupUi()
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("versionList"));
    m_list->setAccessibleName(tr("Versions"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new VersionDelegate(this, m_model, m_list));
    m_list->setProperty("kind", QStringLiteral("bare"));
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(false);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setSelectionMode(QListView::NoSelection);
    m_list->setHorizontalScrollMode(QListView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_note = makeLabel({}, TextSize::Small, Tone::Muted);
    m_restore = makeButton(tr("Restore"), QStringLiteral("restoreButton"), ButtonKind::Primary);
    m_restore->setToolTip(tr("Makes a new version with these files; nothing is lost"));
    m_leave = makeButton(tr("Back to now"), QStringLiteral("leaveVersionButton"), ButtonKind::Quiet);
    auto *buttons = new QVBoxLayout;
    buttons->setSpacing(Space::xs);
    buttons->addStretch();
    buttons->addWidget(m_note, 0, Qt::AlignHCenter);
    buttons->addWidget(m_restore);
    buttons->addWidget(m_leave);
    buttons->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(LabelWidth, Space::xs, Space::m, 0);
    row->addWidget(m_list, 1);
    row->addLayout(buttons);
}

void VersionStrip::setLooking(int version)
{
    m_looking = version;
    updateButtons();
    m_list->viewport()->update();
}

void VersionStrip::updateButtons()
{
    const bool old = m_looking > 0;
    m_note->setText(old ? tr("Version %1").arg(m_looking) : QString());
    m_note->setVisible(old);
    m_restore->setVisible(old);
    m_leave->setVisible(old);
}

void VersionStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().surface);
    painter.fillRect(QRect(0, 0, width(), 1), colors().border);
    painter.setPen(colors().muted);
    QFont font = Theme::instance().font(TextSize::Small);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
    painter.setFont(font);
    painter.translate(Space::s, height());
    painter.rotate(-90);
    painter.drawText(QRect(0, 0, height(), LabelWidth - Space::s), Qt::AlignCenter, tr("VERSIONS"));
}

} // namespace Flotilla
