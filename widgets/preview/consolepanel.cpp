// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/consolepanel.h"

#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"
#include "widgets/preview/consolemodel.h"

#include <QApplication>
#include <QCache>
#include <QClipboard>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QStyledItemDelegate>

namespace Flotilla {

namespace {

constexpr int MaxLines = 8;

QColor levelColor(ConsoleEntry::Level level)
{
    switch (level) {
    case ConsoleEntry::Level::Error:
        return colors().failed;
    case ConsoleEntry::Level::Warning:
        return colors().building;
    case ConsoleEntry::Level::Blocked:
        return colors().partial;
    case ConsoleEntry::Level::Info:
        break;
    }
    return colors().muted;
}

/// One entry: dot, text in monospace (wrapped, at most eight lines), place at the right, number of repeats.
class ConsoleDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const int width = option.widget ? option.widget->width() - 2 * Space::l : option.rect.width();
        return {width, knownHeight(index, textWidth(width, index)) + 2 * Space::xs + 2};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const PainterState keep(painter);
        const auto level = ConsoleEntry::Level(index.data(ConsoleModel::LevelRole).toInt());
        const QColor color = levelColor(level);
        if (index.data(ConsoleModel::UncaughtRole).toBool()) {
            QColor tint = color;
            tint.setAlpha(28);
            painter->fillRect(option.rect, tint);
        }
        const QRect row = option.rect.adjusted(Space::l, Space::xs, -Space::l, -Space::xs);
        const QFont mono = Theme::instance().monospace();
        const int line = QFontMetrics(mono).lineSpacing();
        drawDot(painter, QRect(row.left(), row.top(), Space::l, line), color);
        painter->setFont(mono);
        painter->setPen(level == ConsoleEntry::Level::Error ? colors().failed : colors().text);
        const QRect text(row.left() + Space::l, row.top(), textWidth(row.width(), index), row.height());
        painter->setClipRect(row);
        painter->drawText(text, Flags, index.data().toString().left(2000));
        painter->setPen(colors().muted);
        painter->drawText(QRect(row.left(), row.top(), row.width(), line), Qt::AlignRight | Qt::AlignVCenter,
                          place(index));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors().border);
    }

private:
    static constexpr int Flags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere;

    struct Height
    {
        int width;
        QFont font;
        int height;
    };

    /// A list asks for the heights of all its rows whenever one is added.
    int knownHeight(const QModelIndex &index, int width) const
    {
        const qint64 serial = index.data(ConsoleModel::SerialRole).toLongLong();
        const QFont font = Theme::instance().monospace();
        if (const Height *known = m_heights.object(serial); known && known->width == width && known->font == font)
            return known->height;
        const int height = textHeight(QFontMetrics(font), width, index.data().toString());
        m_heights.insert(serial, new Height{width, font, height});
        return height;
    }

    /// What is too long for the last line is not laid out.
    static int textHeight(const QFontMetrics &metrics, int width, const QString &text)
    {
        const QRect area(0, 0, width, MaxLines * metrics.lineSpacing());
        const int letters = std::max(width, 1) / std::max(metrics.averageCharWidth(), 1) + 1;
        if (text.size() > MaxLines * letters)
            return area.height();
        return std::min(metrics.boundingRect(area, Flags, text).height(), area.height());
    }

    static QString place(const QModelIndex &index)
    {
        const QString source = index.data(ConsoleModel::SourceRole).toString().section(QLatin1Char('/'), -1).left(40);
        const int line = index.data(ConsoleModel::LineRole).toInt();
        const int count = index.data(ConsoleModel::CountRole).toInt();
        QString text = line > 0 ? QStringLiteral("%1:%2").arg(source).arg(line) : source;
        if (count > 1)
            text = QStringLiteral("×%1  %2").arg(count).arg(text);
        return text;
    }

    static int textWidth(int width, const QModelIndex &index)
    {
        return width - Space::l - QFontMetrics(Theme::instance().monospace()).horizontalAdvance(place(index)) -
               Space::l;
    }

    mutable QCache<qint64, Height> m_heights{ConsoleModel::MaxEntries};
};

} // namespace

ConsolePanel::ConsolePanel(ConsoleModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("consolePanel"));
    setupUi();
    connect(model, &QAbstractItemModel::rowsInserted, this, &ConsolePanel::updateState);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ConsolePanel::updateState);
    connect(m_clear, &QPushButton::clicked, model, &ConsoleModel::clear);
    connect(m_copy, &QPushButton::clicked, this, &ConsolePanel::copy);
    connect(m_fix, &QPushButton::clicked, this,
            [this] { Q_EMIT fixRequested(ConsoleModel::format(m_model->lastError())); });
    connect(m_list, &QListView::doubleClicked, this, [this](const QModelIndex &index) {
        Q_EMIT openFile(index.data(ConsoleModel::SourceRole).toString(), index.data(ConsoleModel::LineRole).toInt());
    });
    updateState();
}

void ConsolePanel::setupUi()
{
    m_list = new QListView;
    m_list->setObjectName(QStringLiteral("consoleList"));
    m_list->setAccessibleName(tr("Console"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ConsoleDelegate(m_list));
    m_list->setProperty("kind", QStringLiteral("bare"));
    m_list->setVerticalScrollMode(QListView::ScrollPerPixel);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setWordWrap(true);
    m_empty = new EmptyState;
    m_empty->show(QStringLiteral("console"), tr("The console is quiet"),
                  tr("What the app writes, its errors and the requests that were blocked show up here."));
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_list);
    m_fix = makeButton(tr("Fix with chat"), QStringLiteral("consoleFixButton"), ButtonKind::Normal,
                       QStringLiteral("spark"));
    m_copy = makeButton(tr("Copy"), QStringLiteral("consoleCopyButton"), ButtonKind::Quiet);
    m_clear = makeButton(tr("Clear"), QStringLiteral("consoleClearButton"), ButtonKind::Quiet);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(Space::l, Space::s, Space::l, Space::s);
    bar->addWidget(m_fix);
    bar->addStretch();
    bar->addWidget(m_copy);
    bar->addWidget(m_clear);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    column->addWidget(makeLine());
    column->addLayout(bar);
}

void ConsolePanel::updateState()
{
    const bool any = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(any ? static_cast<QWidget *>(m_list) : m_empty);
    m_copy->setEnabled(any);
    m_clear->setEnabled(any);
    m_fix->setEnabled(!m_model->lastError().text.isEmpty());
    const QScrollBar *bar = m_list->verticalScrollBar();
    if (bar->value() >= bar->maximum() - Metric::row)
        QMetaObject::invokeMethod(m_list, &QListView::scrollToBottom, Qt::QueuedConnection);
}

void ConsolePanel::copy()
{
    QApplication::clipboard()->setText(m_model->toText());
    Toast::show(this, tr("Console copied"));
}

} // namespace Flotilla
