// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/chatpane.h"

#include "backends/projects/useerrors.h"
#include "widgets/chat/messagetext.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QDropEvent>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Flotilla {

ChatPane::ChatPane(QWidget *parent)
    : QWidget(parent)
    , m_model(new ConversationModel(this))
{
    setObjectName(QStringLiteral("chatPane"));
    setMinimumWidth(MinimumWidth);
    setMaximumWidth(MaximumWidth);
    setAcceptDrops(true);
    setupUi();
    connect(m_view, &ConversationView::atEndChanged, this, [this](bool atEnd) { m_jump->setVisible(!atEnd); });
    connect(m_jump, &QPushButton::clicked, m_view, &ConversationView::jumpToEnd);
    connect(m_view, &ConversationView::editMessage, this, &ChatPane::editMessage);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ChatPane::updateEmpty);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &ChatPane::updateEmpty);
    connect(&Theme::instance(), &Theme::changed, m_view, &ConversationView::restyle);
    updateEmpty();
}

void ChatPane::setupUi()
{
    m_stack = new QStackedWidget(this);
    m_view = new ConversationView(m_stack);
    m_view->setModel(m_model);
    auto *empty = new EmptyState(m_stack);
    empty->setObjectName(QStringLiteral("chatEmptyState"));
    empty->show(QStringLiteral("spark"), tr("What should it be?"),
                tr("Say it in your own words. Every change becomes a version you can go back to."));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_view);
    m_composer = new Composer(this);
    m_jump = makeButton(tr("Jump to the end"), QStringLiteral("jumpToEndButton"), ButtonKind::Normal,
                        QStringLiteral("chevron-down"));
    m_jump->setParent(this);
    m_jump->hide();
    m_composer->installEventFilter(this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    column->addWidget(m_composer);
}

void ChatPane::updateEmpty()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
}

void ChatPane::setSummary(const AppSummary &app)
{
    const QString activity = MessageText::activity(app.turn);
    m_view->setTurnRunning(!activity.isEmpty());
    m_view->setModelWriting(app.turn == TurnState::Streaming);
    m_view->setActivity(activity);
    m_view->setLastGreen(app.lastGreen);
    m_composer->setRunning(!activity.isEmpty());
    m_fixable = activity.isEmpty() && !app.useErrors.isEmpty() ? app.version : 0;
    updateUseErrors();
}

void ChatPane::setVersions(const QList<VersionSummary> &versions)
{
    m_useErrors.clear();
    for (const VersionSummary &version : versions)
        if (const QStringList errors = useErrorsOf(version.checks); !errors.isEmpty())
            m_useErrors.insert(version.number, errors.first());
    updateUseErrors();
}

void ChatPane::updateUseErrors()
{
    m_view->setUseErrors(m_useErrors, m_fixable);
}

void ChatPane::editMessage(qint64 id)
{
    const int row = m_model->rowOf(id);
    if (row < 0)
        return;
    QStringList texts;
    QList<ImageBlock> images;
    for (const Block &block : m_model->messageAt(row).blocks) {
        if (const auto *text = std::get_if<TextBlock>(&block))
            texts.append(text->markdown);
        else if (const auto *image = std::get_if<ImageBlock>(&block))
            images.append(*image);
    }
    m_composer->beginEditing(id, texts.join(QStringLiteral("\n\n")), images);
}

void ChatPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeJump();
}

/// A picture may be dropped anywhere in the chat.
void ChatPane::dragEnterEvent(QDragEnterEvent *event)
{
    if (holdsImages(event->mimeData()))
        event->acceptProposedAction();
}

void ChatPane::dropEvent(QDropEvent *event)
{
    m_composer->addImages(imagesOf(event->mimeData()));
    event->acceptProposedAction();
}

/// The composer grows with its text: the button stays above it.
bool ChatPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_composer && (event->type() == QEvent::Move || event->type() == QEvent::Resize))
        placeJump();
    return QWidget::eventFilter(watched, event);
}

void ChatPane::placeJump()
{
    m_jump->adjustSize();
    m_jump->move((width() - m_jump->width()) / 2, m_composer->y() - m_jump->height() - Space::s);
    m_jump->raise();
}

void ChatPane::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), colors().surface);
}

} // namespace Flotilla
