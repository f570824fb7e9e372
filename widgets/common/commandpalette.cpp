// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/commandpalette.h"

#include "widgets/common/card.h"
#include "widgets/common/commandmodel.h"
#include "widgets/common/controls.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int paletteTop = 84;
constexpr int paletteRows = 9;
constexpr int longestShown = 60;
} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QWidget(window)
    , m_field(new QLineEdit)
    , m_list(new QListView)
    , m_none(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_model(new CommandModel(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setupParts();
    auto *card = new Card;
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(1, Space::xs, 1, Space::s);
    layout->setSpacing(Space::xs);
    layout->addWidget(m_field);
    layout->addWidget(makeLine());
    layout->addWidget(m_list, 1);
    layout->addWidget(m_none, 1);
    m_panel = new ShadowFrame(card, Metric::cardRadius, this);
    hide();
    m_field->installEventFilter(this);
    window->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::entered, m_list, &QListView::setCurrentIndex);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::setupParts()
{
    m_field->setObjectName(QStringLiteral("paletteQLineEdit"));
    m_field->setPlaceholderText(tr("Type what you want to do, or the name of an app"));
    m_field->setFont(Theme::instance().font(TextSize::Large));
    m_field->setTextMargins(Space::l, Space::xs, Space::l, Space::xs);
    setStyleProperty(m_field, "kind", QStringLiteral("bare"));
    m_none->setObjectName(QStringLiteral("paletteNoneQLabel"));
    m_none->setContentsMargins(Space::l, 0, Space::l, 0);
    m_list->setObjectName(QStringLiteral("paletteQListView"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    setStyleProperty(m_list, "kind", QStringLiteral("bare"));
}

void CommandPalette::open(const QList<Command> &commands)
{
    m_focusBefore = QApplication::focusWidget();
    m_model->setCommands(commands);
    m_field->clear();
    search({});
    m_list->scrollToTop();
    show();
    raise();
    m_field->setFocus();
}

void CommandPalette::close()
{
    hide();
    QWidget *back = m_focusBefore;
    while (back && !back->isVisible()) // it may have gone meanwhile: then to what stands in its place
        back = back->parentWidget();
    if (back)
        back->setFocus();
    m_focusBefore = nullptr;
}

void CommandPalette::search(const QString &text)
{
    m_model->setQuery(text);
    m_list->setCurrentIndex(m_model->index(0));
    const bool any = m_model->rowCount() > 0;
    m_list->setVisible(any);
    m_none->setVisible(!any);
    m_none->setText(tr("Nothing here is called “%1”.").arg(text.simplified().left(longestShown)));
    place();
}

void CommandPalette::place()
{
    const QSize window = parentWidget()->size();
    setGeometry(QRect(QPoint(), window));
    const int rows = qBound(1, m_model->rowCount(), paletteRows);
    const int width = qMin(Metric::paletteWidth, window.width() - 2 * Space::xl) + 2 * ShadowFrame::spread;
    const int height = m_field->sizeHint().height() + rows * Metric::row + 24 + 2 * ShadowFrame::spread;
    m_panel->setGeometry((window.width() - width) / 2, paletteTop - ShadowFrame::spread, width, height);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), colors().scrim);
}

void CommandPalette::mousePressEvent(QMouseEvent *)
{
    close();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress)
        return handleKey(static_cast<QKeyEvent *>(event)->key());
    if (watched == m_field && event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept(); // Esc is ours while we are open
        return true;
    }
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    return QWidget::eventFilter(watched, event);
}

bool CommandPalette::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_PageDown:
        move(paletteRows - 1);
        return true;
    case Qt::Key_PageUp:
        move(1 - paletteRows);
        return true;
    default:
        return false;
    }
}

void CommandPalette::move(int step)
{
    const int rows = m_model->rowCount();
    const int row = m_list->currentIndex().row() + step;
    if (rows > 0)
        m_list->setCurrentIndex(m_model->index(qBound(0, row, rows - 1)));
}

void CommandPalette::runCurrent()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid())
        return;
    const auto run = m_model->command(index.row()).run;
    close();
    if (run)
        run();
}

} // namespace Flotilla
